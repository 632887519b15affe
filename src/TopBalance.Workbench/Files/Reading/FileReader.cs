using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace TopBalance.Workbench.Files;

/// <summary>A file that was read, so that a record can say which.</summary>
/// <param name="Name">Its path or name.</param>
/// <param name="Sha256">Hash of its bytes, lower-case hexadecimal.</param>
public sealed record FileRead(string Name, string Sha256);

/// <summary>A text and where it came from.</summary>
internal sealed record SourceText(string File, string Text);

/// <summary>Reads the files that make up one input: bounded, as strict UTF-8, never one inside itself, remembering what was read.</summary>
internal sealed class FileReader
{
    public const long MostYamlBytes = 8L << 20, MostCsvBytes = 64L << 20;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly Stack<string> open = new();
    private readonly List<FileRead> files = [];

    public ImmutableArray<FileRead> Files => [.. files];

    /// <summary>Reads a file and what it names: <paramref name="use"/> may call this again.</summary>
    public T Read<T>(IFileSource source, string name, long limit, Func<SourceText, T> use) => Use(name, source.Read(name, limit), use);

    /// <summary>Reads a file that a key names; if it cannot be had at all, the key is to blame.</summary>
    public T ReadNamed<T>(IFileSource source, MapValues values, Key key, string path, long limit, Func<SourceText, T> use)
    {
        string name = source.Resolve(values.File, path);
        if (open.Contains(name, StringComparer.Ordinal))
        {
            throw values.WrongAt(key, $"{OneLine.Quote(name)} leads back to itself; name another file");
        }

        byte[] bytes;
        try
        {
            bytes = source.Read(name, limit);
        }
        catch (InputException e)
        {
            throw values.WrongAt(key, $"{OneLine.Quote(name)} {e.Problem}", e);
        }

        return Use(name, bytes, use);
    }

    private T Use<T>(string name, byte[] bytes, Func<SourceText, T> use)
    {
        files.Add(new FileRead(name, Convert.ToHexStringLower(SHA256.HashData(bytes))));
        open.Push(name);
        T made = use(new SourceText(name, Decode(name, bytes)));
        open.Pop();
        return made;
    }

    private static string Decode(string name, byte[] bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            throw new InputException(name, 1, null, "is UTF-16, expected UTF-8; save it as UTF-8");
        }

        ReadOnlySpan<byte> content = bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes.AsSpan(3) : bytes;
        int strange = content.IndexOfAny(Forbidden);
        if (strange >= 0)
        {
            string seen = $"saw the byte 0x{content[strange]:x2}";
            throw new InputException(name, LineAt(content, strange), null, seen + ", expected text; check that it is the right file");
        }

        try
        {
            return StrictUtf8.GetString(content);
        }
        catch (DecoderFallbackException e)
        {
            throw new InputException(name, LineAt(content, e.Index), null, "is not valid UTF-8; save it as UTF-8", e);
        }
    }

    // control characters other than tab, line feed and carriage return: the file is binary
    private static readonly System.Buffers.SearchValues<byte> Forbidden =
        System.Buffers.SearchValues.Create([.. Enumerable.Range(0, 32).Where(b => b is not (9 or 10 or 13)).Select(b => (byte)b), 127]);

    private static int LineAt(ReadOnlySpan<byte> bytes, int index) => 1 + bytes[..Math.Clamp(index, 0, bytes.Length)].Count((byte)'\n');
}
