using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using TopBalance.Procedure;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Store;

/// <summary>
/// A session as lines of JSON, one per line of its log after a head. Each holds the hash of the exact bytes of the one before and ends
/// with the hash of its own bytes up to there, so that damage shows also in the last one. <c>docs/formats.md</c> describes them.
/// </summary>
public static class SessionLines
{
    /// <summary>What the first line says it is.</summary>
    public const string Format = "topbalance-session";

    /// <summary>The version that is written.</summary>
    public const int Version = 1;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The first line.</summary>
    /// <param name="session">The session's id.</param>
    public static string Head(string session) =>
        JsonSerializer.Serialize(new HeadLine(Format, Version, session), EventJson.Options);

    /// <summary>A line of the log.</summary>
    /// <param name="entry">The line.</param>
    /// <param name="before">The line before it, or the head, as written.</param>
    public static string Of(SessionEntry entry, string before)
    {
        ArgumentNullException.ThrowIfNull(entry);
        Stamp stamp = entry.Stamp;
        return Checked(JsonSerializer.Serialize(
            new LogLine(entry.Number, stamp.HappenedAt, stamp.RecordedAt, stamp.Zone, entry.Event, HashOf(before))
            {
                WithinS = stamp.Within.Value > 0 ? stamp.Within.Value : null,
                Tick = stamp.Tick,
            },
            EventJson.Options));
    }

    private const string Check = ",\"check\":\"";

    // '{…}' becomes '{…,"check":"HASH"}'
    private static string Checked(string line) => line[..^1] + Check + HashOf(line[..^1]) + "\"}";

    private static bool HoldsCheck(string line)
    {
        int at = line.LastIndexOf(Check, StringComparison.Ordinal);
        return at > 0 && string.Equals(line, Checked(line[..at] + "}"), StringComparison.Ordinal);
    }

    /// <summary>An event as a line of the log shows it; of the texts of a pack only that there are some.</summary>
    public static string Shown(SessionEvent happened) =>
        JsonSerializer.Serialize(happened is SessionBegun begun ? begun with { Files = [] } : happened, EventJson.Options);

    /// <summary>Hash of a line's bytes, lower-case hexadecimal.</summary>
    public static string HashOf(string line) => Convert.ToHexStringLower(SHA256.HashData(Strict.GetBytes(line)));

    /// <summary>Reads a line of the log.</summary>
    /// <param name="line">As written.</param>
    /// <param name="before">The line before it, or the head.</param>
    /// <exception cref="FormatException">It is no such line, or not the one that belongs here; the message says how.</exception>
    public static SessionEntry Read(string line, string before)
    {
        if (!HoldsCheck(line))
        {
            throw new FormatException("was changed: it does not have the hash that it ends with");
        }

        LogLine read;
        try
        {
            read = JsonSerializer.Deserialize<LogLine>(line, EventJson.Options) ?? throw new FormatException("is empty");
        }
        catch (Exception e) when (e is JsonException or ArgumentException or NotSupportedException)
        {
            throw new FormatException($"cannot be read ({e.Message})", e);
        }

        if (!string.Equals(read.Before, HashOf(before), StringComparison.Ordinal))
        {
            throw new FormatException("does not follow the line before it: one of them was changed, or one is missing");
        }

        SessionEvent happened = read.Event is SessionBegun begun ? WithPack(begun) : read.Event;
        return new SessionEntry(read.Line,
            new Stamp(read.HappenedAt, read.RecordedAt, read.Zone) { Within = new(read.WithinS ?? 0), Tick = read.Tick }, happened);
    }

    /// <summary>Reads a whole file: an export, or a mirror whose last line may be torn.</summary>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <exception cref="InputException">It is no such file, or damaged; the message says in which line.</exception>
    public static StoredLines ReadAll(string file, byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        string text;
        try
        {
            text = Strict.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new InputException(file, 0, null, "is not valid UTF-8; it is damaged or no session", e);
        }

        string[] lines = text.Split('\n');
        HeadLine head = HeadOf(file, lines[0]);

        // what a power cut left of the last line was never acknowledged
        int count = lines.Length - 1;
        var entries = ImmutableArray.CreateBuilder<SessionEntry>();
        for (int k = 1; k < count && !IsEnd(lines[k]); k++)
        {
            try
            {
                entries.Add(Read(lines[k], lines[k - 1]));
            }
            catch (FormatException e)
            {
                throw new InputException(file, k + 1, null, e.Message, e);
            }
        }

        CheckEnd(file, lines, entries.Count);
        return new StoredLines(head.Session, [.. lines.Take(entries.Count + 1)], entries.ToImmutable());
    }

    /// <summary>The last line of an export: how many lines there are, so that a cut shows.</summary>
    public static string End(int count, string last) => JsonSerializer.Serialize(new EndLine(count, HashOf(last)), EventJson.Options);

    private static SessionBegun WithPack(SessionBegun begun)
    {
        try
        {
            return begun with { Pack = ResolvedPack.Of(begun.Files) };
        }
        catch (InputException e)
        {
            throw new FormatException($"holds no pack that can be read ({e.Message})", e);
        }
    }

    private static HeadLine HeadOf(string file, string line)
    {
        HeadLine? head = null;
        try
        {
            head = JsonSerializer.Deserialize<HeadLine>(line, EventJson.Options);
        }
        catch (JsonException)
        {
            // told below
        }

        if (head is not { Format: Format })
        {
            throw new InputException(file, 1, null,
                "is no session of TopBalance; expected a file that 'topbalance export' or a mirror has written");
        }

        return head.Version <= Version ? head
            : throw new InputException(file, 1, null,
                $"is of version {head.Version}, this program reads up to {Version}; take a newer one");
    }

    private static bool IsEnd(string line) => line.StartsWith("{\"end\":", StringComparison.Ordinal);

    private static void CheckEnd(string file, string[] lines, int count)
    {
        int at = Array.FindIndex(lines, IsEnd);
        if (at >= 0 && !string.Equals(lines[at], End(count, lines[at - 1]), StringComparison.Ordinal))
        {
            throw new InputException(file, at + 1, null, "does not agree with the lines before it: some are missing");
        }
    }

    private sealed record HeadLine(string Format, int Version, string Session);

    private sealed record EndLine(int End, string Before);

    private sealed record LogLine(int Line, DateTimeOffset HappenedAt, DateTimeOffset RecordedAt, string Zone, SessionEvent Event,
        string Before)
    {
        [JsonPropertyName("within_s")]
        public double? WithinS { get; init; }

        public Tick? Tick { get; init; }
    }
}

/// <summary>The lines of a session as they were written, and what they say.</summary>
/// <param name="Session">Its id.</param>
/// <param name="Lines">The head and every line of the log, without line ends.</param>
/// <param name="Log">What they say.</param>
public sealed record StoredLines(string Session, ImmutableArray<string> Lines, ImmutableArray<SessionEntry> Log);
