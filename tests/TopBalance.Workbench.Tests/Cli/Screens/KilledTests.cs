using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace TopBalance.Workbench.Tests.Cli.Screens;

/// <summary>The program as its own process on a pseudo-terminal of 80 by 24, killed while it runs.</summary>
public sealed partial class KilledTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_session_that_was_killed_shows_the_same_again()
    {
        // 'script' of util-linux makes the terminal; elsewhere the screens are tested without one
        if (!File.Exists("/usr/bin/script"))
        {
            return;
        }

        string pack = ScreenStage.WritePack(folder, 16);
        string before, after;
        using (var first = new Tty(pack, folder["data"]))
        {
            await first.Until("Read the warnings");
            await first.Press("a", "3 of|insulated tools");
            await first.Press("y", "Open the main contactor");
            await first.Press("y", "Check every lug");
            before = first.Screen();
            await first.Press(":temp 1", "> temp 1");
            first.Kill();
        }

        using (var second = new Tty(pack, folder["data"]))
        {
            await second.Until("Check every lug");
            after = second.Screen();
            await second.Press("y", "Put a fuse");
            second.Kill();
        }

        Still(after).ShouldBe(Still(before));
    }

    // what the last line answered, and the clock, belong to the moment
    private static string Still(string screen) =>
        string.Join('\n', screen.Split('\n').Where(l => !l.Contains(" noted: ", StringComparison.Ordinal)).Select(l => Clock().Replace(l, "").TrimEnd()).Where(l => l.Length > 0));

    [GeneratedRegex(@"  \d\d:\d\d$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Clock();

    private sealed partial class Tty : IDisposable
    {
        private readonly Process process;
        private readonly StringBuilder seen = new();
        private readonly char[] buffer = new char[65536];

        public Tty(string pack, string data)
        {
            string program = Path.Combine(AppContext.BaseDirectory, "TopBalance.Cli.dll");
            var start = new ProcessStartInfo("/usr/bin/script") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
            start.Environment["TERM"] = "xterm";
            start.Environment["NO_COLOR"] = "1";
            string command = $"stty cols 80 rows 24; exec dotnet '{program}' session '{pack}' --data '{data}'";
            foreach (string argument in (string[])["-qfec", command, "/dev/null"])
            {
                start.ArgumentList.Add(argument);
            }

            process = Process.Start(start)!;
        }

        public async Task Press(string keys, string expected)
        {
            await process.StandardInput.WriteAsync(keys);
            await process.StandardInput.FlushAsync();
            await Until(expected);
        }

        // reads on until the last screen that was drawn in full shows it
        public async Task Until(string pattern)
        {
            while (!Regex.IsMatch(Screen(), pattern, RegexOptions.None, TimeSpan.FromSeconds(1)))
            {
                int read = await process.StandardOutput.ReadAsync(buffer);
                read.ShouldBeGreaterThan(0, $"'{pattern}' was never shown:\n{seen}");
                seen.Append(buffer, 0, read);
            }
        }

        public string Screen()
        {
            string all = seen.ToString();
            int end = all.LastIndexOf("\u001b[J", StringComparison.Ordinal);
            int begin = end < 0 ? -1 : all.LastIndexOf("\u001b[H", end, StringComparison.Ordinal);
            return begin < 0 ? "" : Escape().Replace(all[begin..end], "").Replace("\r", "", StringComparison.Ordinal);
        }

        public void Kill()
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        public void Dispose()
        {
            if (!process.HasExited)
            {
                Kill();
            }

            process.Dispose();
        }

        [GeneratedRegex(@"\x1b\[[?0-9;]*[A-Za-z]", RegexOptions.ExplicitCapture, 1000)]
        private static partial Regex Escape();
    }
}
