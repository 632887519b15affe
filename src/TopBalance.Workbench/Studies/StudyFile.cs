using System.Text;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Studies;

/// <summary>
/// Results while they are being made: a file beside its final place that is only appended to, line by line in the order of the plays, so
/// that whatever ends the process leaves the beginning of the finished file. Held by one process at a time.
/// </summary>
internal sealed class StudyFile : IDisposable
{
    private const int MostLine = 1 << 20;
    private readonly string path;
    private readonly StudyPlan plan;
    private readonly StudyLines lines;
    private readonly FileStream stream;

    private StudyFile(string path, StudyPlan plan, FileStream stream)
    {
        (this.path, this.plan, this.stream) = (path, plan, stream);
        lines = StudyLines.Of(plan);
    }

    /// <summary>How many rows it holds.</summary>
    public long Rows { get; private set; }

    /// <summary>Where the results of a file are kept until it is finished.</summary>
    public static string PathOf(string final) => final + ".partial";

    /// <summary>Begins a file, or goes on with what is there of the same study.</summary>
    /// <param name="path">The partial file.</param>
    /// <param name="plan">The study.</param>
    /// <param name="afresh">Throws away what is there.</param>
    /// <exception cref="InputException">It holds something else, is held by another process, or cannot be written.</exception>
    public static StudyFile Open(string path, StudyPlan plan, bool afresh)
    {
        var file = new StudyFile(path, plan, Hold(path));
        try
        {
            file.GoOn(afresh);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds a row and hands it to the system.</summary>
    public void Append(string line)
    {
        Write(line);
        stream.Flush();
        Rows++;
    }

    /// <summary>All rows so far.</summary>
    public IEnumerable<StudyRow> Read()
    {
        long n = -2;
        foreach (string line in WholeLines())
        {
            if (n >= 0 && lines.TryRead(line, plan[n], out StudyRow row))
            {
                yield return row;
            }

            n++;
        }
    }

    /// <summary>The file is whole: gives it its final name.</summary>
    public void Finish(string final)
    {
        stream.Flush(flushToDisk: true);
        stream.Dispose();
        File.Move(path, final, overwrite: true);
    }

    /// <summary>What it holds is kept elsewhere.</summary>
    public void Delete()
    {
        stream.Dispose();
        File.Delete(path);
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private static FileStream Hold(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, 0, null, $"cannot be opened ({e.Message}); is the same study running already?", e);
        }
    }

    private void GoOn(bool afresh)
    {
        string[] begin = [plan.Header.Line(), StudyLines.Head(plan.Axes.Select(a => a.Key))];
        long good = afresh ? 0 : Check(begin);
        stream.SetLength(good);
        stream.Position = good;
        if (good == 0)
        {
            foreach (string line in begin)
            {
                Write(line);
            }

            stream.Flush();
        }
    }

    // length of the part that is right: a line that was cut off or damaged, and all behind it, is played again
    private long Check(string[] begin)
    {
        long good = 0;
        int number = 0;
        foreach (string line in WholeLines())
        {
            if (number == 0)
            {
                CheckHeader(line, plan.Header);
            }

            bool right = number < begin.Length
                ? string.Equals(line, begin[number], StringComparison.Ordinal)
                : Rows < plan.Count && lines.TryRead(line, plan[Rows], out _);
            if (!right)
            {
                break;
            }

            Rows += number < begin.Length ? 0 : 1;
            good += Encoding.UTF8.GetByteCount(line) + 1;
            number++;
        }

        if (number >= begin.Length)
        {
            return good;
        }

        // the process ended before the first two lines were there
        CheckBeginning(begin[0]);
        return 0;
    }

    private void CheckHeader(string line, StudyHeader mine)
    {
        if (StudyHeader.Parse(line) is not { } other)
        {
            throw new InputException(path, 1, null, "is no unfinished study; choose another name for --out, or say --force");
        }

        StudyResults.CheckSame(path, other, mine);
    }

    private void CheckBeginning(string begin)
    {
        stream.Position = 0;
        byte[] there = new byte[Math.Min(stream.Length, StudyHeader.Begin.Length)];
        stream.ReadExactly(there);
        if (!Encoding.UTF8.GetBytes(begin).AsSpan().StartsWith(there))
        {
            throw new InputException(path, 1, null, "is no unfinished study; choose another name for --out, or say --force");
        }
    }

    private IEnumerable<string> WholeLines()
    {
        var line = new List<byte>(256);
        byte[] buffer = new byte[1 << 16];
        stream.Position = 0;
        for (int read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            for (int k = 0; k < read; k++)
            {
                if (buffer[k] != (byte)'\n')
                {
                    line.Add(buffer[k]);
                    continue;
                }

                yield return Encoding.UTF8.GetString([.. line]);
                line.Clear();
            }

            if (line.Count > MostLine)
            {
                yield break;
            }
        }
    }

    private void Write(string line) => stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
}
