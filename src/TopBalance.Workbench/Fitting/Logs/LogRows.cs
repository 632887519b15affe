using TopBalance.Workbench.Files;
using static System.FormattableString;

namespace TopBalance.Workbench.Fitting;

/// <summary>Reads the rows of a log into a table, and places those whose clock goes back.</summary>
internal sealed class LogRows
{
    // a cell of ours never carries more
    private const double MostAmps = 20_000;

    // a clock that begins anew begins within this share of what it has shown so far
    private const double Anew = 0.1;
    private const int MostInARow = 20;

    private readonly LogTable table;
    private readonly LogColumns columns;
    private readonly LogClock clock;
    private readonly double sign;
    private LogSample last, waiting;
    private bool any, waits;
    private double began;
    private int waited;
    private string segment = "", step = "", waitingStep = "";

    private LogRows(LogTable table, LogColumns columns, LogSign sign)
    {
        this.table = table;
        this.columns = columns;
        ColumnName time = columns.Names[columns.Time];
        clock = new LogClock(time.Unit, time.NamesUnit, columns.DecimalCommas);
        this.sign = (sign == LogSign.Flip) ^ columns.Names[columns.Current].DischargePositive ? -1 : 1;
    }

    /// <exception cref="InputException">The clock goes back and nothing says where those rows belong.</exception>
    public static void ReadInto(LogTable table, LogColumns columns, LogLines lines, LogSign sign)
    {
        var rows = new LogRows(table, columns, sign);
        while (lines.Take() is { } line)
        {
            if (line.Number > columns.HeaderLine)
            {
                rows.Read(line);
            }
        }

        if (rows.waits)
        {
            table.Drop(LogDrop.OutOfOrder, rows.waiting.Line);
        }
    }

    private void Read(LogLine line)
    {
        table.Rows++;
        string[] fields = LogColumns.Cut(line.Text, columns.Separator);
        if (fields.Length > columns.Names.Length && fields[columns.Names.Length..].Any(f => f.Length > 0))
        {
            table.Drop(LogDrop.Ragged, line.Number);
            return;
        }

        var sample = new LogSample { Line = line.Number, Celsius = Temperature(fields) };
        if (!Number(fields, columns.Current, out sample.Amps) || !Number(fields, columns.Voltage, out sample.Volts)
            || Math.Abs(sample.Amps) > MostAmps || !clock.TryRead(Field(fields, columns.Time), out sample.Seconds))
        {
            table.Drop(LogDrop.NoNumber, line.Number);
        }
        else if (sample.Volts is <= 0 or > 6)
        {
            table.Drop(LogDrop.Voltage, line.Number);
        }
        else
        {
            sample.Amps *= sign;
            Place(sample, fields);
        }
    }

    private void Place(LogSample sample, string[] fields)
    {
        string newSegment = columns.Segment < 0 ? "" : Field(fields, columns.Segment);
        string newStep = columns.Step < 0 ? "" : Field(fields, columns.Step);
        if (!any || !string.Equals(newSegment, segment, StringComparison.Ordinal))
        {
            GiveUpWaiting();
            segment = newSegment;
            Begin(sample, newStep);
        }
        else if (sample.Seconds > last.Seconds)
        {
            GiveUpWaiting();
            Accept(sample, newStep);
        }
        else if (sample.Seconds == last.Seconds && !waits)
        {
            table.Drop(LogDrop.Repeated, sample.Line);
        }
        else
        {
            GoesBack(sample, newStep);
        }
    }

    // one row back may be a slip; when the next goes on from there, the clock was set
    private void GoesBack(LogSample sample, string newStep)
    {
        if (waits && sample.Seconds > waiting.Seconds)
        {
            if (!BeginsAnew(waiting.Seconds) && string.Equals(waitingStep, step, StringComparison.Ordinal))
            {
                const string advice = "cut the file there, or give its parts a column 'segment'";
                string seen = Invariant($"the clock goes back from {last.Seconds:0.#} s to {waiting.Seconds:0.#} s and on from there");
                throw table.Wrong(waiting.Line, $"{seen}; {advice}");
            }

            waits = false;
            Begin(waiting, waitingStep);
            Accept(sample, newStep);
            return;
        }

        if (waits)
        {
            table.Drop(LogDrop.OutOfOrder, waiting.Line);
            if (++waited > MostInARow)
            {
                throw table.Wrong(sample.Line, "the clock goes back row after row; sort the rows by time");
            }
        }

        (waits, waiting, waitingStep) = (true, sample, newStep);
    }

    private bool BeginsAnew(double seconds) => seconds - began <= Anew * (last.Seconds - began);

    private void GiveUpWaiting()
    {
        if (waits)
        {
            table.Drop(LogDrop.OutOfOrder, waiting.Line);
        }

        (waits, waited) = (false, 0);
    }

    private void Begin(LogSample sample, string newStep)
    {
        sample.Begins = true;
        began = sample.Seconds;
        any = true;
        Accept(sample, newStep);
    }

    private void Accept(LogSample sample, string newStep)
    {
        (last, step, waited) = (sample, newStep, 0);
        table.Add(sample);
    }

    private static string Field(string[] fields, int column) => column < fields.Length ? fields[column] : "";

    private bool Number(string[] fields, int column, out double value)
    {
        bool read = LogNumber.TryRead(Field(fields, column), columns.DecimalCommas, out value);
        LogUnit unit = columns.Names[column].Unit;
        value = (value * unit.Factor) + unit.Offset;
        return read;
    }

    private double Temperature(string[] fields) =>
        columns.Temperature >= 0 && Number(fields, columns.Temperature, out double celsius) && celsius is > -80 and < 150
            ? celsius
            : double.NaN;
}
