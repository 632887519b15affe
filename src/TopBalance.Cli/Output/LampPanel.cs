using System.Globalization;
using System.Text;
using TopBalance.Packs;

namespace TopBalance.Cli.Output;

/// <summary>The two lamps of a cell module.</summary>
/// <param name="Red">The red one is lit.</param>
/// <param name="Green">The green one is lit.</param>
/// <param name="Marked">The cell that stopped the charger.</param>
internal readonly record struct Lamps(bool Red, bool Green, bool Marked = false);

/// <summary>The lamps of a pack as they hang in its boxes: a square per cell, its number above it.</summary>
internal static class LampPanel
{
    /// <summary>Columns that a square takes.</summary>
    public const int SquareWidth = 4;

    /// <summary>What the letters mean, as markup.</summary>
    public const string LampLegend = "[white on red]R[/] red lamp lit (shunting)  [black on green]G[/] green lamp lit  ·, - not lit";

    /// <summary>What letters and brackets mean, as markup.</summary>
    public const string Legend = LampLegend + "  [bold][[ ]][/] tripped";

    private const int ShortLine = 10, LongLine = 16;

    /// <summary>The panel as lines of markup.</summary>
    /// <param name="layout">Where the cells stand.</param>
    /// <param name="lamps">Their lamps. Length Ns.</param>
    /// <param name="width">Columns available.</param>
    /// <param name="dense">Only the first cell of a row has its number shown, beside it.</param>
    public static IEnumerable<string> Lines(PackLayout layout, IReadOnlyList<Lamps> lamps, int width, bool dense = false)
    {
        var cellAt = Enumerable.Range(0, lamps.Count).ToDictionary(k => layout[CellNumber.FromIndex(k)]);
        for (int box = 0; box < layout.Boxes.Length; box++)
        {
            if (layout.Boxes.Length > 1)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"Box {box + 1}");
            }

            foreach (CellPlace[] row in Rows(layout.Boxes[box], box, width - (dense ? SquareWidth : 0)))
            {
                int[] cells = [.. row.Select(place => cellAt.TryGetValue(place, out int cell) ? cell : -1)];
                string numbers = string.Concat(cells.Take(dense ? 1 : cells.Length).Select(Number));
                string squares = string.Concat(cells.Select(c => c < 0 ? "    " : Square(lamps[c]))).TrimEnd();
                if (cells.All(c => c < 0))
                {
                    continue;
                }

                if (!dense)
                {
                    yield return $"[dim]{numbers.TrimEnd()}[/]";
                }

                yield return dense ? $"[dim]{numbers}[/]{squares}" : squares;
            }
        }
    }

    /// <summary>The square of one cell as markup, <see cref="SquareWidth"/> columns wide.</summary>
    public static string Square(Lamps lamps)
    {
        var square = new StringBuilder();
        square.Append(lamps.Marked ? "[bold][[[/]" : " ");
        square.Append(lamps.Red ? "[white on red]R[/]" : "[dim]·[/]");
        square.Append(lamps.Green ? "[black on green]G[/]" : "[bold]-[/]");
        return square.Append(lamps.Marked ? "[bold]]][/]" : " ").ToString();
    }

    private static string Number(int cell) =>
        cell < 0 ? new string(' ', SquareWidth) : (cell + 1).ToString(CultureInfo.InvariantCulture).PadLeft(SquareWidth - 1) + " ";

    // a row that is wider than the screen is broken; the one line that stands for "no layout given" breaks at a round number
    private static IEnumerable<CellPlace[]> Rows(BoxLayout box, int number, int width)
    {
        int fit = Math.Max(1, width / SquareWidth);
        if (box.Rows == 1 && box.Columns > fit)
        {
            fit = Math.Min(fit, box.Columns <= 5 * ShortLine ? ShortLine : LongLine);
        }

        return from row in Enumerable.Range(0, box.Rows)
               from part in Enumerable.Range(0, box.Columns).Chunk(fit)
               select part.Select(column => new CellPlace(number, row, column)).ToArray();
    }
}
