using System.CommandLine;
using TopBalance.Procedure;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Store;

namespace TopBalance.Cli.Commands;

/// <summary>Where sessions are kept, for the commands that need it.</summary>
/// <param name="terminal">For the folder of the user.</param>
internal sealed class StoreOptions(Terminal terminal)
{
    /// <summary>Another folder.</summary>
    public Option<string?> Data { get; } = OptionValues.Create("--data", "DIR",
        "Where sessions are kept (default: the user's data folder)");

    /// <summary>Another folder for mirrors.</summary>
    public Option<string?> Mirror { get; } = OptionValues.Create("--mirror", "DIR",
        "Where a second copy grows (default: beside the database)");

    /// <summary>A session instead of a pack file and its observations.</summary>
    public Option<string?> OfSession { get; } =
        OptionValues.Create("--session", "ID", "Of this session instead: the beginning of its id, 'last', or an exported file");

    /// <summary>The session that was asked for; null if none was.</summary>
    public (Session Session, string Name)? Find(ParseResult parsed)
    {
        if (parsed.GetValue(OfSession) is not { } name)
        {
            return null;
        }

        if (File.Exists(name))
        {
            return (Guide.Replay(Exported(name).Log), name);
        }

        using SessionStore kept = Open(parsed);
        string id = kept.Find(name);
        return (kept.Open(id).Session, id);
    }

    /// <summary>The lines of an exported session, or of a mirror.</summary>
    /// <exception cref="InputException">It is none, or damaged.</exception>
    public static StoredLines Exported(string file)
    {
        StoredLines lines = SessionLines.ReadAll(file, new DiskFiles().Read(file, MostBytes));
        return lines.Log.IsEmpty ? throw new InputException(file, 0, null, "holds no session that began") : lines;
    }

    /// <summary>Longest session file that is read.</summary>
    public const long MostBytes = 1L << 30;

    /// <summary>The argument that names a session.</summary>
    public static Argument<string> Session() => new("SESSION") { Description = "The beginning of a session's id, or 'last'" };

    /// <summary>Opens the store.</summary>
    public SessionStore Open(ParseResult parsed, bool practice = false) =>
        new(parsed.GetValue(Data) ?? StoreFolder.OfUser(terminal.Variable), practice,
            parsed.CommandResult.Command.Options.Contains(Mirror) ? parsed.GetValue(Mirror) : null);
}
