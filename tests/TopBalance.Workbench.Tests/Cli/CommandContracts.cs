using TopBalance.Cli;
using TopBalance.Cli.Commands;

namespace TopBalance.Workbench.Tests.Cli;

public sealed class CommandContracts
{
    public static TheoryData<string> Names => [.. CommandList.All.Select(create => create(Nowhere).Name)];

    private static Terminal Nowhere => new() { Out = TextWriter.Null, Error = TextWriter.Null };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Help_shows_an_example_and_every_option_with_a_description(string name)
    {
        CliRun run = await CliRun.Of(name, "--help");

        run.ExitCode.ShouldBe(ExitCode.Done);
        run.Error.ShouldBeEmpty();
        run.Out.ShouldContain($"topbalance {name} ");
        run.Out.ShouldContain("Example");
        run.Out.ShouldContain("--json");
        ExampleCommand command = CommandList.All.Select(create => create(Nowhere)).Single(c => c.Name == name);
        command.Options.ShouldAllBe(o => !string.IsNullOrWhiteSpace(o.Description));
        run.Out.Split('\n').Where(line => !line.Contains("topbalance", StringComparison.Ordinal)).ShouldAllBe(line => line.Length <= 80);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Unknown_option_is_refused_in_one_line_that_names_the_nearest(string name)
    {
        bool takesArgument = CommandList.All.Select(create => create(Nowhere)).Single(c => c.Name == name).Arguments.Count > 0;

        (await CliRun.Of(takesArgument ? [name, "x", "--jsn"] : [name, "--jsn"])).ShouldRefuse("--jsn", "--json");
    }

    [Fact]
    public async Task What_resembles_nothing_gets_no_guess_but_a_list()
    {
        CliRun option = await CliRun.Of("simulate", "x.yaml", "--wheels");
        CliRun command = await CliRun.Of("bake");
        CliRun part = await CliRun.Of("cells", "headway-38120");

        option.ShouldRefuse("'--wheels'; there are ", "--speed");
        command.ShouldRefuse("'bake'; there are ", "plan");
        part.ShouldRefuse("'headway-38120', expected a cell of the library; there are ", "calb-ca100");
        (option.Error + command.Error + part.Error).ShouldNotContain("did you mean");
    }

    [Theory]
    [InlineData("check")]
    [InlineData("simulate")]
    public async Task A_pack_file_that_is_not_there_is_refused_in_one_line(string name)
    {
        (await CliRun.Of(name, "no-such-pack.yaml")).ShouldRefuse("no-such-pack.yaml");
        (await CliRun.Of(name, "no-such-pack.yaml", "--json")).ShouldRefuse("no-such-pack.yaml");
    }

    [Fact]
    public async Task Unknown_command_is_refused_in_one_line_that_names_the_nearest()
    {
        (await CliRun.Of("simulat")).ShouldRefuse("simulat", "'simulate'");
        (await CliRun.Of()).ShouldRefuse("simulate", "check");
    }

    [Fact]
    public async Task Help_of_the_program_lists_the_commands()
    {
        CliRun run = await CliRun.Of("--help");

        run.ExitCode.ShouldBe(ExitCode.Done);
        foreach (Func<Terminal, ExampleCommand> create in CommandList.All)
        {
            run.Out.ShouldContain($"\n  {create(Nowhere).Name} ");
        }
    }

    [Theory]
    [InlineData("--until", "3,5", "3.5")]
    [InlineData("--restart-below", "3,45", "3.45")]
    [InlineData("--spacing", "1 s", "1")]
    [InlineData("--speed", "NaN", "number")]
    [InlineData("--until", "-1", "above 0")]
    [InlineData("--cycles", "1.5", "whole number")]
    [InlineData("--cycles", "-1", "whole number")]
    [InlineData("--seed", "1e3", "whole number")]
    public async Task A_number_that_is_none_is_refused_and_the_right_one_suggested(string option, string text, string expected)
    {
        (await CliRun.Of("simulate", "x.yaml", option, text)).ShouldRefuse(option, text, expected);
    }

    [Fact]
    public async Task An_internal_error_is_one_line_that_says_where_the_log_is()
    {
        using var folder = new ScratchFolder();
        var stage = new CliStage { StateFolder = folder.Path, Time = new BrokenClock() };

        CliRun run = await stage.Run("simulate", PackTexts.WriteFourCells(folder), "--trace", folder["t.csv"]);

        run.ExitCode.ShouldBe(ExitCode.InternalError, run.Error);
        run.Out.ShouldBeEmpty();
        run.Error.Count(c => c == '\n').ShouldBe(1, run.Error);
        string log = Directory.GetFiles(folder.Path, "*.log", SearchOption.AllDirectories).ShouldHaveSingleItem();
        run.Error.ShouldContain(log);
        (await File.ReadAllTextAsync(log)).ShouldContain(nameof(BrokenClock));
    }

    [Fact]
    public async Task Ctrl_C_ends_with_130_and_leaves_no_file_behind()
    {
        using var folder = new ScratchFolder();
        var stage = new CliStage { Cancel = new CancellationToken(canceled: true) };
        string pack = PackTexts.WriteFourCells(folder);

        CliRun run = await stage.Run("simulate", pack, "--trace", folder["trace.csv"]);

        run.ExitCode.ShouldBe(ExitCode.Interrupted, run.Error);
        run.Out.ShouldBeEmpty();
        Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order().ShouldBe(["cell.yaml", "module.yaml", "pack.yaml"]);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("simulate")]
    [InlineData("simulate", "--watch")]
    [InlineData("cells")]
    [InlineData("cells", "calb-ca100")]
    [InlineData("modules")]
    [InlineData("modules", "minibms-3.6")]
    [InlineData("--help")]
    public async Task A_terminal_of_no_columns_is_drawn_on_like_one_that_nobody_gave_a_size(params string[] args)
    {
        using var folder = new ScratchFolder();
        string[] given = args[0] is "check" or "simulate" ? [args[0], PackTexts.WriteFourCells(folder), .. args[1..]] : args;
        CliStage Stage(int size) => new() { OutIsTerminal = true, NoColour = true, Time = new HastyClock(), Width = size, Height = size };

        CliRun none = await Stage(0).Run(given);
        CliRun usual = await new CliStage { OutIsTerminal = true, NoColour = true, Time = new HastyClock() }.Run(given);
        CliRun tiny = await Stage(1).Run(given);

        none.ExitCode.ShouldBe(ExitCode.Done, none.Error);
        none.Out.Split("\u001b[H")[^1].ShouldBe(usual.Out.Split("\u001b[H")[^1]);
        tiny.ExitCode.ShouldBe(ExitCode.Done, tiny.Error);
    }

    [Fact]
    public async Task Output_that_cannot_be_written_is_told_in_one_line()
    {
        var error = new StringWriter();
        var terminal = new Terminal { Out = new StreamWriter(new FullDisk()), Error = error };

        int exitCode = await CommandLine.RunAsync(["cells"], terminal);

        exitCode.ShouldBe(ExitCode.WrongInput);
        error.ToString().ShouldBe("topbalance: the output cannot be written: No space left on device\n");
    }

    private sealed class FullDisk : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("No space left on device");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left on device");

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            throw new IOException("No space left on device");

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("No space left on device");
    }

    private sealed class BrokenClock : TimeProvider
    {
        public override long GetTimestamp() => throw new InvalidOperationException("the clock stands still");
    }
}
