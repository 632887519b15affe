using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Practice;

/// <summary>What is true at an instant of a procedure.</summary>
/// <param name="Observations">After so many of the observations.</param>
/// <param name="ToFullAh">Charge still to come to full of each whole cell, Ah.</param>
public sealed record TruthAt(int Observations, ImmutableArray<double> ToFullAh);

/// <summary>What was noted of a procedure, and what was true.</summary>
/// <param name="Observations">In order.</param>
/// <param name="Truths">After the first charge, at random afterwards, and at the end. In order.</param>
public sealed record ProcedureRun(ImmutableArray<Observation> Observations, ImmutableArray<TruthAt> Truths)
{
    /// <summary>What of the observations is wrong, in order.</summary>
    public ImmutableArray<Mistake> Mistakes { get; init; } = [];
}

/// <summary>
/// A sensible procedure without a plan: a first charge to its end, then up to twelve actions that somebody who balances might take. For
/// judging inference over many packs.
/// </summary>
public sealed class RandomProcedure
{
    private const ulong Stream = 0x70726F63;
    private const int MostActions = 12;
    private const double LeastDoseAh = 1.0 / 6, MostDoseAh = 2, TruthShare = 0.3;

    private readonly SimulatedOwner owner;
    private readonly PackSpec pack;
    private readonly ImmutableArray<TruthAt>.Builder truths = ImmutableArray.CreateBuilder<TruthAt>();
    private RandomStream random;

    private RandomProcedure(SimulatedOwner owner, ulong seed)
    {
        this.owner = owner;
        pack = owner.Pack.Spec;
        random = new RandomStream(seed, Stream);
    }

    /// <summary>Draws a procedure for a pack and plays it. Same pack, same seed, same habits: same bits.</summary>
    /// <param name="pack">The pack; its tools decide what can be done.</param>
    /// <param name="seed">Seed of the procedure and of all mistakes.</param>
    /// <param name="habits">How carefully it is looked at; null draws them, too.</param>
    public static ProcedureRun Play(TruePack pack, ulong seed, OwnerHabits? habits = null) =>
        Play(new SimulatedOwner(pack, seed, habits ?? Habits(seed)), seed);

    /// <summary>Draws a procedure and lets an owner play it, who has done nothing yet.</summary>
    public static ProcedureRun Play(SimulatedOwner owner, ulong seed) => new RandomProcedure(owner, seed).Play();

    private static OwnerHabits Habits(ulong seed)
    {
        var dice = new RandomStream(seed, Stream + 1);
        return new OwnerHabits
        {
            TripUnseen = dice.NextUniform(0, 0.3),
            NoLamps = dice.NextUniform() < 0.3 ? 0.2 : 0,
            OthersNotSeen = dice.NextUniform() < 0.3 ? 0.3 : 0,
            LampMissed = dice.NextUniform() < 0.4 ? dice.NextUniform(0, 0.3) : 0,
            RedTimeNoted = dice.NextUniform() < 0.3 ? dice.NextUniform(0, 0.5) : 0,
            PackVoltageNoted = dice.NextUniform() < 0.3 ? 0.5 : 0,
            AmpHoursNoted = dice.NextUniform() < 0.2 ? 0.7 : 0,
        };
    }

    private ProcedureRun Play()
    {
        owner.Charge();
        Tell();
        int actions = Whole(0, MostActions);
        for (int k = 0; k < actions; k++)
        {
            Act();
            if (k < actions - 1 && random.NextUniform() < TruthShare)
            {
                Tell();
            }
        }

        if (truths[^1].Observations < owner.Noted.Count)
        {
            Tell();
        }

        return new ProcedureRun([.. owner.Noted], truths.DrainToImmutable()) { Mistakes = [.. owner.Mistakes] };
    }

    private void Tell()
    {
        var ampHours = new double[pack.Series];
        owner.TrueToFullAh(ampHours);
        truths.Add(new TruthAt(owner.Noted.Count, [.. ampHours]));
    }

    private void Act()
    {
        switch (Whole(0, 9))
        {
            case 0 or 1:
                DrainTheHighest();
                break;
            case 2 or 3:
                ChargeOneCell();
                break;
            case 4:
                ChargeFourCells();
                break;
            case 5:
                owner.RestUntilDark();
                owner.Charge();
                break;
            case 6 when pack.Tools.ChargerCurrentMin is { } least:
                owner.Charge(least, limit: new(random.NextUniform(1, 12) * 3600));
                break;
            case 7:
                owner.MeasureAtRest(new(random.NextUniform(1, 12) * 3600), Some());
                break;
            case 8 when owner.Noted[^1] is ChargeSeen:
                owner.MeasureEndOfCharge(Some());
                break;
            default:
                owner.Charge();
                break;
        }
    }

    // the paper's way: a dose out of the cell that has tripped, then the charger again
    private void DrainTheHighest()
    {
        if (pack.Tools.DrainLoad is { } load)
        {
            const double cellVolts = 3.35;
            double amps = load.AmperesAt(cellVolts);
            double doseAh = LeastDoseAh * Math.Exp(random.NextUniform(0, Math.Log(MostDoseAh / LeastDoseAh)));
            owner.Drain(Tripped() ?? new CellNumber(Whole(1, pack.Series)), load, new(doseAh * 3600 / amps));
        }

        owner.Charge();
    }

    private void ChargeOneCell()
    {
        if (pack.Tools.BenchSupplies.IsEmpty)
        {
            return;
        }

        BenchSupplySpec bench = pack.Tools.BenchSupplies[0];
        SupplySetting supply = SupplySetting.Bench(pack.Module.BenchSetpoint, bench.Current, bench.Lead);
        CellNumber cell = Dark() ?? new CellNumber(Whole(1, pack.Series));
        switch (Whole(0, 2))
        {
            case 0:
                owner.ChargeCells([cell], supply, untilRed: true);
                break;
            case 1:
                owner.ChargeCells([cell], supply, untilTaperedTo: new(bench.Current.Value * random.NextUniform(0.1, 0.5)));
                break;
            default:
                owner.ChargeCells([cell], supply, limit: new(random.NextUniform(0.2, 6) * 3600));
                break;
        }
    }

    private void ChargeFourCells()
    {
        if (pack.Tools.SmartCharger is not { } charger)
        {
            return;
        }

        int first = Math.Clamp((Dark() ?? new CellNumber(1)).Value, 1, pack.Series - 3);
        ImmutableArray<CellNumber> cells = [.. Enumerable.Range(first, 4).Select(n => new CellNumber(n))];
        owner.ChargeCells(cells, SupplySetting.Bench(charger.Absorption, charger.Current), limit: new(random.NextUniform(0.3, 8) * 3600));
    }

    private ChargeSeen? LastCharge() => owner.Noted.OfType<ChargeSeen>().LastOrDefault();

    private CellNumber? Tripped() => LastCharge()?.Tripped.Cell ?? LastCharge()?.Lamps?.Red.Select(c => (CellNumber?)c).FirstOrDefault();

    // any cell that was seen dark at the end of the last charge
    private CellNumber? Dark()
    {
        LampsSeen? lamps = LastCharge()?.Lamps;
        CellNumber[] dark =
        [
            .. Enumerable.Range(1, pack.Series).Select(n => new CellNumber(n)).Where(c => lamps?.Of(c) == LampSight.Dark),
        ];
        return dark.Length == 0 ? null : dark[Whole(0, dark.Length - 1)];
    }

    private IEnumerable<CellNumber> Some()
    {
        double share = random.NextUniform(0.1, 1);
        List<CellNumber> cells = [.. Enumerable.Range(1, pack.Series).Where(_ => random.NextUniform() < share).Select(n => new CellNumber(n))];
        return cells.Count > 0 ? cells : [new CellNumber(1)];
    }

    private int Whole(int low, int high) => Math.Min(high, low + (int)random.NextUniform(0, high - low + 1));
}
