using System.Globalization;
using System.Text;
using TopBalance.Workbench.Planning;
using TopBalance.Workbench.Simulations;

namespace TopBalance.Cli.Output;

/// <summary>A row per method: hours as numbers and on a common axis, and what they ask for.</summary>
internal sealed class MethodChart
{
    private const int NameWidth = 17, HourWidth = 6, AttendedWidth = 9, CyclesWidth = 7, RiskWidth = 6, LeastBar = 6;
    private readonly int barWidth;
    private readonly double to;
    private readonly bool plain;

    /// <param name="methods">Those with figures.</param>
    /// <param name="width">Columns available.</param>
    /// <param name="plain">ASCII only.</param>
    public MethodChart(IReadOnlyCollection<MethodPlan> methods, int width, bool plain)
    {
        this.plain = plain;
        barWidth = width - NameWidth - (3 * HourWidth) - AttendedWidth - CyclesWidth - RiskWidth - 1;

        // one method that takes months would press all others against the edge: it leaves the axis
        double shortest = methods.Min(m => m.Hours!.P90);
        to = Math.Max(methods.Select(m => m.Hours!.P90).Where(h => h <= 6 * shortest).Max(), 1);
    }

    /// <summary>The head, with the ends of the axis, as markup.</summary>
    public string Head()
    {
        string columns = "method".PadRight(NameWidth) + string.Concat(new[] { "10 %", "50 %", "90 %" }.Select(h => h.PadLeft(HourWidth)))
            + "attended".PadLeft(AttendedWidth) + "cycles".PadLeft(CyclesWidth) + "risk".PadLeft(RiskWidth);
        string end = Number(to) + " h";
        return $"[dim]{columns}{(barWidth < LeastBar ? "" : " 0" + end.PadLeft(barWidth - 1))}[/]";
    }

    /// <summary>A method's row as markup.</summary>
    public string Row(MethodPlan m, bool recommended)
    {
        string hours = string.Concat(new[] { m.Hours!.P10, m.Hours.P50, m.Hours.P90 }.Select(h => Number(h).PadLeft(HourWidth)));
        string rest = Number(m.AttendedHours!.P50).PadLeft(AttendedWidth) + Whole(m.ChargerCycles!.P50).PadLeft(CyclesWidth)
            + $"{Whole(100 * m.OvershootRisk!.Value)} %".PadLeft(RiskWidth);
        string name = m.Method.PadRight(NameWidth);
        string bar = barWidth < LeastBar ? "" : " " + Bar(m.Hours, recommended ? "green" : "yellow");
        return $"{(recommended ? $"[bold green]{name}[/]" : name)}{hours}{rest}{bar}";
    }

    // from the 10 to the 90 % point, the median as a block on it; what leaves the axis ends in an arrow
    private string Bar(Spread80 hours, string style)
    {
        if (hours.P50 > to)
        {
            return $"[dim]{new string('─', barWidth - 1)}[/][{style}]{(plain ? '>' : '►')}[/]";
        }

        (int low, int middle, int high) = (Place(hours.P10), Place(hours.P50), Place(hours.P90));
        return new StringBuilder(new string(' ', low))
            .Append("[dim]").Append('─', middle - low).Append("[/]").Append(CultureInfo.InvariantCulture, $"[{style}]█[/]")
            .Append("[dim]").Append('─', high - middle).Append("[/]").ToString();
    }

    private int Place(double hours) => (int)Math.Round(Math.Clamp(hours / to, 0, 1) * (barWidth - 1));

    private static string Number(double hours) =>
        Wording.Rounded(hours, hours < 9.95 ? 1 : 0).ToString(hours < 9.95 ? "0.0" : "0", CultureInfo.InvariantCulture);

    private static string Whole(double number) => Wording.Rounded(number, 0).ToString("0", CultureInfo.InvariantCulture);
}
