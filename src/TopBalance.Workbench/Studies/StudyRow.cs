using System.Collections.Immutable;
using System.Globalization;
using TopBalance.Planning;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Studies;

/// <summary>The result of one play; null where the variant's tools do not allow the method.</summary>
/// <param name="Task">Which.</param>
/// <param name="Played">How it went.</param>
public readonly record struct StudyRow(StudyTask Task, Played? Played);

/// <summary>Rows as lines of CSV, with full precision and the same under every locale.</summary>
internal sealed class StudyLines(ImmutableArray<ImmutableArray<string>> variants, ImmutableArray<string> methods)
{
    /// <summary>Columns after those of what is varied.</summary>
    public static readonly ImmutableArray<string> Columns =
    [
        "method", "pack", "hours", "attended_hours", "charger_cycles", "drained_ah", "overshot", "residual_ah", "hottest_w", "balanced", "cost",
    ];

    private const int Results = 9;

    public static StudyLines Of(StudyPlan plan) => new([.. plan.Variants.Select(v => v.Values)], plan.Whole.Methods);

    public static StudyLines Of(StudyHeader header) =>
        new([.. StudyPlan.Combinations(VaryAxis.ParseAll(header.Vary))], header.Methods);

    /// <summary>The line of column names.</summary>
    public static string Head(IEnumerable<string> keys) => string.Join(',', keys.Select(Quoted).Concat(Columns));

    /// <summary>How the line of a task begins: the columns that say which it is.</summary>
    public string Start(StudyTask task) =>
        string.Concat(variants[task.Variant].Append(methods[task.Method]).Select(v => Quoted(v) + ","))
        + (task.Pack + 1).ToString(CultureInfo.InvariantCulture) + ",";

    public string Line(StudyRow row) => Start(row.Task) + (row.Played is { } p
        ? string.Join(
            ',',
            Number(p.Hours),
            Number(p.AttendedHours),
            p.ChargerCycles.ToString(CultureInfo.InvariantCulture),
            Number(p.DrainedAh),
            p.Overshot ? "1" : "0",
            Number(p.ResidualAh),
            Number(p.HottestWatts),
            p.Balanced ? "1" : "0",
            Number(p.Cost))
        : new string(',', Results - 1));

    /// <summary>Reads the line of a task; false if it is another's or damaged.</summary>
    public bool TryRead(string line, StudyTask task, out StudyRow row)
    {
        row = new StudyRow(task, null);
        string start = Start(task);
        if (!line.StartsWith(start, StringComparison.Ordinal))
        {
            return false;
        }

        string[] fields = line[start.Length..].Split(',');
        if (fields.Length == Results && Array.TrueForAll(fields, f => f.Length == 0))
        {
            return true;
        }

        double[] numbers = new double[Results];
        for (int k = 0; k < Results; k++)
        {
            if (fields.Length != Results || !NumberText.TryParse(fields[k], out numbers[k]))
            {
                return false;
            }
        }

        row = new StudyRow(task, Of(numbers));

        // written again it must be the same: what was cut off within a number is no number
        return string.Equals(Line(row), line, StringComparison.Ordinal);
    }

    /// <summary>The play of nine numbers in the order of the columns.</summary>
    public static Played Of(ReadOnlySpan<double> n) => new(n[0], n[1], (int)n[2], n[3], n[4] != 0, n[5], n[6], n[7] != 0);

    // no minus before a zero: SQLite does not keep it
    private static string Number(double value) => NumberText.Write(value + 0.0);

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"#") < 0 ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
