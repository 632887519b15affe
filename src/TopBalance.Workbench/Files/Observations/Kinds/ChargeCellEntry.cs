using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Workbench.Files;

/// <summary><c>charge_cell</c>: a supply was on one cell, on several neighbours in series, or on all cells in parallel.</summary>
internal sealed class ChargeCellEntry() : MapKind(
    "charge_cell",
    "A supply charged one cell, several neighbours in series, or all cells joined in parallel.",
    "{ cells: [5], supply_v: 3.55, supply_a: 5, minutes: 62, ended: red }",
    [
        Cells, SupplyVoltage, SupplyCurrent, EntryKeys.Minutes, EntryKeys.Hours, Ended, Tripped, LampKeys.Red, LampKeys.NotSeen,
        EntryKeys.EndCurrent, EntryKeys.Charge, Lead,
    ],
    EntryKeys.Lasts,
    LampKeys.Together)
{
    // empty: all in parallel
    private static readonly Key<ImmutableArray<int>> Cells = new(
        "cells",
        new ScalarOrShape<ImmutableArray<int>>(
            new ChoiceShape<ImmutableArray<int>>(("all", [])),
            Shapes.List(Shapes.Whole(1, PackSpec.MostSeries), 1, PackSpec.MostSeries)),
        "One cell, several neighbours in series, or all for every cell of the pack joined in parallel.")
    {
        Required = true,
        Example = "[5]",
    };

    private static readonly Key<Volts> SupplyVoltage =
        new("supply_v", Shapes.Volts(NumberRange.Above(0, 2000)), "The supply was set to this voltage, V.")
        {
            Required = true,
            Example = "3.55",
        };

    private static readonly Key<Amperes> SupplyCurrent =
        new("supply_a", Shapes.Amperes(NumberRange.Above(0, 2000)), "The supply was set to this current limit, A.")
        {
            Required = true,
            Example = "5",
        };

    private static readonly ChoiceShape<CellChargeEnding> Endings = new(
        ("red", CellChargeEnding.Red),
        ("tapered", CellChargeEnding.Tapered),
        ("stopped", CellChargeEnding.Stopped),
        ("alarm", CellChargeEnding.Alarm));

    private static readonly Key<CellChargeEnding> Ended = new(
        "ended", Endings, "All their red lamps were lit, the current had tapered, somebody switched it off, or the buzzer sounded.")
    {
        Required = true,
        Example = "red",
    };

    private static readonly Key<Trip> Tripped =
        new("tripped", new TripShape(), "Which green lamp went out: a cell, unseen, or none; with ended: alarm.")
        {
            Default = Trip.Unseen,
            Example = "5",
        };

    private static readonly Key<Ohms> Lead = new(
        "lead_ohm",
        Shapes.Ohms(NumberRange.From(0, 10)),
        "Resistance of both leads together, Ω. Default: for one cell that of the pack file's first bench supply, else 0.")
    { Example = "0.02" };

    protected override Observation Read(MapValues values, EntryContext context)
    {
        CellChargeEnding ended = values.Get(Ended);
        if (values.Has(Tripped) && ended != CellChargeEnding.Alarm)
        {
            throw values.WrongAt(Tripped, $"means nothing with 'ended: {Endings.Show(ended)}', only with alarm; correct one of the two");
        }

        Trip trip = context.Trip(values, Tripped);
        ImmutableArray<CellNumber> cells = Neighbours(values, context);
        var supply = SupplySetting.Bench(values.Get(SupplyVoltage), values.Get(SupplyCurrent), LeadOf(values, context, cells.Length));
        Seconds lasted = EntryKeys.Duration(values);
        LampsSeen? lamps = LampKeys.Read(values, context, cells.IsEmpty ? null : cells);
        Amperes? end = values.Find(EntryKeys.EndCurrent);
        AmpereHours? charge = values.Find(EntryKeys.Charge);
        return cells.IsEmpty
            ? new ParallelChargeSeen(new ChargeInParallel(supply) { Limit = lasted }, ended)
            {
                Tripped = trip,
                Lamps = lamps,
                EndCurrent = end,
                Charge = charge,
            }
            : new CellChargeSeen(new ChargeCells(cells, supply) { Limit = lasted }, ended)
            {
                Tripped = trip,
                Lamps = lamps,
                EndCurrent = end,
                Charge = charge,
            };
    }

    protected override FlowMap? Map(Observation seen, Func<LogSeen, string> fileOf) => seen switch
    {
        CellChargeSeen c => Map(
            LampKeys.List(c.Step.Cells), c.Step.Supply, c.Step.Limit, c.Ended, c.Tripped, c.Lamps, c.EndCurrent, c.Charge),
        ParallelChargeSeen p => Map("all", p.Step.Supply, p.Step.Limit, p.Ended, p.Tripped, p.Lamps, p.EndCurrent, p.Charge),
        _ => null,
    };

    private static FlowMap Map(
        string cells,
        SupplySetting supply,
        Seconds? lasted,
        CellChargeEnding ended,
        Trip tripped,
        LampsSeen? lamps,
        Amperes? end,
        AmpereHours? charge) => new FlowMap()
            .Add(Cells, cells)
            .Add(SupplyVoltage, supply.Stages[0].Voltage.Value)
            .Add(SupplyCurrent, supply.Current.Value)
            .AddDuration(lasted ?? throw new ArgumentException("A charge that was seen has a length."))
            .Add(Ended, Endings.Show(ended)!.ToString())
            .Add(Tripped, ended == CellChargeEnding.Alarm ? TripShape.Write(tripped) : null)
            .AddLamps(lamps)
            .Add(EntryKeys.EndCurrent, end?.Value)
            .Add(EntryKeys.Charge, charge?.Value)
            .Add(Lead, supply.Lead.Value);

    private static ImmutableArray<CellNumber> Neighbours(MapValues values, EntryContext context)
    {
        ImmutableArray<CellNumber> cells = [.. context.Cells(values, Cells, values.Get(Cells)).OrderBy(c => c.Value)];
        foreach ((CellNumber one, CellNumber next) in cells.Zip(cells.Skip(1)))
        {
            if (next.Value != one.Value + 1)
            {
                const string expected = "expected one cell or neighbours in series; write an entry for each supply";
                throw values.WrongAt(Cells, $"saw cells {one} and {next}, which are not neighbours, {expected}");
            }
        }

        return cells;
    }

    private static Ohms LeadOf(MapValues values, EntryContext context, int cells) =>
        values.Find(Lead) ?? (cells == 1 && !context.Pack.Tools.BenchSupplies.IsEmpty ? context.Pack.Tools.BenchSupplies[0].Lead : default);
}
