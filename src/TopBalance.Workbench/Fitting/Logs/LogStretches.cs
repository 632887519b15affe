using System.Collections.Immutable;
using TopBalance.Quantities;
using TopBalance.Workbench.Files;
using static System.FormattableString;

namespace TopBalance.Workbench.Fitting;

/// <summary>Makes stretches of the rows of a log: cuts at gaps, and refuses what no fit should be made of.</summary>
internal sealed class LogStretches(string file, LogTable table, LogOptions options)
{
    private const double LeastGap = 600, TimesMedian = 20, LongestRest = 7 * 86400.0;
    private const double Alike = 0.05, Negligible = 0.01;
    private readonly List<string> notes = [];

    /// <exception cref="InputException">It is no log that a fit could be made of.</exception>
    public CellLog Make(LogColumns columns)
    {
        table.DropSpikes();
        CheckRows();
        Span<LogSample> rows = table.Samples;
        double most = Largest(rows);
        LogSanity.CheckCurrent(table, most);
        CutAtGaps(rows, most);
        LogSanity.CheckSign(table, most, options.Sign);
        ImmutableArray<LogStretch> stretches = Cut(rows);
        IEnumerable<string> used = table.Notes();
        string name = Path.GetFileName(file);
        return new CellLog(name, stretches) { Notes = [.. used, "Columns: " + columns.Used, .. columns.Assumed, .. notes] };
    }

    private void CheckRows()
    {
        if (table.Rows == 0)
        {
            throw table.Wrong(0, "holds a header and no rows; check the file");
        }

        if (table.Used == 0 || table.Samples.Length == 0)
        {
            throw table.Wrong(0, Invariant($"none of its {table.Rows:N0} rows can be used{table.Thrown}{Hint()}"));
        }

        if (table.Samples.Length == 1)
        {
            throw table.Wrong(0, $"holds a single row that can be used{table.Thrown}; log a charge from beginning to end");
        }

        int damaged = table.Dropped(LogDrop.NoNumber) + table.Dropped(LogDrop.Ragged) + table.Dropped(LogDrop.Voltage);
        if (2 * damaged > table.Rows)
        {
            throw table.Wrong(0, Invariant($"more than half of its {table.Rows:N0} rows cannot be used{table.Thrown}{Hint()}"));
        }
    }

    private string Hint()
    {
        ColumnName voltage = table.Columns.Names[table.Columns.Voltage];
        return table.Dropped(LogDrop.Voltage) > table.Rows / 2 ? $"; is {OneLine.Quote(voltage.Name)} in mV, or of a whole pack?"
            : table.Dropped(LogDrop.Ragged) > table.Rows / 2 ? "; write decimal points, or semicolons between the columns"
            : "; check the columns and the decimal points";
    }

    private static double Largest(ReadOnlySpan<LogSample> rows)
    {
        double most = 0;
        foreach (LogSample row in rows)
        {
            most = Math.Max(most, Math.Abs(row.Amps));
        }

        return most;
    }

    private void CutAtGaps(Span<LogSample> rows, double mostAmps)
    {
        double least = Math.Max(LeastGap, 2 * table.ThinnedSeconds);
        (double limit, double charge, double seconds) = Spacing(rows, least);
        for (int k = 1; k < rows.Length; k++)
        {
            double gap = rows[k].Seconds - rows[k - 1].Seconds;
            if (!rows[k].Begins && gap > limit)
            {
                rows[k].Begins = Cuts(rows[k - 1], rows[k], gap, LogSanity.Rest(mostAmps), charge, seconds);
            }
        }
    }

    private bool Cuts(in LogSample before, in LogSample after, double gap, double rest, double charge, double seconds)
    {
        string where = Invariant($"{Hours(gap)} without rows before line {after.Line}");
        bool restsBefore = Math.Abs(before.Amps) <= rest, restsAfter = Math.Abs(after.Amps) <= rest;
        if (restsBefore && restsAfter)
        {
            if (gap > LongestRest)
            {
                notes.Add($"{where}, with no current on either side: a new stretch begins there.");
            }

            return gap > LongestRest;
        }

        if (restsBefore)
        {
            notes.Add($"{where}, in which the current came on: taken as a rest, and a new stretch begins there.");
            return true;
        }

        double most = Math.Max(Math.Abs(before.Amps), Math.Abs(after.Amps));
        if (Math.Abs(before.Amps - after.Amps) <= Alike * most && gap < seconds)
        {
            notes.Add(Invariant($"{where}, with {after.Amps:0.###} A on both sides: taken to have flowed all the time."));
            return false;
        }

        if (most * gap <= Negligible * charge)
        {
            notes.Add($"{where}, in which the current changed: a new stretch begins there, the charge between is left out.");
            return true;
        }

        const string advice = "cut the file there and fit its parts, or log without a gap";
        string seen = Invariant($"the clock jumps by {Hours(gap)} from {before.Amps:0.###} A to {after.Amps:0.###} A");
        throw table.Wrong(after.Line, $"{seen}, and what flowed meanwhile is not known; {advice}");
    }

    // limit of a gap in s; what flowed and how long the rows lasted without gaps
    private static (double Limit, double AmpSeconds, double Seconds) Spacing(ReadOnlySpan<LogSample> rows, double least)
    {
        var steps = new List<double>(rows.Length);
        for (int k = 1; k < rows.Length; k++)
        {
            if (!rows[k].Begins)
            {
                steps.Add(rows[k].Seconds - rows[k - 1].Seconds);
            }
        }

        steps.Sort();
        double limit = Math.Max(least, TimesMedian * (steps.Count > 0 ? steps[steps.Count / 2] : 0));
        double charge = 0, seconds = 0;
        for (int k = 1; k < rows.Length; k++)
        {
            double step = rows[k].Seconds - rows[k - 1].Seconds;
            if (!rows[k].Begins && step <= limit)
            {
                charge += Math.Abs(rows[k].Amps) * step;
                seconds += step;
            }
        }

        return (limit, charge, seconds);
    }

    private ImmutableArray<LogStretch> Cut(ReadOnlySpan<LogSample> rows)
    {
        var stretches = ImmutableArray.CreateBuilder<LogStretch>();
        int start = 0, single = 0;
        for (int k = 1; k <= rows.Length; k++)
        {
            if (k < rows.Length && !rows[k].Begins)
            {
                continue;
            }

            // one row alone between two restarts says nothing of how the cell moves
            if (k - start > 1)
            {
                stretches.Add(Stretch(rows[start..k]));
            }
            else
            {
                single++;
            }

            start = k;
        }

        if (single > 0)
        {
            notes.Add(Invariant($"{single:N0} stretch{(single == 1 ? "" : "es")} of a single row left out."));
        }

        return stretches.Count > 0
            ? stretches.ToImmutable()
            : throw table.Wrong(0, "the clock begins anew at every row; check the column of the time");
    }

    private LogStretch Stretch(ReadOnlySpan<LogSample> rows)
    {
        int n = rows.Length;
        var seconds = ImmutableArray.CreateBuilder<double>(n);
        var amps = ImmutableArray.CreateBuilder<double>(n);
        var volts = ImmutableArray.CreateBuilder<double>(n);
        double celsius = 0;
        int warm = 0;
        foreach (LogSample row in rows)
        {
            seconds.Add(row.Seconds);
            amps.Add(row.Amps);
            volts.Add(row.Volts);
            celsius += double.IsNaN(row.Celsius) ? 0 : row.Celsius;
            warm += double.IsNaN(row.Celsius) ? 0 : 1;
        }

        string source = Invariant($"{Path.GetFileName(file)}:{rows[0].Line}");
        return new LogStretch(source, seconds.MoveToImmutable(), amps.MoveToImmutable(), volts.MoveToImmutable())
        {
            Temperature = warm > 0 ? new Celsius(celsius / warm) : options.Temperature,
        };
    }

    private static string Hours(double seconds) => seconds switch
    {
        < 5400 => Invariant($"{seconds / 60:0} min"),
        < 48 * 3600.0 => Invariant($"{seconds / 3600:0.#} h"),
        _ => Invariant($"{seconds / 86400:0.#} days"),
    };
}
