using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Files;

/// <summary><c>voltages</c>: single cells by a meter.</summary>
internal sealed class VoltagesEntry() : MapKind(
    "voltages",
    "Voltages of single cells by a meter.",
    "{ when: end_of_charge, v: { 1: 3.355, 30: 3.601 } }",
    [When, EntryKeys.Hours, EntryKeys.Minutes, Measured],
    new Rule.NotBoth(EntryKeys.Hours, EntryKeys.Minutes))
{
    // true: after a rest
    private static readonly Key<bool> When = new(
        "when",
        new ChoiceShape<bool>(("end_of_charge", false), ("rest", true)),
        "At the end of a charge with the current still flowing, or after a rest of so many hours.")
    {
        Required = true,
        Example = "end_of_charge",
    };

    private static readonly Key<ImmutableSortedDictionary<int, Volts>> Measured =
        new("v", new CellMapShape<Volts>(Shapes.Volts(NumberRange.From(-6, 6))), "Volts by cell number.")
        {
            Required = true,
            Example = "{ 1: 3.355, 30: 3.601 }",
        };

    protected override Observation Read(MapValues values, EntryContext context)
    {
        ImmutableSortedDictionary<int, Volts> measured = values.Get(Measured);
        foreach (int cell in measured.Keys)
        {
            context.Cell(values, Measured, cell);
        }

        Key? length = values.Has(EntryKeys.Hours) ? EntryKeys.Hours : values.Has(EntryKeys.Minutes) ? EntryKeys.Minutes : null;
        return (values.Get(When), length) switch
        {
            (true, null) => throw values.WrongAt(
                EntryKeys.Hours, "is missing, expected how long the pack had rested; add e.g. 'hours: 12'"),
            (false, { } idle) => throw values.WrongAt(
                idle, "means nothing with 'when: end_of_charge'; remove it, or write 'when: rest'"),
            (true, _) => new VoltagesSeen(measured, EntryKeys.Duration(values)),
            _ => new VoltagesSeen(measured, null),
        };
    }

    protected override FlowMap? Map(Observation seen, Func<LogSeen, string> fileOf)
    {
        if (seen is not VoltagesSeen voltages)
        {
            return null;
        }

        var volts = new FlowMap();
        foreach ((int cell, Volts measured) in voltages.Cells)
        {
            volts.Add(FormattableString.Invariant($"{cell}"), NumberText.Write(measured.Value));
        }

        FlowMap map = new FlowMap().Add(When, voltages.Rested is null ? "end_of_charge" : "rest");
        return (voltages.Rested is { } rested ? map.AddDuration(rested) : map).Add(Measured, volts.ToString());
    }
}
