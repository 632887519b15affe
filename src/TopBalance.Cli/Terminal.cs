namespace TopBalance.Cli;

/// <summary>What the program talks through: the three streams, what they are connected to, keys and the clock.</summary>
public sealed class Terminal
{
    /// <summary>Columns and rows that output is laid out for where nothing says otherwise.</summary>
    public const int DefaultWidth = 80, DefaultHeight = 24;

    /// <summary>Standard output.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Standard error.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Standard input. Default: empty.</summary>
    public TextReader In { get; init; } = TextReader.Null;

    /// <summary>Standard output is a terminal.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Standard error is a terminal.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Standard input is a terminal.</summary>
    public bool InIsTerminal { get; init; }

    /// <summary>Colours are not wanted, whatever the streams are (<c>NO_COLOR</c>).</summary>
    public bool NoColour { get; init; }

    /// <summary>The terminal understands no escape sequences (<c>TERM=dumb</c>).</summary>
    public bool Dumb { get; init; }

    /// <summary>Columns of standard output when the program began. Default 80, also where a terminal that nobody gave a size says
    /// 0.</summary>
    public int Width { get; init => field = value > 0 ? value : DefaultWidth; } = DefaultWidth;

    /// <summary>Rows of standard output when the program began. Default 24, also where a terminal says 0.</summary>
    public int Height { get; init => field = value > 0 ? value : DefaultHeight; } = DefaultHeight;

    /// <summary>Columns and rows now, where a terminal can be made larger or smaller; null: as they were at the beginning.</summary>
    public Func<(int Width, int Height)>? SizeNow { get; init; }

    /// <summary>Columns and rows as they are now.</summary>
    public (int Width, int Height) Size => SizeNow?.Invoke() is { Width: > 0, Height: > 0 } size ? size : (Width, Height);

    /// <summary>Where the program keeps logs. Created when needed.</summary>
    public string StateFolder { get; init; } = Path.Combine(Path.GetTempPath(), "topbalance");

    /// <summary>The folder of measured data as the environment names it (<c>TOPBALANCE_DATA</c>), or null.</summary>
    public string? DataFolder { get; init; }

    /// <summary>A variable of the environment by its name, or null.</summary>
    public Func<string, string?> Variable { get; init; } = static _ => null;

    /// <summary>The clock that a replay goes by.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The key pressed since the last call, or null; never waits.</summary>
    public Func<char?> ReadKey { get; init; } = () => null;

    /// <summary>Escape sequences for colour may be written to standard output.</summary>
    public bool Colour => OutIsTerminal && !NoColour && !Dumb;

    /// <summary>Standard output can be drawn over.</summary>
    public bool Animated => OutIsTerminal && !Dumb;

    /// <summary>The same with another standard output, which is no terminal.</summary>
    public Terminal WithOut(TextWriter output) => new()
    {
        Out = output,
        Error = Error,
        In = In,
        ErrorIsTerminal = ErrorIsTerminal,
        InIsTerminal = InIsTerminal,
        NoColour = NoColour,
        Dumb = Dumb,
        Width = Width,
        Height = Height,
        StateFolder = StateFolder,
        DataFolder = DataFolder,
        Variable = Variable,
        Time = Time,
        ReadKey = ReadKey,
        SizeNow = SizeNow,
    };

    /// <summary>The terminal this process was started in.</summary>
    public static Terminal OfProcess()
    {
        return new Terminal
        {
            Out = Utf8(Console.OpenStandardOutput()),
            Error = Utf8(Console.OpenStandardError(), flush: true),
            In = Console.In,
            OutIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            InIsTerminal = !Console.IsInputRedirected,
            Dumb = string.Equals(Environment.GetEnvironmentVariable("TERM"), "dumb", StringComparison.Ordinal),
            NoColour = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
            Width = Console.IsOutputRedirected ? 0 : Console.WindowWidth,
            Height = Console.IsOutputRedirected ? 0 : Console.WindowHeight,
            StateFolder = StateFolderOfUser(),
            Variable = Environment.GetEnvironmentVariable,
            DataFolder = Environment.GetEnvironmentVariable(Workbench.Validation.DataFolder.Variable),
            ReadKey = new Keyboard().Next,
            SizeNow = Console.IsOutputRedirected ? null : static () => (Console.WindowWidth, Console.WindowHeight),
        };
    }

    private static StreamWriter Utf8(Stream stream, bool flush = false) =>
        new(stream, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = flush };

    private static string StateFolderOfUser()
    {
        string? state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        if (!string.IsNullOrEmpty(state))
        {
            return Path.Combine(state, "topbalance");
        }

        string local = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(local.Length > 0 ? local : Path.GetTempPath(), "topbalance");
    }
}
