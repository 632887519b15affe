using System.Xml.Linq;
using static TopBalance.Workbench.Records.Page;

namespace TopBalance.Workbench.Records;

/// <summary>The red lamps at the end of a charge, cell by cell: told apart by letter and frame, not by colour alone.</summary>
internal static class LampStrip
{
    private const int Across = 25;
    private const double Step = 28, Box = 24, RowHeight = 30;

    /// <summary>The drawing.</summary>
    public static XElement Of(ChargeRow charge, string title)
    {
        int rows = (charge.Lamps.Length + Across - 1) / Across;
        return Svg(rows * RowHeight, title, [.. charge.Lamps.SelectMany((lamp, k) => Lamp(lamp, k, charge.TrippedCell == k + 1))]);
    }

    private static IEnumerable<XElement> Lamp(string lamp, int index, bool tripped)
    {
        (double x, double y) = ((index % Across * Step) + 2, (index / Across * RowHeight) + 2);
        (string box, string text, string letter) = lamp switch
        {
            "lit" => ("lit", "letter on-lit", "R"),
            "dark" => ("dark", "letter", "–"),
            _ => ("unseen", "letter", "?"),
        };
        yield return Rect(x, y, Box, Box, box);
        if (tripped)
        {
            yield return Rect(x - 2, y - 2, Box + 4, Box + 4, "tripped");
        }

        yield return Text(x + (Box / 2), y + 8.5, lamp is "lit" ? "mid on-lit" : "mid", Sheet.Number(index + 1));
        yield return Text(x + (Box / 2), y + 20, text, letter);
    }
}
