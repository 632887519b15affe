using System.CommandLine;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Json;
using TopBalance.Workbench.Sessions;
using TopBalance.Workbench.Store;

namespace TopBalance.Cli.Commands;

/// <summary><c>sessions</c>: what is kept.</summary>
internal static class SessionsCommand
{
    /// <summary>The command.</summary>
    public static ExampleCommand Create(Terminal terminal)
    {
        var store = new StoreOptions(terminal);
        Option<bool> practice = new("--practice") { Description = "Those of practice, which are kept apart" };
        var command = new ExampleCommand("sessions", "List the sessions that are kept, the latest first.", "sessions") { practice, store.Data };
        command.SetAction(parsed =>
        {
            using SessionStore kept = store.Open(parsed, parsed.GetValue(practice));
            if (parsed.GetValue(command.Json))
            {
                terminal.Out.Write(JsonText.Of(new { sessions = kept.Sessions() }) + "\n");
                return ExitCode.Done;
            }

            foreach (SessionRow row in kept.Sessions())
            {
                terminal.Out.Write(FormattableString.Invariant($"{row.Id}  {row.BegunAt.UtcDateTime:yyyy-MM-dd HH:mm}  {row.Lines,5} lines  {OneLine.Of(row.Pack)}\n"));
            }

            return ExitCode.Done;
        });
        return command;
    }
}

/// <summary><c>export SESSION</c>: a session as a file of its own, or its observations.</summary>
internal static class ExportCommand
{
    /// <summary>The command.</summary>
    public static ExampleCommand Create(Terminal terminal)
    {
        var store = new StoreOptions(terminal);
        Argument<string> session = StoreOptions.Session();
        Option<string?> file = OptionValues.Create("--out", "FILE", "Write to this file instead of standard output");
        Option<bool> observations = new("--observations") { Description = "As an observations file for infer and plan, instead of the session's own lines" };
        var command = new ExampleCommand(
            "export",
            "Write a session as lines of JSON that 'import' takes in elsewhere, or its observations as YAML.",
            "export last --out car.jsonl",
            "export last --observations --out car.observations.yaml") { session, observations, file, store.Data };
        command.SetAction(parsed =>
        {
            using SessionStore kept = store.Open(parsed);
            string id = kept.Find(parsed.GetRequiredValue(session));
            Write(terminal, parsed.GetValue(file), writer =>
            {
                if (parsed.GetValue(observations))
                {
                    writer.Write(SessionLog.Text(kept.Open(id).Session));
                }
                else
                {
                    kept.Export(id, writer);
                }
            });
            if (parsed.GetValue(command.Json) && parsed.GetValue(file) is { } written)
            {
                terminal.Out.Write(JsonText.Of(new { session = id, file = written }) + "\n");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(Terminal terminal, string? file, Action<TextWriter> write)
    {
        if (file is null)
        {
            write(terminal.Out);
        }
        else
        {
            AtomicFile.Write(file, write);
        }
    }
}

/// <summary><c>import FILE</c>: an export or a mirror becomes a session again.</summary>
internal static class ImportCommand
{
    /// <summary>The command.</summary>
    public static ExampleCommand Create(Terminal terminal)
    {
        var store = new StoreOptions(terminal);
        Argument<string> file = new("FILE") { Description = "What 'export' or a mirror has written" };
        var command = new ExampleCommand("import", "Take in a session from an export, or bring one back from its mirror.",
            "import car.jsonl") { file, store.Data };
        command.SetAction(parsed =>
        {
            string name = parsed.GetRequiredValue(file);
            byte[] bytes = new DiskFiles().Read(name, StoreOptions.MostBytes);
            using SessionStore kept = store.Open(parsed);
            (string id, int added) = kept.Import(name, bytes);
            terminal.Out.Write(parsed.GetValue(command.Json)
                ? JsonText.Of(new { session = id, added }) + "\n"
                : FormattableString.Invariant($"session {id}: {added} lines taken in\n"));
            return ExitCode.Done;
        });
        return command;
    }
}

/// <summary><c>backup FILE</c>: a copy of all that is kept.</summary>
internal static class BackupCommand
{
    /// <summary>The command.</summary>
    public static ExampleCommand Create(Terminal terminal)
    {
        var store = new StoreOptions(terminal);
        Argument<string> file = new("FILE") { Description = "Where the copy goes" };
        var command = new ExampleCommand("backup", "Copy the whole database, also while a session runs.",
            "backup /media/stick/sessions.db") { file, store.Data };
        command.SetAction(parsed =>
        {
            using SessionStore kept = store.Open(parsed);
            string name = parsed.GetRequiredValue(file);
            kept.Backup(name);
            terminal.Out.Write(parsed.GetValue(command.Json)
                ? JsonText.Of(new { file = name, sessions = kept.Sessions().Length }) + "\n"
                : FormattableString.Invariant($"{kept.Sessions().Length} sessions copied to {name}\n"));
            return ExitCode.Done;
        });
        return command;
    }
}

/// <summary><c>delete SESSION</c>: a session and its mirror.</summary>
internal static class DeleteCommand
{
    /// <summary>The command.</summary>
    public static ExampleCommand Create(Terminal terminal)
    {
        var store = new StoreOptions(terminal);
        Argument<string> session = StoreOptions.Session();
        Option<bool> sure = new("--yes") { Description = "Do it: it cannot be undone" };
        var command = new ExampleCommand("delete", "Delete a session and its mirror for good.",
            "delete 20260501-1200-ab12cd --yes") { session, sure, store.Data, store.Mirror };
        command.SetAction(parsed =>
        {
            using SessionStore kept = store.Open(parsed);
            string id = kept.Find(parsed.GetRequiredValue(session));
            if (!parsed.GetValue(sure))
            {
                throw new InputException(null, 0, null, $"session {id} would be gone for good{Issued(kept, id)}; say --yes if that is meant");
            }

            kept.Delete(id);
            terminal.Out.Write(parsed.GetValue(command.Json) ? JsonText.Of(new { deleted = id }) + "\n" : $"session {id} deleted\n");
            return ExitCode.Done;
        });
        return command;
    }

    private static string Issued(SessionStore kept, string id) => kept.Issues(id).Length switch
    {
        0 => "",
        1 => ", and its issued record with it (copies handed over stay where they are)",
        int count => FormattableString.Invariant($", and its {count} issued records with it (copies handed over stay where they are)"),
    };
}
