using System.Text.RegularExpressions;
using TopBalance.Verification.Diagnosis;
using TopBalance.Verification.Setup;

namespace TopBalance.Tests.Docs;

/// <summary>What the documents say is true of the code beside them.</summary>
public partial class DocumentTests
{
    // what builds and tools leave behind
    private static readonly string[] NotOurs =
        ["bin", "obj", ".git", "node_modules", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts"];

    [Fact]
    public void Snippets_of_the_house_style_are_those_that_compile()
    {
        string[] shown = [.. CodeBlock().Matches(Read("docs", "house-style.md")).Select(m => Dedented(m.Groups["code"].Value))];
        string source = Read("tests", "TopBalance.Tests", "HouseStyle.cs");
        string[] compiled = [.. Snippet().Matches(source).Select(m => Dedented(m.Groups["code"].Value))];

        shown.ShouldNotBeEmpty();
        shown.ShouldBe(compiled);
    }

    [Fact]
    public void The_guide_explains_every_finding_in_the_order_of_the_rules()
    {
        string[] explained = [.. FindingHeading().Matches(Read("docs", "guide", "check-the-setup.md")).Select(m => m.Groups["code"].Value)];

        explained.ShouldBe(SetupRules.All.Select(rule => rule.Code));
    }

    [Fact]
    public void The_guide_asks_every_question_of_the_diagnosis_in_its_order()
    {
        string guide = Read("docs", "guide", "not-converging.md");
        string[] asked = [.. FindingHeading().Matches(guide).Select(m => m.Groups["code"].Value)];

        asked.ShouldBe(Hypotheses.All.Select(h => h.Code));
        Hypotheses.All.ShouldAllBe(h => guide.Contains($"### `{h.Code}`\n**{h.InWords}**", StringComparison.Ordinal));
    }

    [Fact]
    public void The_readme_begins_with_the_two_commands()
    {
        string[] commands = [.. ShellBlock().Matches(Read("README.md")).Select(m => m.Groups["command"].Value).Take(2)];

        commands.ShouldBe(["./topbalance simulate examples/ev-50s2p-calb.yaml", "./test"]);
        File.Exists(Path.Combine(Repository.Root, commands[0].Split(' ')[^1])).ShouldBeTrue();
    }

    [Fact]
    public void Every_relative_link_of_a_document_leads_somewhere()
    {
        var broken = new List<string>();
        foreach (string file in MarkdownIn(Repository.Root))
        {
            foreach (string target in Link().Matches(WithoutCode(File.ReadAllText(file))).Select(m => m.Groups["target"].Value))
            {
                string path = Path.Combine(Path.GetDirectoryName(file)!, Uri.UnescapeDataString(target));
                if (!Path.Exists(path))
                {
                    broken.Add($"{Path.GetRelativePath(Repository.Root, file)}: {target}");
                }
            }
        }

        broken.ShouldBeEmpty();
    }

    [Fact]
    public void Every_decision_is_in_the_index()
    {
        string folder = Path.Combine(Repository.Root, "docs", "decisions");
        string index = Read("docs", "decisions", "README.md");

        Directory.EnumerateFiles(folder, "*.md").Select(file => Path.GetFileName(file)!)
            .Where(name => name != "README.md" && !index.Contains($"]({name})", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    private static IEnumerable<string> MarkdownIn(string folder) =>
        Directory.EnumerateFiles(folder, "*.md").Concat(
            Directory.EnumerateDirectories(folder).Where(d => !NotOurs.Contains(Path.GetFileName(d))).SelectMany(MarkdownIn));

    private static string Read(params string[] path) =>
        File.ReadAllText(Path.Combine([Repository.Root, .. path])).ReplaceLineEndings("\n");

    private static string WithoutCode(string text) => InlineCode().Replace(CodeOfAnyKind().Replace(text, ""), "");

    // blank lines at the ends do not count: the compiler's style asks for some that the page does without
    private static string Dedented(string code)
    {
        string[] lines = code.ReplaceLineEndings("\n").Split('\n');
        int indent = lines.Where(line => line.Trim().Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length > indent ? line[indent..].TrimEnd() : "")).Trim('\n');
    }

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(
        @"^ *// snippet\n(?<code>.*?)^ *// end$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Snippet();

    [GeneratedRegex(@"^```bash\n(?<command>[^\n]*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ShellBlock();

    [GeneratedRegex(@"^### `(?<code>[^`]+)`", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FindingHeading();

    [GeneratedRegex(@"\]\((?!https?:|mailto:|#)(?<target>[^)#\s]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CodeOfAnyKind();

    [GeneratedRegex(@"`[^`\n]*`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InlineCode();
}
