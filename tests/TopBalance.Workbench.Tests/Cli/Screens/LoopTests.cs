using TopBalance.Cli;

namespace TopBalance.Workbench.Tests.Cli.Screens;

/// <summary>The screens as the program runs them: keys in, frames and bells out.</summary>
public sealed class LoopTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_terminal_gets_screens_and_everything_else_gets_lines()
    {
        string pack = ScreenStage.WritePack(folder, 4);
        CliStage Terminal(bool terminal, params char[] keys)
        {
            var stage = new CliStage { Typed = "quit\n", OutIsTerminal = terminal, NoColour = true, Time = new HastyClock() };
            keys.ToList().ForEach(stage.Keys.Enqueue);
            return stage;
        }

        string[] args = ["session", pack, "--practice", "--data", folder["data"]];
        CliRun screens = await Terminal(true, 'a', 'q').Run(args);
        CliRun lines = await Terminal(false).Run(args);
        CliRun asked = await Terminal(true).Run([.. args, "--lines"]);

        screens.ExitCode.ShouldBe(ExitCode.Done, screens.Error);
        screens.Out.ShouldContain("\u001b[?1049h");
        screens.Out.ShouldContain("goes on where it is");
        lines.Out.ShouldNotContain("\u001b");
        lines.Out.ShouldContain("insulated tools", customMessage: "the key 'a' has noted that the warnings were read");
        asked.Out.ShouldNotContain("\u001b[?1049h");
    }

    [Fact]
    [Trait("Row", "9")]
    public async Task The_bell_rings_until_it_is_answered_and_practice_is_marked_on_every_screen()
    {
        string pack = ScreenStage.WritePack(folder, 4);
        string script = folder.Write("s.txt", "auto 8\nstart\nwait 5000\nend hvc\nlamps 1 others dark\ntrip 1\nreset\nstart drain 1 12\n");
        string[] args = ["session", pack, "--practice", "--data", folder["data"]];
        (await CliRun.Of([.. args, "--script", script])).ExitCode.ShouldBe(ExitCode.Done);
        var stage = new WaitingStage
        {
            // nobody is at the load; then somebody silences the bell, says what is seen, and leaves
            Steps = [(o => Bells(o) >= 3, " "), (o => o.Contains("sign was due 2 min", StringComparison.Ordinal) || Bells(o) > 4, "i3.1 A\r"), (o => o.Contains("presence confirmed", StringComparison.Ordinal), "q")],
        };

        string output = await stage.Run(args);

        output.ShouldContain("Nobody has looked at cell 1");
        output.ShouldContain("presence confirmed: seen 3.1 A");
        Bells(output).ShouldBe(3, "silenced until something new is to be told");
        string[] frames = output.Split("\u001b[H")[1..];
        frames.Length.ShouldBeGreaterThan(10);
        frames.ShouldAllBe(f => f.StartsWith("PRACTICE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_speed_needs_practice()
    {
        string pack = ScreenStage.WritePack(folder, 4);

        (await CliRun.Of("session", pack, "--speed", "10", "--data", folder["data"])).ShouldRefuse("--speed", "--practice");
        (await CliRun.Of("session", pack, "--practice", "--speed", "0", "--data", folder["data"])).ShouldRefuse("--speed", "1 to 3600");
    }

    [Fact]
    public async Task Practice_is_listed_apart()
    {
        string pack = ScreenStage.WritePack(folder, 4);
        await CliRun.Of("session", pack, "--practice", "--script", folder.Write("s.txt", "accept\n"), "--data", folder["data"]);

        (await CliRun.Of("sessions", "--data", folder["data"])).Out.ShouldBeEmpty();
        (await CliRun.Of("sessions", "--practice", "--data", folder["data"])).Out.ShouldContain("A bank of 4 cells");
    }

    private static int Bells(string output) => output.Count(c => c == '\a');

    /// <summary>A person who waits until something is on the screen before a key is pressed.</summary>
    private sealed class WaitingStage
    {
        public required (Func<string, bool> Seen, string Keys)[] Steps { get; init; }

        public async Task<string> Run(string[] args)
        {
            var output = new StringWriter();
            var keys = new Queue<char>();
            int step = 0;
            var terminal = new Terminal
            {
                Out = output,
                Error = TextWriter.Null,
                OutIsTerminal = true,
                InIsTerminal = true,
                NoColour = true,
                Time = new HastyClock(),
                ReadKey = () =>
                {
                    if (keys.Count == 0 && step < Steps.Length && Steps[step].Seen(output.ToString()))
                    {
                        Steps[step++].Keys.ToList().ForEach(keys.Enqueue);
                    }

                    return keys.TryDequeue(out char key) ? key : null;
                },
            };
            (await CommandLine.RunAsync(args, terminal)).ShouldBe(ExitCode.Done);
            return output.ToString();
        }
    }
}
