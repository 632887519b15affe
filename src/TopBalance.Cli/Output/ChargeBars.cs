using System.Globalization;
using System.Text;
using TopBalance.Workbench.Simulations;

namespace TopBalance.Cli.Output;

/// <summary>A bar per cell of the charge it lacks, in the order of their numbers, in columns if there are many.</summary>
internal static class ChargeBars
{
    private const string Eighths = " ▏▎▍▌▋▊▉";
    private const int Gap = 2;

    /// <summary>The bars as lines of markup; the cell that lacks most has the longest.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="least">A full bar is at least this much, Ah, so that a balanced pack does not look like a mountain range.</param>
    /// <param name="width">Columns available.</param>
    /// <param name="plain">ASCII only.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<CellSummary> cells, double least, int width, bool plain)
    {
        int columns = Columns(cells.Count);
        int rows = (cells.Count + columns - 1) / columns;
        int columnWidth = ((width + Gap) / columns) - Gap;
        double most = cells.Max(c => c.ToFullAh);
        int digits = most >= 100 ? 1 : 2;
        int numberWidth = cells.Max(c => Number(c.ToFullAh, digits).Length);
        int labelWidth = cells.Count.ToString(CultureInfo.InvariantCulture).Length;
        int barWidth = Math.Min(50, columnWidth - labelWidth - numberWidth - 2);
        for (int row = 0; row < rows; row++)
        {
            var line = new StringBuilder();
            for (int k = row; k < cells.Count; k += rows)
            {
                string label = cells[k].Cell.ToString(CultureInfo.InvariantCulture).PadLeft(labelWidth);
                string bar = Bar(cells[k].ToFullAh / Math.Max(most, least), barWidth, plain).PadRight(barWidth);
                string style = cells[k].Red ? "red" : "yellow";
                line.Append(label).Append($" [{style}]{bar}[/] ").Append(Number(cells[k].ToFullAh, digits).PadLeft(numberWidth));
                line.Append(k + rows < cells.Count ? new string(' ', Gap) : "");
            }

            yield return line.ToString();
        }
    }

    private static int Columns(int cells) => cells switch
    {
        <= 12 => 1,
        <= 32 => 2,
        <= 120 => 3,
        _ => 4,
    };

    private static string Number(double ampereHours, int digits) =>
        Wording.Rounded(ampereHours, digits).ToString(digits == 1 ? "0.0" : "0.00", CultureInfo.InvariantCulture);

    private static string Bar(double share, int width, bool plain)
    {
        double length = Math.Clamp(share, 0, 1) * width;
        if (plain)
        {
            return new string('#', (int)Math.Round(length));
        }

        int eighths = (int)Math.Round(length * 8);
        string whole = new('█', eighths / 8);
        return eighths % 8 == 0 ? whole : whole + Eighths[eighths % 8];
    }
}
