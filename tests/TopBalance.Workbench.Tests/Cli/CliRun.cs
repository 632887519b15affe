using System.Text.Json;
using TopBalance.Cli;

namespace TopBalance.Workbench.Tests.Cli;

/// <summary>The program run in this process, and what it wrote.</summary>
internal sealed record CliRun(int ExitCode, string Out, string Error)
{
    public static async Task<CliRun> Of(params string[] args) => await new CliStage().Run(args);

    /// <summary>What it wrote as one JSON document.</summary>
    public JsonElement Json() => JsonDocument.Parse(Out).RootElement;

    /// <summary>Fails unless the input was refused with one clear line on standard error and nothing on standard output.</summary>
    public void ShouldRefuse(params string[] words)
    {
        ExitCode.ShouldBe(TopBalance.Cli.ExitCode.WrongInput, Error + Out);
        Out.ShouldBeEmpty();
        Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1, Error);
        Error.ShouldNotContain("   at ");
        foreach (string word in words)
        {
            Error.ShouldContain(word);
        }
    }
}

/// <summary>What the program is connected to in a test.</summary>
internal sealed class CliStage
{
    public bool OutIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    public int Width { get; init; } = Terminal.DefaultWidth;

    public int Height { get; init; } = Terminal.DefaultHeight;

    public string? Typed { get; init; }

    public bool NoColour { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public string? DataFolder { get; init; }

    public Dictionary<string, string> Environment { get; init; } = [];

    public Queue<char> Keys { get; } = [];

    public CancellationToken Cancel { get; init; }

    public string StateFolder { get; init; } = Path.Combine(Path.GetTempPath(), "topbalance-tests");

    public async Task<CliRun> Run(params string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal
        {
            Out = output,
            Error = error,
            In = new StringReader(Typed ?? ""),
            OutIsTerminal = OutIsTerminal,
            ErrorIsTerminal = ErrorIsTerminal,
            InIsTerminal = Typed is not null,
            NoColour = NoColour,
            Time = Time,
            Width = Width,
            Height = Height,
            StateFolder = StateFolder,
            DataFolder = DataFolder,
            Variable = name => Environment.GetValueOrDefault(name),
            ReadKey = () => Keys.TryDequeue(out char key) ? key : null,
        };
        int exitCode = await CommandLine.RunAsync(args, terminal, Cancel);
        return new CliRun(exitCode, output.ToString(), error.ToString());
    }
}

/// <summary>A folder that is gone after the test.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public ScratchFolder() => Directory.CreateDirectory(Path);

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "topbalance-" + System.IO.Path.GetRandomFileName());

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
