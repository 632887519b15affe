namespace TopBalance.Cli;

/// <summary>What the program ends with; people script against these.</summary>
public static class ExitCode
{
    /// <summary>Done, whatever the pack does.</summary>
    public const int Done = 0;

    /// <summary>The thing asked about is bad.</summary>
    public const int Bad = 1;

    /// <summary>The input is wrong; one line on standard error says how.</summary>
    public const int WrongInput = 2;

    /// <summary>No verdict is possible.</summary>
    public const int Inconclusive = 3;

    /// <summary>An error inside the program; one line says where the log is.</summary>
    public const int InternalError = 4;

    /// <summary>Ctrl-C, stopped cleanly.</summary>
    public const int Interrupted = 130;
}
