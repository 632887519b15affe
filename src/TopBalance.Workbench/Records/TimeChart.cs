using System.Collections.Immutable;
using System.Xml.Linq;
using TopBalance.Workbench.Reports;
using static TopBalance.Workbench.Records.Page;

namespace TopBalance.Workbench.Records;

/// <summary>When the pack and its cells were worked on, as bars over hours.</summary>
internal static class TimeChart
{
    private const double Left = 90, Right = 690, Top = 22, Lane = 20, Least = 2;

    private static readonly ImmutableArray<(string Kind, string Bar)> Lanes =
        [("charge", "bar"), ("charge-cell", "bar-cells"), ("drain", "bar-drain"), ("rest", "bar-rest")];

    /// <summary>The drawing; null if nothing took any time.</summary>
    public static XElement? Of(ImmutableArray<TimelineRow> rows)
    {
        TimelineRow[] bars = [.. rows.Where(r => r.LastsSeconds > 0)];
        if (bars.Length == 0)
        {
            return null;
        }

        DateTimeOffset begin = bars.Min(r => r.At);
        double hours = Math.Max(0.1, bars.Max(r => (r.At - begin).TotalHours + (r.LastsSeconds / 3600)));
        (string Kind, string Bar)[] lanes = [.. Lanes.Where(l => bars.Any(b => string.Equals(b.Kind, l.Kind, StringComparison.Ordinal)))];
        double X(double at) => Left + (at / hours * (Right - Left));
        double bottom = Top + (lanes.Length * Lane);
        string title = Sheet.Say("record.chart.timeline");
        var parts = new List<object> { Text(Left, 12, "head", title) };
        foreach ((double at, string text) in LineChart.Ticks(0, hours, 8))
        {
            parts.Add(Rule(X(at), Top, X(at), bottom, "grid"));
            parts.Add(Text(X(at), bottom + 13, "mid", text + " h"));
        }

        for (int k = 0; k < lanes.Length; k++)
        {
            (string kind, string bar) = lanes[k];
            double y = Top + (k * Lane);
            parts.Add(Text(Left - 6, y + 13, "end", Sheet.Say("record.lane." + Named(kind))));
            parts.AddRange(bars.Where(b => string.Equals(b.Kind, kind, StringComparison.Ordinal)).Select(b =>
                Rect(X((b.At - begin).TotalHours), y + 3, Math.Max(Least, X(b.LastsSeconds / 3600) - Left), Lane - 6, bar)));
        }

        return El("figure", null, Svg(bottom + 20, title, [.. parts]));
    }

    private static string Named(string kind) => kind switch
    {
        "charge" => "pack",
        "charge-cell" => "cells",
        _ => kind,
    };
}
