using System.Collections.Immutable;
using System.Globalization;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Workbench.Files;

namespace TopBalance.Cli.Sessions;

/// <summary>The words of a typed line, taken one after another.</summary>
/// <param name="line">As typed.</param>
/// <param name="byHand">A person types it: a decimal comma is allowed.</param>
internal sealed class Words(string line, bool byHand)
{
    // a cell's voltage lies between these; a thousand times that is millivolts
    private const double LeastCellVolts = 0.5, MostCellVolts = 5;

    private readonly Queue<string> left = new(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The line as it was typed.</summary>
    public string Line => line.Trim();

    /// <summary>Nothing is left.</summary>
    public bool IsEmpty => left.Count == 0;

    /// <summary>The next word.</summary>
    public string Next(string expected) => left.TryDequeue(out string? word) ? word : throw Wrong("the line ends there", expected);

    /// <summary>Takes the next word if it is this one.</summary>
    public bool Take(string word)
    {
        bool is_ = left.TryPeek(out string? next) && string.Equals(next, word, StringComparison.OrdinalIgnoreCase);
        if (is_)
        {
            left.Dequeue();
        }

        return is_;
    }

    /// <summary>All that is left, as one text.</summary>
    public string Rest(string expected)
    {
        string rest = string.Join(' ', left);
        left.Clear();
        return rest.Length > 0 ? rest : throw Wrong("the line ends there", expected);
    }

    /// <summary>A number; grouping is refused, a comma is taken from people only.</summary>
    public double Number(string expected)
    {
        string word = Next(expected);
        if (byHand ? NumberText.TryParseTyped(word, out double number) : NumberText.TryParse(word, out number))
        {
            return number;
        }

        throw Wrong("saw " + OneLine.Quote(word), expected + (NumberText.Hint(word) is { } meant ? $"; write {meant}" : ""));
    }

    /// <summary>A number if one is next, else null.</summary>
    public double? NumberIfAny(string expected) =>
        left.TryPeek(out string? word) && (char.IsAsciiDigit(word[0]) || word[0] == '-') ? Number(expected) : null;

    /// <summary>The voltage of a cell.</summary>
    public Volts CellVolts(string expected) => VoltsOf(1, "a cell", expected);

    /// <summary>The voltage of several cells in series.</summary>
    /// <param name="cells">How many.</param>
    /// <param name="what">Of what, for messages.</param>
    /// <param name="expected">What is expected, for messages.</param>
    public Volts VoltsOf(int cells, string what, string expected)
    {
        double volts = Number(expected);
        double each = Math.Abs(volts) / cells;
        return each is >= LeastCellVolts and <= MostCellVolts or 0 ? new Volts(volts)
            : each / 1000 is >= LeastCellVolts and <= MostCellVolts
                ? throw Wrong(FormattableString.Invariant($"saw {volts} V for {what}"),
                    FormattableString.Invariant($"did you mean {volts / 1000:0.000} V?"))
                : throw Wrong(FormattableString.Invariant($"saw {volts} V for {what}"),
                    FormattableString.Invariant($"expected {LeastCellVolts * cells} to {MostCellVolts * cells} V"));
    }

    /// <summary>One cell.</summary>
    public CellNumber Cell() =>
        int.TryParse(Next("the number of a cell"), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1
        ? new CellNumber(number)
        : throw Wrong("saw something else", "expected the number of a cell");

    /// <summary>All cells up to the next word that is no number.</summary>
    public ImmutableArray<CellNumber> Cells()
    {
        var cells = ImmutableArray.CreateBuilder<CellNumber>();
        while (left.TryPeek(out string? word) && word.All(char.IsAsciiDigit))
        {
            cells.Add(Cell());
        }

        return cells.ToImmutable();
    }

    /// <summary>One of several words.</summary>
    public T One<T>(params ReadOnlySpan<(string Word, T Value)> choices)
    {
        string expected = "one of " + string.Join(", ", choices.ToArray().Select(c => c.Word));
        string word = Next(expected);
        foreach ((string choice, T value) in choices)
        {
            if (string.Equals(choice, word, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        throw Wrong("saw " + OneLine.Quote(word), "expected " + expected);
    }

    /// <summary>How long ago it was, from <c>ago 20</c> (minutes) at the end; 0 for now.</summary>
    public double Ago() => Take("ago") ? Number("minutes, as in 'ago 20'") : 0;

    /// <summary>Nothing may be left.</summary>
    public void End()
    {
        if (left.TryPeek(out string? word))
        {
            throw Wrong("saw " + OneLine.Quote(word), "expected the end of the line");
        }
    }

    private InputException Wrong(string seen, string expected) => new(null, 0, null, $"{OneLine.Quote(Line)}: {seen}; {expected}");
}
