using System.Collections.Immutable;
using System.Globalization;
using TopBalance.Inference.Observations;
using TopBalance.Quantities;
using TopBalance.Workbench.Fitting;

namespace TopBalance.Workbench.Files;

/// <summary>The log of a digital BMS: <c>time_s, current_a, v1 … vn</c>; other columns are ignored.</summary>
internal sealed class PackLogCsv
{
    private const double MostVolts = 6, MostAmps = 20_000;

    private readonly string file;
    private readonly bool commas;
    private readonly int width, time, current;
    private readonly int[] volts;
    private readonly ImmutableArray<double>.Builder seconds = ImmutableArray.CreateBuilder<double>();
    private readonly ImmutableArray<double>.Builder amps = ImmutableArray.CreateBuilder<double>();
    private readonly ImmutableArray<double>.Builder[] cells;
    private readonly HashSet<int> microvolts = [];

    private PackLogCsv(string file, CsvLine header, bool commas, int series)
    {
        this.file = file;
        this.commas = commas;
        width = header.Fields.Length;
        string[] names = [.. header.Fields.Select(f => f.ToLowerInvariant())];
        time = Column(header, names, "time_s");
        current = Column(header, names, "current_a");
        CheckCells(header, names, series);
        volts = [.. Enumerable.Range(1, series).Select(n => Column(header, names, FormattableString.Invariant($"v{n}")))];
        cells = [.. volts.Select(_ => ImmutableArray.CreateBuilder<double>())];
    }

    /// <exception cref="InputException">It is no log of a pack with that many cells.</exception>
    public static LogSeen Parse(SourceText source, int series)
    {
        char separator = Separator(source.Text);
        PackLogCsv? log = null;
        foreach (CsvLine line in CsvText.Read(source, separator))
        {
            if (log is null)
            {
                log = new PackLogCsv(source.File, line, separator != ',', series);
            }
            else
            {
                log.Add(line);
            }
        }

        return log is { seconds.Count: > 1 }
            ? log.Made()
            : throw new InputException(
                source.File, 0, null, "holds no log, expected a header 'time_s,current_a,v1,v2 …' and at least two rows; check the file");
    }

    public static void Write(LogSeen log, TextWriter writer)
    {
        writer.Write("time_s,current_a");
        for (int cell = 1; cell <= log.CellVolts.Length; cell++)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $",v{cell}"));
        }

        for (int row = 0; row < log.TimeSeconds.Length; row++)
        {
            writer.Write($"\n{NumberText.Write(log.TimeSeconds[row])},{NumberText.Write(log.CurrentAmps[row])}");
            foreach (ImmutableArray<double> readings in log.CellVolts)
            {
                writer.Write(double.IsNaN(readings[row]) ? "," : "," + NumberText.Write(readings[row]));
            }
        }

        writer.Write('\n');
    }

    // where columns are separated by something else, a comma is a decimal comma
    private static char Separator(string text)
    {
        using var lines = new StringReader(text);
        string? line = lines.ReadLine();
        while (line is not null && (string.IsNullOrWhiteSpace(line) || line[0] == '#'))
        {
            line = lines.ReadLine();
        }

        return line is null ? ','
            : line.Contains(';', StringComparison.Ordinal) ? ';'
            : line.Contains('\t', StringComparison.Ordinal) ? '\t' : ',';
    }

    private int Column(CsvLine header, string[] names, string name)
    {
        int column = Array.IndexOf(names, name);
        if (column < 0)
        {
            throw Wrong(header, $"there is no column '{name}', expected a header 'time_s,current_a,v1,v2 …' with every cell; add it");
        }

        return Array.LastIndexOf(names, name) == column
            ? column
            : throw Wrong(header, $"the column '{name}' is there twice; remove one of them");
    }

    private void CheckCells(CsvLine header, string[] names, int series)
    {
        foreach (string name in names)
        {
            if (name is ['v', .. var digits]
                && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int cell) && (cell < 1 || cell > series))
            {
                string expected = FormattableString.Invariant($"expected v1 to v{series}, which the pack has");
                throw Wrong(header, $"saw a column '{name}', {expected}; rename it, or check that it is the log of this pack");
            }
        }
    }

    private void Add(CsvLine line)
    {
        if (line.Fields.Length != width)
        {
            string seen = FormattableString.Invariant($"saw {line.Fields.Length} fields, expected {width} as in the header");
            throw Wrong(line, seen + "; check separators and decimal points");
        }

        double at = Number(line, time, "time_s");
        if (seconds.Count > 0 && at <= seconds[^1])
        {
            // a logger that rounds its clock writes a time twice
            if (at == seconds[^1])
            {
                return;
            }

            string seen = $"saw {NumberText.Write(at)} s after {NumberText.Write(seconds[^1])} s";
            throw Wrong(line, seen + ", expected the time to rise; sort the rows, or cut the file there");
        }

        double flowing = Number(line, current, "current_a");
        if (Math.Abs(flowing) > MostAmps)
        {
            throw Wrong(line, $"current_a: saw {NumberText.Write(flowing)}, expected amperes; convert it");
        }

        seconds.Add(at);
        amps.Add(flowing);
        for (int cell = 0; cell < cells.Length; cell++)
        {
            cells[cell].Add(Reading(line, cell));
        }
    }

    private double Number(CsvLine line, int column, string name) => LogNumber.TryRead(line.Fields[column], commas, out double value)
        ? value
        : throw Wrong(line, $"{name}: saw {OneLine.Quote(line.Fields[column])}, expected a number; correct the row or take it out");

    private double Reading(CsvLine line, int cell)
    {
        if (line.Fields[volts[cell]].Length == 0)
        {
            return double.NaN;
        }

        string name = FormattableString.Invariant($"v{cell + 1}");
        double reading = Number(line, volts[cell], name);
        if (Math.Abs(reading) > MostVolts)
        {
            string advice = Math.Abs(reading) > 100 ? "convert millivolts to volts" : "empty the field if there was no reading";
            throw Wrong(line, $"{name}: saw {NumberText.Write(reading)}, expected V from -6 to 6; {advice}");
        }

        microvolts.Add((int)Math.Round(reading * 1e6));
        return reading;
    }

    private LogSeen Made() => new(
        seconds.ToImmutable(), amps.ToImmutable(), [.. cells.Select(c => c.ToImmutable())])
    {
        Resolution = Resolution(),
    };

    // the smallest step between any two different readings
    private Volts Resolution()
    {
        int[] sorted = [.. microvolts.Order()];
        return sorted.Length < 2 ? new Volts(0.001) : new Volts(sorted.Zip(sorted.Skip(1)).Min(p => p.Second - p.First) / 1e6);
    }

    private InputException Wrong(CsvLine line, string problem) => new(file, line.Line, null, problem);
}
