using System.IO.Compression;
using System.Text;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Fitting;

/// <summary>A line of a log.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Text">Without its end.</param>
internal readonly record struct LogLine(int Number, string Text);

/// <summary>The lines of a log, unpacked and decoded as they are asked for; however hostile the bytes, memory stays bounded.</summary>
internal sealed class LogLines : IDisposable
{
    private const int MostLine = 10_000, HeadLines = 60;

    private static readonly System.Buffers.SearchValues<char> Forbidden =
        System.Buffers.SearchValues.Create([.. Enumerable.Range(0, 32).Where(b => b is not 9).Select(b => (char)b), (char)127]);

    private readonly string file;
    private readonly StreamReader reader;
    private readonly char[] buffer = new char[1 << 15];
    private readonly StringBuilder piece = new();
    private readonly Queue<LogLine> head = new();
    private int at, filled, number;
    private long unpacked;

    public LogLines(string file, byte[] bytes)
    {
        this.file = file;
        bool packed = bytes is [0x1F, 0x8B, ..];
        if (bytes is [(byte)'P', (byte)'K', 3, 4, ..])
        {
            throw new InputException(file, 0, null, "is a zip archive or a spreadsheet, expected CSV; export the table as CSV");
        }

        var stream = new MemoryStream(bytes, writable: false);
        reader = new StreamReader(packed ? new GZipStream(stream, CompressionMode.Decompress) : stream, new UTF8Encoding(false), true);
    }

    /// <summary>The first lines, in which the header must be; they are not yet taken.</summary>
    public IReadOnlyCollection<LogLine> Head()
    {
        while (head.Count < HeadLines && Next() is { } line)
        {
            // a logger that lost its power leaves zeros in the middle of a file; at its beginning they mean another kind of file
            int strange = line.Text.AsSpan().IndexOfAny(Forbidden);
            if (strange >= 0 && head.Count == 0)
            {
                string seen = FormattableString.Invariant($"saw the character 0x{(int)line.Text[strange]:x2}");
                throw new InputException(file, line.Number, null, seen + ", expected CSV text; check that it is the right file");
            }

            head.Enqueue(line);
        }

        return head.Count > 0 ? head : throw new InputException(file, 0, null, "is empty, expected a header and rows; check the file");
    }

    /// <summary>The next line that is neither blank nor a comment; null at the end.</summary>
    public LogLine? Take() => head.TryDequeue(out LogLine line) ? line : Next();

    public void Dispose() => reader.Dispose();

    private LogLine? Next()
    {
        while (ReadLine() is { } text)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(text) && text[0] != '#')
            {
                return new LogLine(number, text);
            }
        }

        return null;
    }

    private string? ReadLine()
    {
        piece.Clear();
        while (at < filled || Fill())
        {
            ReadOnlySpan<char> rest = buffer.AsSpan(at, filled - at);
            int end = rest.IndexOf('\n');
            piece.Append(end < 0 ? rest : rest[..end]);
            at += end < 0 ? rest.Length : end + 1;
            if (piece.Length > MostLine)
            {
                string seen = FormattableString.Invariant($"saw a line of more than {MostLine} characters");
                throw new InputException(file, number + 1, null, seen + ", expected the rows of a log; check that it is the right file");
            }

            if (end >= 0)
            {
                return piece.ToString().TrimEnd('\r');
            }
        }

        return piece.Length > 0 ? piece.ToString() : null;
    }

    private bool Fill()
    {
        at = 0;
        try
        {
            filled = reader.Read(buffer, 0, buffer.Length);
        }
        catch (InvalidDataException e)
        {
            throw new InputException(file, number, null, "is not a whole gzip file; pack it again", e);
        }

        unpacked += filled;
        if (unpacked > CellLogFile.MostUnpackedBytes)
        {
            throw new InputException(
                file, 0, null, $"unpacks to more than {CellLogFile.MostUnpackedBytes >> 20} MB; log less often, or cut it into parts");
        }

        return filled > 0;
    }
}
