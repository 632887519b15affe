using System.Globalization;
using TopBalance.Workbench.Reports;
using TopBalance.Workbench.Studies;

namespace TopBalance.Studies;

/// <summary>Numbers out of a summary.</summary>
internal static class Pick
{
    /// <summary>Medians of a method along a key, in the order of the key; only where at least half of the packs ended balanced.</summary>
    public static (double X, double Y)[] Along(
        this StudySummary summary, string method, string key, Func<StudyResult, double> quantity, Func<StudyResult, bool>? only = null) =>
    [
        .. summary.Results
            .Where(r => r.Method == method && r.Balanced >= 0.5 && (only is null || only(r)))
            .Select(r => (Number(r.Variant[key]), quantity(r)))
            .OrderBy(p => p.Item1),
    ];

    public static double Hours(StudyResult r) => r.Hours!.Value.P50;

    public static double Attended(StudyResult r) => r.AttendedHours!.Value.P50;

    public static double Cycles(StudyResult r) => r.ChargerCycles!.Value.P50;

    public static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    public static ChartSeries Series(string name, IEnumerable<(double X, double Y)> points, SeriesStyle style = SeriesStyle.Line) =>
        new(name, [.. points.Select(p => p.X)], [.. points.Select(p => p.Y)]) { Style = style };

    /// <summary>The ordinate at an abscissa that was played, or null.</summary>
    public static double? At(this (double X, double Y)[] points, double x) => points.Where(p => p.X == x).Select(p => (double?)p.Y).FirstOrDefault();

    /// <summary>Text under the invariant culture.</summary>
    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Hours as people say them.</summary>
    public static string H(double? hours) => hours is not { } h ? "no figure" : h >= 10 ? Text($"{h:0} h") : Text($"{h:0.0} h");
}
