using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace TopBalance.Tests.Docs;

/// <summary>The paper's table of rows and the tests that are marked with them.</summary>
public sealed partial class PaperRows
{
    [Fact]
    public void Every_row_has_a_test_and_no_test_names_a_row_that_is_not_there()
    {
        int[] rows = [.. TableRow().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "paper.md"))).Select(Row)];
        int[] marked =
        [
            .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
                .SelectMany(file => Mark().Matches(File.ReadAllText(file)).Select(Row)).Distinct().Order(),
        ];

        rows.ShouldBe(Enumerable.Range(1, rows.Length));
        rows.Length.ShouldBeGreaterThan(10);
        marked.ShouldBe(rows);
    }

    [Theory]
    [InlineData("--row 99")]
    [InlineData("--row")]
    [InlineData("--row x")]
    [InlineData("--rwo 3")]
    [InlineData("3")]
    public void An_unknown_row_is_refused_in_one_line_before_anything_is_built(string arguments)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using Process process = Process.Start(new ProcessStartInfo("bash", $"test {arguments}")
        {
            WorkingDirectory = Repository.Root,
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,

            // a shell warns of a locale that the machine does not have
            Environment = { ["LC_ALL"] = "C" },
        })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();

        process.ExitCode.ShouldBe(2);
        error.Count(c => c == '\n').ShouldBe(1, error);
        error.ShouldContain("expected nothing or --row N");
    }

    private static int Row(Match match) => int.Parse(match.Groups["row"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| (?<row>\d+) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TableRow();

    [GeneratedRegex(@"Trait\(""Row"", ""(?<row>\d+)""\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mark();
}
