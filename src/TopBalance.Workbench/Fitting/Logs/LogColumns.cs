using System.Collections.Immutable;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Fitting;

/// <summary>Which columns of a log hold what, found by their names.</summary>
internal sealed class LogColumns
{
    private const string Example = "'time_s,current_a,voltage_v,temperature_c'";

    // a change of these begins a new stretch; of the others, it explains a clock that begins anew
    private static readonly string[] Segments = ["script", "segment", "part"], Steps = ["step", "cycle"];

    private LogColumns(LogLine header, char separator, ImmutableArray<ColumnName> names)
    {
        HeaderLine = header.Number;
        Separator = separator;
        Names = names;
        Segment = IndexOf(Segments);
        Step = IndexOf(Steps);
    }

    /// <summary>The line that names the columns, from 1.</summary>
    public int HeaderLine { get; }

    /// <summary>Comma, semicolon or tab.</summary>
    public char Separator { get; }

    /// <summary>Every column.</summary>
    public ImmutableArray<ColumnName> Names { get; }

    /// <summary>Index of the column.</summary>
    public int Time { get; private set; }

    /// <summary>Index of the column.</summary>
    public int Current { get; private set; }

    /// <summary>Index of the column.</summary>
    public int Voltage { get; private set; }

    /// <summary>Index of the column, or -1.</summary>
    public int Temperature { get; private set; }

    /// <summary>Index of the column, or -1.</summary>
    public int Segment { get; }

    /// <summary>Index of the column, or -1.</summary>
    public int Step { get; }

    /// <summary>In a file with other separators a comma may stand for the decimal point.</summary>
    public bool DecimalCommas => Separator != ',';

    /// <summary>What was used, in a sentence.</summary>
    public string Used
    {
        get
        {
            string all = $"time from '{Names[Time].Name}', current from '{Names[Current].Name}', voltage from '{Names[Voltage].Name}'";
            return OneLine.Of(Temperature < 0 ? all : all + $", temperature from '{Names[Temperature].Name}'") + ".";
        }
    }

    /// <summary>What the names leave open, a sentence each.</summary>
    public IEnumerable<string> Assumed
    {
        get
        {
            (int Index, string Unit)[] needed = [(Time, "s, or a stamp of the clock"), (Current, "A"), (Voltage, "V")];
            foreach ((int index, string unit) in needed.Where(n => !Names[n.Index].NamesUnit))
            {
                yield return $"The column {OneLine.Quote(Names[index].Name)} names no unit; it is taken as {unit}.";
            }

            if (Names[Current].DischargePositive)
            {
                yield return $"The column {OneLine.Quote(Names[Current].Name)} counts discharge positive and was turned round.";
            }
        }
    }

    /// <summary>Finds the header among the first lines: what stands above it is skipped.</summary>
    /// <exception cref="InputException">A column is missing, or there are several for one thing.</exception>
    public static LogColumns Find(string file, IReadOnlyCollection<LogLine> head)
    {
        LogColumns? best = null;
        int found = -1;
        foreach (LogLine line in head)
        {
            char separator = SeparatorOf(line.Text);
            var columns = new LogColumns(line, separator, [.. Cut(line.Text, separator).Select(ColumnName.Of)]);
            int quantities = columns.Names.Select(n => n.Quantity).Where(q => q is > LogQuantity.Other and < LogQuantity.Temperature)
                .Distinct().Count();
            if (quantities > found)
            {
                (best, found) = (columns, quantities);
            }
        }

        LogColumns header = best!;
        header.Time = header.Best(file, LogQuantity.Time, "time");
        header.Current = header.Best(file, LogQuantity.Current, "current");
        header.Voltage = header.Best(file, LogQuantity.Voltage, "voltage");
        header.Temperature = header.Ranked(LogQuantity.Temperature).Select(r => r.Index).DefaultIfEmpty(-1).First();
        return header;
    }

    /// <summary>Cuts a line into fields, trimmed and without quotes.</summary>
    public static string[] Cut(string line, char separator)
    {
        if (!line.Contains('"', StringComparison.Ordinal))
        {
            return line.Split(separator, StringSplitOptions.TrimEntries);
        }

        var fields = new List<string>();
        bool quoted = false;
        int start = 0;
        for (int k = 0; k <= line.Length; k++)
        {
            quoted ^= k < line.Length && line[k] == '"';
            if (k == line.Length || (line[k] == separator && !quoted))
            {
                fields.Add(line[start..k].Trim().Trim('"').Trim());
                start = k + 1;
            }
        }

        return [.. fields];
    }

    private static char SeparatorOf(string line) => line.Contains(';', StringComparison.Ordinal) ? ';'
        : line.Contains('\t', StringComparison.Ordinal) ? '\t' : ',';

    private int IndexOf(string[] words)
    {
        foreach (string word in words)
        {
            for (int k = 0; k < Names.Length; k++)
            {
                // 'step_index' counts, 'step_time_s' does not
                if (Names[k].Quantity == LogQuantity.Other && !Names[k].NamesUnit && Names[k].Parts.Contains(word, StringComparer.Ordinal))
                {
                    return k;
                }
            }
        }

        return -1;
    }

    private IEnumerable<(int Index, int Score)> Ranked(LogQuantity quantity) => Names
        .Select((name, index) => (Name: name, Index: index))
        .Where(n => n.Name.Quantity == quantity)
        .OrderByDescending(n => n.Name.Score)
        .Select(n => (n.Index, n.Name.Score));

    private int Best(string file, LogQuantity quantity, string what)
    {
        (int Index, int Score)[] ranked = [.. Ranked(quantity)];
        if (ranked.Length == 0)
        {
            const string advice = "name it in the header, as in " + Example;
            throw new InputException(file, HeaderLine, null, $"there is no column for the {what} among {Seen(Names)}; {advice}");
        }

        if (ranked.Length > 1 && ranked[1].Score == ranked[0].Score)
        {
            IEnumerable<ColumnName> equal = ranked.Where(r => r.Score == ranked[0].Score).Select(r => Names[r.Index]);
            string advice = $"leave one of them, or name one '{Plainest(quantity)}'";
            throw new InputException(file, HeaderLine, null, $"several columns could be the {what}: {Seen(equal)}; {advice}");
        }

        return ranked[0].Index;
    }

    private static string Plainest(LogQuantity quantity) => quantity switch
    {
        LogQuantity.Time => "time_s",
        LogQuantity.Current => "current_a",
        _ => "voltage_v",
    };

    private static string Seen(IEnumerable<ColumnName> names)
    {
        string[] all = [.. names.Select(n => OneLine.Quote(n.Name))];
        return string.Join(", ", all.Take(12)) + (all.Length > 12 ? FormattableString.Invariant($" and {all.Length - 12} more") : "");
    }
}
