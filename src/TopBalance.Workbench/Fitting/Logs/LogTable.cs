using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TopBalance.Workbench.Files;
using static System.FormattableString;

namespace TopBalance.Workbench.Fitting;

/// <summary>Why a row of a log was thrown away.</summary>
internal enum LogDrop
{
    /// <summary>A field that is needed holds no number.</summary>
    NoNumber,

    /// <summary>More fields than columns.</summary>
    Ragged,

    /// <summary>No voltage that a cell can have.</summary>
    Voltage,

    /// <summary>A current far above all others.</summary>
    Current,

    /// <summary>A voltage that jumps away for one row.</summary>
    Spike,

    /// <summary>The time of the row before.</summary>
    Repeated,

    /// <summary>A time before that of the row before.</summary>
    OutOfOrder,
}

/// <summary>A row of a log.</summary>
internal struct LogSample
{
    public double Seconds, Amps, Volts;

    /// <summary>NaN where the log has none.</summary>
    public double Celsius;

    public int Line;

    /// <summary>A stretch begins here.</summary>
    public bool Begins;
}

/// <summary>The rows of a log that could be used, thinned out when they become too many, and a count of the others.</summary>
internal sealed class LogTable(string file, LogColumns columns)
{
    // 400,000 rows of 48 bytes
    private const int MostRows = 400_000;

    // beyond this no voltage and no current differs from any other: what is left are ends of stretches
    private const double MostThinning = 1 << 20;

    private readonly int[] dropped = new int[Enum.GetValues<LogDrop>().Length];
    private readonly int[] firstDropped = new int[Enum.GetValues<LogDrop>().Length];
    private readonly List<LogSample> samples = [];
    private double thinning;

    public LogColumns Columns => columns;

    /// <summary>Rows in the file, used or not.</summary>
    public int Rows { get; set; }

    /// <summary>The rows that are used, in order.</summary>
    public Span<LogSample> Samples => CollectionsMarshal.AsSpan(samples);

    /// <summary>Rows of the file that were used, also where several were put together.</summary>
    public int Used => Rows - dropped.Sum();

    /// <summary>Rows of a steady voltage and current may be this far apart because they were thinned out, s; 0: they were not.</summary>
    public double ThinnedSeconds => LogThinning.Seconds * thinning;

    /// <summary>Rows thrown away for a reason.</summary>
    public int Dropped(LogDrop reason) => dropped[(int)reason];

    public void Drop(LogDrop reason, int line)
    {
        dropped[(int)reason]++;
        firstDropped[(int)reason] = firstDropped[(int)reason] == 0 ? line : firstDropped[(int)reason];
    }

    public void Add(in LogSample sample)
    {
        samples.Add(sample);
        if (samples.Count >= MostRows)
        {
            Thin();
        }
    }

    // coarser only where the same again does not do
    private void Thin()
    {
        DropSpikes();
        thinning = Math.Max(1, thinning);
        LogThinning.Apply(samples, thinning);
        while (samples.Count > MostRows / 2)
        {
            thinning *= 2;
            if (thinning > MostThinning)
            {
                string seen = Invariant($"falls into more than {MostRows / 4:N0} stretches");
                throw Wrong(0, seen + "; check the columns of the time and of the script");
            }

            LogThinning.Apply(samples, thinning);
        }
    }

    /// <summary>Throws away rows that stand alone: a current or a voltage that the rows beside it know nothing of.</summary>
    public void DropSpikes() => LogSpikes.Drop(samples, Drop);

    /// <summary>What was used, thrown away and put together, a sentence each.</summary>
    public IEnumerable<string> Notes()
    {
        yield return Invariant($"Used {Used:N0} of {Rows:N0} rows{Thrown}.");
        if (thinning > 0)
        {
            yield return Invariant($"Thinned to {samples.Count:N0} rows: one for every {0.5 * thinning:0.#} mV, every ")
                + Invariant($"{0.5 * thinning:0.#} % of the largest current and every {60 * thinning:0} s; no charge is lost by that.");
        }
    }

    /// <summary>What was thrown away: <c>; threw away 9: 5 without a number (first in line 12)…</c>; empty if nothing was.</summary>
    public string Thrown => dropped.Sum() == 0
        ? ""
        : Invariant($"; threw away {dropped.Sum():N0}: ") + string.Join(
            ", ", Enum.GetValues<LogDrop>().Where(d => dropped[(int)d] > 0)
                .Select(d => Invariant($"{dropped[(int)d]:N0} {Words(d)} (first in line {firstDropped[(int)d]})")));

    public InputException Wrong(int line, string problem) => new(file, line, null, problem);

    private static string Words(LogDrop reason) => reason switch
    {
        LogDrop.NoNumber => "without a number where one is needed",
        LogDrop.Ragged => "with more fields than columns",
        LogDrop.Voltage => "with a voltage outside 0 to 6 V",
        LogDrop.Current => "with a current far above all others",
        LogDrop.Spike => "with a voltage that jumps away for one row",
        LogDrop.Repeated => "with the time of the row before",
        _ => "out of order in time",
    };
}
