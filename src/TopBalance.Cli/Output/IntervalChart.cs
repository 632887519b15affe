using System.Globalization;
using System.Text;
using TopBalance.Workbench.Inference;
using TopBalance.Workbench.Simulations;

namespace TopBalance.Cli.Output;

/// <summary>A row per cell: number, lamp, and the 5, 50 and 95 % points of what it lacks, as numbers and on a common axis.</summary>
internal sealed class IntervalChart
{
    private const string CellHead = "cell", LampHead = "lamp", Low = "5 %", Middle = "50 %", High = "95 %", TruthHead = "truth";
    private const int LampWidth = 8, LeastBar = 6, TruthWidth = 6;

    private readonly int numberWidth, barWidth;
    private readonly double from, to;

    /// <param name="cells">The cells.</param>
    /// <param name="least">The axis is at least this long, Ah, so that a balanced pack does not look like a mountain range.</param>
    /// <param name="width">Columns available.</param>
    public IntervalChart(IReadOnlyCollection<CellBelief> cells, double least, int width)
    {
        from = Math.Min(0, cells.Min(c => c.ToFullAh.P05));
        to = Math.Max(cells.Max(c => c.ToFullAh.P95), from + least);
        numberWidth = Math.Max(High.Length, cells.Max(c => Numbers(c).Max(n => n.Length)));
        barWidth = Math.Max(LeastBar, width - Indent - LampWidth - (3 * (numberWidth + 1)) - 1);
    }

    /// <summary>What a cell truly lacks, Ah, by its number, where practice shows it; null elsewhere.</summary>
    public Func<int, double>? Truth { get; init; }

    /// <summary>Columns before the lamp.</summary>
    public static int Indent => CellHead.Length + 1;

    /// <summary>The head, with the ends of the axis, as markup.</summary>
    public string Head()
    {
        string numbers = string.Concat(new[] { Low, Middle, High }.Select(n => " " + n.PadLeft(numberWidth)));
        string end = Number(to) + " Ah";
        string axis = Number(from).PadRight(Math.Max(0, BarWidth - end.Length)) + end;
        string truth = Truth is null ? "" : " " + TruthHead.PadLeft(TruthWidth);
        return $"[dim]{CellHead} {LampHead.PadRight(LampWidth)}{truth}{numbers} {(axis.Length <= BarWidth ? axis : "").TrimEnd()}[/]";
    }

    /// <summary>A cell's row as markup.</summary>
    public string Row(CellBelief cell)
    {
        string number = cell.Cell.ToString(CultureInfo.InvariantCulture).PadLeft(CellHead.Length);
        string lamp = cell.Lamp.Replace('_', ' ').PadRight(LampWidth);
        string style = cell.Lamp is "lit" ? "red" : "default";
        string numbers = string.Concat(Numbers(cell).Select(n => " " + n.PadLeft(numberWidth)));
        string truth = Truth is null ? "" : $" [bold]{Number(Truth(cell.Cell)),TruthWidth}[/]";
        return $"{number} [{style}]{lamp}[/]{truth}{numbers} {Bar(cell.ToFullAh, cell.Lamp is "lit" ? "red" : "yellow")}";
    }

    // the true value takes its columns from the bars
    private int BarWidth => Math.Max(LeastBar, barWidth - (Truth is null ? 0 : TruthWidth + 1));

    private static string[] Numbers(CellBelief c) => [Number(c.ToFullAh.P05), Number(c.ToFullAh.P50), Number(c.ToFullAh.P95)];

    private static string Number(double ampereHours) => Wording.Rounded(ampereHours, 1).ToString("0.0", CultureInfo.InvariantCulture);

    // the interval as a line, the median as a block on it
    private string Bar(ChargeInterval interval, string style)
    {
        (int low, int middle, int high) = (Place(interval.P05), Place(interval.P50), Place(interval.P95));
        var bar = new StringBuilder(new string(' ', low));
        bar.Append("[dim]").Append('─', middle - low).Append("[/]");
        bar.Append($"[{style}]█[/]");
        return bar.Append("[dim]").Append('─', high - middle).Append("[/]").ToString();
    }

    private int Place(double ampereHours) => (int)Math.Round(Math.Clamp((ampereHours - from) / (to - from), 0, 1) * (BarWidth - 1));
}
