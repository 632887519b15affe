using System.Collections.Immutable;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Tests.Fuzz;

/// <summary>What may be done to a pack, sensible or not, in any order. Same seed, same steps.</summary>
internal sealed class AnySteps
{
    private readonly Dice dice;
    private readonly int series;
    private readonly double capacityAh;

    private AnySteps(PackModel model, ulong seed)
    {
        dice = new Dice(seed, 2);
        series = model.Cells.Length;
        capacityAh = model.CellCapacityAh(0);
    }

    public static Step[] Of(PackModel model, ulong seed)
    {
        var steps = new AnySteps(model, seed);
        return [.. Enumerable.Range(0, steps.dice.Whole(1, 6)).Select(_ => steps.Step())];
    }

    private Step Step() => dice.Whole(0, 9) switch
    {
        0 or 1 => Charge(),
        2 => new Rest { Duration = Time() },
        3 => dice.Chance(0.5)
            ? new ResetIgnition()
            : new Rest { UntilHighestAt = new(dice.Between(3.2, 3.5)), Duration = dice.Maybe(0.5, Time) },
        4 => Drain(Any()),
        5 => Supply(dice.Whole(1, Math.Min(3, series))),
        6 => series >= 4 ? Smart() : Supply(1),
        7 => new ChargeInParallel(Setting(1))
        {
            // a hundred cells that even out among themselves are the dearest thing there is
            Limit = series > 8 ? new Seconds(dice.Wide(1, 1e4)) : dice.Maybe(0.8, Time),
            UntilTaperedTo = new(capacityAh * dice.Wide(1e-3, 0.1)),
            Attended = dice.Chance(0.5),
        },
        8 => Drive(),
        _ => Together(),
    };

    private CellNumber Any() => new(dice.Whole(1, series));

    private Seconds Time() => new(dice.Wide(1, 1e6));

    private Charge Charge() => new()
    {
        Limit = dice.Maybe(0.5, Time),
        Current = dice.Maybe(0.3, () => new Amperes(capacityAh * dice.Wide(0.005, 0.5))),
    };

    private DrainCell Drain(CellNumber cell)
    {
        Watts? rating = dice.Maybe(0.7, () => new Watts(dice.Between(0.5, 20)));
        DrainLoadSpec load = dice.Chance(0.5)
            ? DrainLoadSpec.Resistor(new(dice.Between(0.5, 5)), rating)
            : DrainLoadSpec.ConstantCurrent(new(dice.Between(0.1, 5)), rating);
        return new DrainCell(cell, load, new(dice.Between(0, 7200)))
        {
            Attended = dice.Chance(0.5),
            StopAt = dice.Maybe(0.5, () => new Volts(dice.Between(3, 3.4))),
        };
    }

    private ChargeCells Supply(int count)
    {
        int first = dice.Whole(1, series - count + 1);
        return new ChargeCells(Row(first, count), Setting(count))
        {
            UntilRed = dice.Chance(0.5),
            UntilTaperedTo = dice.Maybe(0.5, () => new Amperes(capacityAh * dice.Wide(1e-3, 0.1))),
            Limit = dice.Maybe(0.8, Time),
            Attended = dice.Chance(0.5),
        };
    }

    private ChargeCells Smart()
    {
        var charger = new SmartChargerSpec(new(dice.Between(2, 30)), new(dice.Between(14, 15)))
        {
            Float = dice.Maybe(0.6, () => new Volts(13.6)),
            Recondition = dice.Maybe(0.3, () => new Volts(dice.Between(15.8, 16.5))),
        };
        return new ChargeCells(Row(dice.Whole(1, series - 3), 4), SupplySetting.Of(charger))
        {
            Limit = Time(),
            Attended = dice.Chance(0.5),
            UntilRed = dice.Chance(0.3),
        };
    }

    private static ImmutableArray<CellNumber> Row(int first, int count) => [.. Enumerable.Range(first, count).Select(n => new CellNumber(n))];

    private SupplySetting Setting(int cells)
    {
        SupplyStage last = new(new(cells * dice.Between(3, 3.8)));
        SupplyStage first = new(new(cells * dice.Between(3.4, 3.8))) { EndsAt = new(0.1), EndsAfter = new(dice.Between(100, 20000)) };
        double leadOhms = dice.Chance(0.5) ? 0 : dice.Between(0, 0.05);
        return new SupplySetting(new(capacityAh * dice.Wide(0.01, 0.5)), new(leadOhms), dice.Chance(0.5) ? [last] : [first, last]);
    }

    private Drive Drive()
    {
        bool current = dice.Chance(0.5);
        return new Drive
        {
            Current = current ? new Amperes(capacityAh * dice.Between(0.05, 2)) : null,
            Power = current ? null : new Watts(series * 3 * capacityAh * dice.Between(0.05, 1)),
            Limit = new(dice.Between(1, 7200)),
            Charge = dice.Maybe(0.3, () => new AmpereHours(capacityAh * dice.Between(0.01, 0.5))),
            ObeysLoop = dice.Chance(0.7),
        };
    }

    private Together Together()
    {
        int split = dice.Whole(1, series);
        var drain = Drain(new(split));
        if (split == series)
        {
            return new Together([drain]);
        }

        int count = dice.Whole(1, Math.Min(2, series - split));
        return new Together([drain, new ChargeCells(Row(split + 1, count), Setting(count)) { Limit = Time(), Attended = dice.Chance(0.5) }]);
    }
}
