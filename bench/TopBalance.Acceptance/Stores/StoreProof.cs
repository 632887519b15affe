using System.Diagnostics;
using System.Globalization;
using System.Text;
using TopBalance.Packs;
using TopBalance.Procedure;
using TopBalance.Verification.Verdicts;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Store;

namespace TopBalance.Acceptance.Stores;

/// <summary>
/// <c>store kill|sync|disk|read-only|damage|two|all [--rounds N]</c>: whether what was acknowledged is there, whatever happens. Each proof
/// prints its count and outcome. <c>store write FOLDER SESSION</c> is the writer that is killed.
/// </summary>
internal static class StoreProof
{
    private const string Usage = "usage: bench/store kill|sync|disk|read-only|damage|two|all [--rounds N]";
    private const int LinesPerIssue = 5;
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static int Run(string[] args)
    {
        int rounds = args is [_, "--rounds", string count] ? int.Parse(count, NumberStyles.None, CultureInfo.InvariantCulture) : 300;
        switch (args)
        {
            case ["write", string folder, string session]:
                return Write(folder, session, int.MaxValue);
            case ["write", string folder, string session, string lines]:
                return Write(folder, session, int.Parse(lines, CultureInfo.InvariantCulture));
            case ["all", ..]:
                return new[] { Kill(rounds), Sync(), Disk(), ReadOnly(), Damage(rounds), Two(Math.Max(1, rounds / 30)) }.All(static holds => holds) ? 0 : 1;
            case [string proof, ..]:
                Func<bool>? run = proof switch
                {
                    "kill" => () => Kill(rounds),
                    "sync" => Sync,
                    "disk" => Disk,
                    "read-only" => ReadOnly,
                    "damage" => () => Damage(rounds),
                    "two" => () => Two(Math.Max(1, rounds / 30)),
                    _ => null,
                };
                if (run is not null)
                {
                    return run() ? 0 : 1;
                }

                break;
        }

        Console.Error.WriteLine(Usage);
        return 2;
    }

    // one line after another; each is printed once it is acknowledged
    private static int Write(string folder, string id, int most)
    {
        using var store = new SessionStore(folder);
        StoredSession session = store.Open(id);
        string me = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        for (int k = 0; k < most; k++)
        {
            string sign = $"{me}-{k.ToString(CultureInfo.InvariantCulture)}";
            try
            {
                session.Report(Stamp.Now(DateTimeOffset.UtcNow), new PresenceConfirmed(sign));
                if (k % LinesPerIssue == 0)
                {
                    Issue(store, session, sign);
                }
            }
            catch (InputException e)
            {
                Console.WriteLine("failed " + e.Message);
                return 3;
            }

            Console.WriteLine("acknowledged " + sign);
        }

        return 0;
    }

    private static void Issue(SessionStore store, StoredSession session, string sign) => store.File(session.Id, before =>
        new FiledIssue((before?.Number ?? 0) + 1, Noon, session.Hash, "software", "model", VerdictOutcome.Inconclusive)
        {
            Html = [.. Encoding.UTF8.GetBytes(sign)],
            Json = [.. "{}"u8],
            Text = [],
        });

    /// <summary>A writer is killed at random moments: all it was told is noted is there, once, in order, and the chain holds.</summary>
    private static bool Kill(int rounds)
    {
        using var folder = new Scratch();
        string id = Begin(folder.Path);
        var told = new List<string>();
        var dice = new Random(1);
        for (int round = 0; round < rounds; round++)
        {
            using Process writer = Start(folder.Path, id);
            using var first = new ManualResetEventSlim();
            Task<List<string>> lines = Task.Run(() => ReadAll(writer, first.Set).Acknowledged);

            // most are killed while they write, some while they start
            first.Wait(dice.Next(10) == 0 ? TimeSpan.FromMilliseconds(300) : TimeSpan.FromSeconds(30));
            Thread.Sleep(dice.Next(150));
            writer.Kill();
            writer.WaitForExit();
            told.AddRange(lines.GetAwaiter().GetResult());
            if (!Holds(folder.Path, id, told, out string how))
            {
                Console.WriteLine($"kill: round {round + 1}: {how}");
                return false;
            }
        }

        Console.WriteLine($"kill: {rounds} rounds of SIGKILL, {told.Count} lines acknowledged, each there once and in order; database, chain, mirror and issued records hold");
        return true;
    }

    /// <summary>Two writers at one session: nothing is lost, and every line has its own place.</summary>
    private static bool Two(int rounds)
    {
        using var folder = new Scratch();
        string id = Begin(folder.Path);
        var told = new List<string>();
        for (int round = 0; round < rounds; round++)
        {
            Process[] writers = [Start(folder.Path, id, "40"), Start(folder.Path, id, "40")];
            Task<List<string>>[] lines = [.. writers.Select(w => Task.Run(() => ReadAcknowledged(w)))];
            told.AddRange(lines.SelectMany(l => l.GetAwaiter().GetResult()));
            foreach (Process writer in writers)
            {
                writer.WaitForExit();
                writer.Dispose();
            }
        }

        bool all = Holds(folder.Path, id, told, out string how, ordered: false) && told.Count == rounds * 80;
        Console.WriteLine($"two: {rounds} rounds of two writers at one session, {told.Count} of {rounds * 80} lines acknowledged; {how}");
        return all;
    }

    /// <summary>Between the write of a line and its acknowledgement the disk was asked to keep it.</summary>
    private static bool Sync()
    {
        if (!File.Exists("/usr/bin/strace"))
        {
            Console.WriteLine("sync: not tried, there is no strace here");
            return true;
        }

        using var folder = new Scratch();
        string id = Begin(folder.Path);
        string trace = Path.Combine(folder.Path, "trace");
        var start = new ProcessStartInfo("strace", ["-f", "-y", "-e", "trace=pwrite64,write,fsync,fdatasync", "-s", "40", "-o", trace, "dotnet", Program, "store", "write", folder.Path, id, "20"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using Process writer = Process.Start(start)!;
        int told = ReadAcknowledged(writer).Count;
        writer.WaitForExit();
        (int good, bool synced) = (0, false);
        foreach (string line in File.ReadLines(trace))
        {
            if (line.Contains("sessions.db-wal", StringComparison.Ordinal))
            {
                synced = line.Contains("fsync(", StringComparison.Ordinal) || line.Contains("fdatasync(", StringComparison.Ordinal)
                    || (synced && !line.Contains("write", StringComparison.Ordinal));
            }
            else if (line.Contains("\"acknowledged ", StringComparison.Ordinal))
            {
                good += synced ? 1 : 0;
                synced = false;
            }
        }

        Console.WriteLine($"sync: {told} lines under strace, {good} with fsync or fdatasync of the log after its write and before the acknowledgement");
        return told == 20 && good == told;
    }

    /// <summary>The disk gets full: a clear error, and all that was acknowledged is there.</summary>
    private static bool Disk()
    {
        using var folder = new Scratch();
        if (Process.Start("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.Path]) is not { } mount || !Ended(mount))
        {
            Console.WriteLine("disk: not tried, a small file system cannot be mounted here");
            return true;
        }

        try
        {
            string id = Begin(folder.Path);
            using Process writer = Start(folder.Path, id, "100000");
            (List<string> told, string failed) = ReadAll(writer);
            writer.WaitForExit();
            bool all = Holds(folder.Path, id, told, out string how, mirror: false);
            Console.WriteLine($"disk: full after {told.Count} lines: '{failed}'; {how}");
            return all && failed.Contains("the disk is full", StringComparison.Ordinal);
        }
        finally
        {
            Ended(Process.Start("umount", [folder.Path])!);
        }
    }

    /// <summary>The folder cannot be written: a clear error.</summary>
    private static bool ReadOnly()
    {
        using var folder = new Scratch();
        if (!Ended(Process.Start("mount", ["-t", "tmpfs", "tmpfs", folder.Path])!))
        {
            Console.WriteLine("read-only: not tried, a file system cannot be mounted here");
            return true;
        }

        try
        {
            string id = Begin(folder.Path);
            Ended(Process.Start("mount", ["-o", "remount,ro", folder.Path])!);
            string told = Said(() => new SessionStore(folder.Path).Dispose());
            Ended(Process.Start("mount", ["-o", "remount,rw", folder.Path])!);
            bool all = Holds(folder.Path, id, [], out string how);
            Console.WriteLine($"read-only: '{told}'; {how}");
            return all && told.Contains("cannot be written", StringComparison.Ordinal);
        }
        finally
        {
            Ended(Process.Start("umount", [folder.Path])!);
        }
    }

    /// <summary>A database that is cut or has flipped bits: told or unharmed, never taken for whole; the mirror brings the session back.</summary>
    private static bool Damage(int rounds)
    {
        using var folder = new Scratch();
        string id = Begin(folder.Path);
        using (Process writer = Start(folder.Path, id, "60"))
        {
            ReadAcknowledged(writer);
            writer.WaitForExit();
        }

        string file = Path.Combine(folder.Path, "sessions.db");
        byte[] whole = File.ReadAllBytes(file);
        (_, string hash) = Read(folder.Path, id);
        var dice = new Random(2);
        (int told, int unharmed) = (0, 0);
        for (int round = 0; round < rounds; round++)
        {
            byte[] damaged = round % 3 == 0 ? whole[..dice.Next(whole.Length)] : [.. whole];
            if (damaged.Length == whole.Length)
            {
                damaged[dice.Next(whole.Length)] ^= (byte)(1 << dice.Next(8));
            }

            WriteDatabase(file, damaged);
            string said = Said(() =>
            {
                if (Read(folder.Path, id).Hash == hash)
                {
                    unharmed++;
                }
                else
                {
                    throw new InvalidOperationException("a damaged session was taken for whole");
                }
            });
            if (said.Length > 0 && !said.Contains("mirror", StringComparison.Ordinal) && !said.Contains("there is no session", StringComparison.Ordinal)
                && !said.Contains("cannot be used", StringComparison.Ordinal) && !said.Contains("newer program", StringComparison.Ordinal))
            {
                Console.WriteLine($"damage: round {round + 1}: {said}");
                return false;
            }

            told += said.Length > 0 ? 1 : 0;
        }

        WriteDatabase(file, null);
        string mirror = Path.Combine(folder.Path, "sessions-mirror", id + ".jsonl");
        using var fresh = new SessionStore(folder.Path);
        fresh.Import(mirror, File.ReadAllBytes(mirror));
        bool back = fresh.Open(id).Hash == hash;
        Console.WriteLine($"damage: {rounds} databases cut or with a flipped bit: {told} told, {unharmed} read unharmed, none taken for whole that was not; from the mirror alone the session is {(back ? "back" : "NOT back")}");
        return back && told + unharmed == rounds;
    }

    private static void WriteDatabase(string file, byte[]? bytes)
    {
        foreach (string part in (string[])[file, file + "-wal", file + "-shm"])
        {
            File.Delete(part);
        }

        if (bytes is not null)
        {
            File.WriteAllBytes(file, bytes);
        }
    }

    private static string Program => typeof(StoreProof).Assembly.Location;

    private static string Begin(string folder)
    {
        using var store = new SessionStore(folder);
        (PackSpec pack, var texts) = ResolvedPack.Read(Path.Combine(AppContext.BaseDirectory, "four-cells.yaml"));
        return store.Begin(new SessionBegun(pack, 1) { Files = texts }, Stamp.Now(Noon)).Id;
    }

    private static Process Start(string folder, string id, params string[] lines) =>
        Process.Start(new ProcessStartInfo("dotnet", [Program, "store", "write", folder, id, .. lines]) { UseShellExecute = false, RedirectStandardOutput = true })!;

    private static List<string> ReadAcknowledged(Process writer) => ReadAll(writer).Acknowledged;

    private static (List<string> Acknowledged, string Failed) ReadAll(Process writer, Action? first = null)
    {
        (var told, string failed) = (new List<string>(), "");
        while (writer.StandardOutput.ReadLine() is { } line)
        {
            const string prefix = "acknowledged ";
            if (line.StartsWith(prefix, StringComparison.Ordinal))
            {
                told.Add(line[prefix.Length..]);
                first?.Invoke();
            }
            else
            {
                failed = line;
            }
        }

        return (told, failed);
    }

    // a line that was cut on its way to us may be there or not; all others must be, once and in order
    private static bool Holds(string folder, string id, List<string> told, out string how, bool ordered = true, bool mirror = true)
    {
        try
        {
            (string[] there, string hash) = Read(folder, id);
            string[] missing = [.. told.Except(there)];
            bool once = there.Distinct().Count() == there.Length;
            bool inOrder = !ordered || there.Where(new HashSet<string>(told).Contains).SequenceEqual(told);
            string file = Path.Combine(folder, "sessions-mirror", id + ".jsonl");
            bool filed = IssuesHold(folder, id);
            bool mirrored = !mirror || SessionLines.HashOf(SessionLines.ReadAll(file, File.ReadAllBytes(file)).Lines[^1]) == hash;
            how = missing.Length > 0 ? $"{missing.Length} acknowledged lines are missing" : !once ? "a line is there twice" : !inOrder ? "lines are out of order"
                : !filed ? "an issued record is missing"
                : !mirrored ? "the mirror says something else" : $"all {told.Count} are there, once{(ordered ? " and in order" : "")}; the chain holds";
            return missing.Length == 0 && once && inOrder && filed && mirrored;
        }
        catch (InputException e)
        {
            how = e.Message;
            return false;
        }
    }

    // numbered without gaps, and each has the hash that was noted of it, else reading it throws
    private static bool IssuesHold(string folder, string id)
    {
        using var store = new SessionStore(folder);
        var numbers = store.Issues(id);
        return numbers.SequenceEqual(Enumerable.Range(1, numbers.Length)) && numbers.All(n => store.Issue(id, n) is not null);
    }

    private static (string[] There, string Hash) Read(string folder, string id)
    {
        using var store = new SessionStore(folder);
        StoredSession session = store.Open(id);
        return ([.. session.Session.Log.Select(p => p.Entry.Event).OfType<PresenceConfirmed>().Select(p => p.Seen)], session.Hash);
    }

    private static string Said(Action action)
    {
        try
        {
            action();
            return "";
        }
        catch (InputException e)
        {
            return e.Message;
        }
    }

    private static bool Ended(Process process)
    {
        using (process)
        {
            process.WaitForExit();
            return process.ExitCode == 0;
        }
    }

    private sealed class Scratch : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("topbalance-store-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
