using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TopBalance.Cli.Output;
using TopBalance.Packs;
using TopBalance.Words;

namespace TopBalance.Cli.Sessions.Screens;

/// <summary>What a cell's place on the board shows.</summary>
/// <param name="Red">R lit, · dark, ? not looked at.</param>
/// <param name="Green">G lit, - out, or nothing where nobody knows.</param>
/// <param name="Focus">What is to be done is about this cell.</param>
/// <param name="Typed">It is being noted.</param>
internal readonly record struct BoardCell(char Red, char Green, bool Focus, bool Typed);

/// <summary>
/// The lamps of a pack as they hang in its boxes, as closely packed as it takes: with every number, with the first number of each row, two
/// columns a cell, one column a cell, pages.
/// </summary>
internal sealed class PackBoard
{
    private readonly PackLayout layout;
    private readonly ImmutableArray<BoardCell> cells;
    private readonly ImmutableDictionary<CellPlace, int> cellAt;
    private readonly int width, labelWidth;

    private PackBoard(PackLayout layout, ImmutableArray<BoardCell> cells, int width)
    {
        (this.layout, this.cells, this.width) = (layout, cells, width);
        cellAt = Enumerable.Range(0, cells.Length).ToImmutableDictionary(k => layout[CellNumber.FromIndex(k)]);
        int digits = cells.Length.ToString(CultureInfo.InvariantCulture).Length;
        int box = layout.Boxes.Length > 1 ? layout.Boxes.Length.ToString(CultureInfo.InvariantCulture).Length + 2 : 0;
        labelWidth = box + (2 * digits) + 2;
    }

    /// <summary>The board as lines of markup, none longer than the width.</summary>
    /// <param name="view">What is to be shown.</param>
    /// <param name="width">Columns.</param>
    /// <param name="rows">Lines there are for it, 1 or more.</param>
    public static IReadOnlyList<string> Lines(SessionView view, int width, int rows)
    {
        var board = new PackBoard(view.Session.Pack.Layout, CellsOf(view), width);
        foreach (Func<List<string>> drawn in (Func<List<string>>[])[board.WithNumbers, () => board.Rows(4), () => board.Rows(2), () => board.Rows(1)])
        {
            List<string> lines = drawn();
            if (lines.Count <= rows)
            {
                return lines;
            }
        }

        // pages; the one that the step is about comes first
        (string Line, bool Focus)[] all = [.. board.Rows(1).Zip(board.RowsInFocus(1), (l, f) => (l, f))];
        int fit = Math.Max(1, rows - 1);
        int pages = (all.Length + fit - 1) / fit;
        int first = Math.Max(0, Array.FindIndex(all, l => l.Focus)) / fit;
        int page = (first + view.Page) % pages;
        string more = new Phrase("screen.more", Number(page + 1), Number(pages)).ToString();
        return [.. all.Skip(page * fit).Take(fit).Select(l => l.Line), $"[dim]{more}[/]"];
    }

    private static ImmutableArray<BoardCell> CellsOf(SessionView view)
    {
        HashSet<int> focus = [.. view.Next.Cells.Select(c => c.Index), .. view.Session.OfCells.SelectMany(a => a.Cells).Select(c => c.Index)];
        HashSet<int> typed = TypedCells(view.Prompt);
        return
        [
            .. Enumerable.Range(0, view.Session.Pack.Series).Select(k => new BoardCell(
                view.Shown.IsEmpty ? Red(view.Marks[k]) : view.Shown[k].Red ? 'R' : '·',
                view.Shown.IsEmpty ? view.Marks[k] == CellMark.Tripped ? '-' : ' ' : view.Shown[k].Green ? 'G' : '-',
                focus.Contains(k),
                typed.Contains(k))),
        ];
    }

    private static char Red(CellMark mark) => mark switch
    {
        CellMark.Lit or CellMark.Tripped => 'R',
        CellMark.Dark => '·',
        _ => '?',
    };

    // numbers behind 'lamps', 'trip' and the like light up while they are typed
    private static HashSet<int> TypedCells(Prompt? prompt) => prompt is null || !prompt.Text.StartsWith("lamp", StringComparison.Ordinal)
        && !prompt.Text.StartsWith("trip", StringComparison.Ordinal) ? []
        : [.. prompt.Text.Split(' ').Select(w => int.TryParse(w, NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n - 1 : -1)];

    private List<string> WithNumbers()
    {
        var lines = new List<string>();
        foreach ((int box, int[] row) in Chunks(LampPanel.SquareWidth, 0))
        {
            string title = layout.Boxes.Length > 1 ? Invariant($"{box + 1}/ ") : "  ";
            lines.Add("[dim]" + new string(' ', title.Length) + string.Concat(row.Select(c => c < 0 ? "    " : Number(c + 1).PadLeft(3) + " ")).TrimEnd() + "[/]");
            lines.Add($"[dim]{title}[/]" + string.Concat(row.Select(c => c < 0 ? "    " : Square(cells[c]))));
        }

        return lines;
    }

    private List<string> Rows(int columns) =>
        [.. Chunks(columns, labelWidth).Select(r => $"[dim]{Label(r.Box, r.Row)}[/]" + string.Concat(r.Row.Select((c, k) => Place(c, k, columns))))];

    private IEnumerable<bool> RowsInFocus(int columns) =>
        Chunks(columns, labelWidth).Select(r => r.Row.Any(c => c >= 0 && (cells[c].Focus || cells[c].Typed)));

    private string Label(int box, int[] row)
    {
        int[] there = [.. row.Where(c => c >= 0)];
        string title = layout.Boxes.Length > 1 ? Invariant($"{box + 1}/ ") : "";
        string range = there.Length == 1 ? Number(there[0] + 1) : Invariant($"{there[0] + 1}-{there[^1] + 1}");
        return (title + range).PadLeft(labelWidth - 1) + " ";
    }

    private string Place(int cell, int column, int columns)
    {
        string gap = columns == 1 && column % 10 == 0 && column > 0 ? " " : "";
        if (cell < 0)
        {
            return gap + new string(' ', columns);
        }

        BoardCell c = cells[cell];
        return columns switch
        {
            4 => Square(c),
            2 => gap + (c.Typed ? "[bold]#[/]" : c.Focus ? "[bold]>[/]" : " ") + One(c),
            _ => gap + One(c),
        };
    }

    private static string Square(BoardCell c)
    {
        (string left, string right) = c.Typed ? ("[bold]#[/]", " ") : c.Focus ? ("[bold]>[/]", "[bold]<[/]") : (" ", " ");
        string green = c.Green switch { 'G' => "[black on green]G[/]", '-' => "[bold]-[/]", _ => " " };
        return left + Lamp(c.Red) + green + right;
    }

    // one character for both lamps: what went out says more than what is lit
    private static string One(BoardCell c) => c.Green == '-' ? "[bold]-[/]" : Lamp(c.Red);

    private static string Lamp(char red) => red switch
    {
        'R' => "[white on red]R[/]",
        '?' => "[dim]?[/]",
        _ => "[dim]·[/]",
    };

    // a row that is wider than the screen is broken; the one line that stands for "no layout given" breaks at a round number
    private IEnumerable<(int Box, int[] Row)> Chunks(int columns, int label)
    {
        int room = width - (label == 0 ? 4 : label);
        int fit = Math.Max(1, columns == 1 ? room - ((room - 1) / 11) : room / columns);
        for (int box = 0; box < layout.Boxes.Length; box++)
        {
            BoxLayout of = layout.Boxes[box];
            int chunk = of.Rows == 1 && of.Columns > fit && fit >= 10 ? fit / 10 * 10 : fit;
            for (int row = 0; row < of.Rows; row++)
            {
                foreach (int[] places in Enumerable.Range(0, of.Columns).Chunk(chunk))
                {
                    int[] there = [.. places.Select(c => cellAt.TryGetValue(new CellPlace(box, row, c), out int cell) ? cell : -1)];
                    if (there.Any(c => c >= 0))
                    {
                        yield return (box, there);
                    }
                }
            }
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
