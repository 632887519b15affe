using System.Collections.Immutable;
using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Verification.Diagnosis;

namespace TopBalance.Verification.Verdicts;

/// <summary>What a verdict is given on.</summary>
public sealed class VerdictCase
{
    private const int DrawCount = 400;
    private readonly Lazy<Belief> belief;
    private readonly Lazy<ImmutableArray<DiagnosisFinding>> findings;

    /// <param name="pack">The pack.</param>
    /// <param name="seen">What was done and seen, in order.</param>
    /// <param name="seed">Seed of what is believed.</param>
    /// <param name="size">How finely; null is the usual.</param>
    public VerdictCase(PackSpec pack, IReadOnlyList<Observation> seen, ulong seed, BeliefSize? size = null)
    {
        (Pack, Seen) = (pack, seen);
        int last = Enumerable.Range(0, seen.Count).LastOrDefault(k => seen[k] is ChargeSeen, -1);
        Last = last < 0 ? null : (ChargeSeen)seen[last];
        WorkSince = seen.Skip(last + 1).Any(s => s is DrainSeen or CellChargeSeen or ParallelChargeSeen or UseSeen);
        belief = new(() => Believe(last + 1, seed, size));
        findings = new(() => PackDiagnosis.Of(pack, seen, seed));
    }

    /// <summary>The pack.</summary>
    public PackSpec Pack { get; }

    /// <summary>What was done and seen, in order.</summary>
    public IReadOnlyList<Observation> Seen { get; }

    /// <summary>The pack is simulated.</summary>
    public bool Practice { get; init; }

    /// <summary>Disputed lines that nobody has settled.</summary>
    public int Disputed { get; init; }

    /// <summary>It is proved that the BMS stops the charger.</summary>
    public bool LoopProved { get; init; }

    /// <summary>The last charge of the whole pack; null before the first.</summary>
    public ChargeSeen? Last { get; }

    /// <summary>A cell was drained or charged, or the pack driven, after the last charge.</summary>
    public bool WorkSince { get; }

    /// <summary>The last charge ended by itself.</summary>
    public bool Verified => Last is { Ended: ChargeEnding.Hvc or ChargeEnding.Charged };

    /// <summary>What is believed at the end of the last charge.</summary>
    public Belief Belief => belief.Value;

    /// <summary>What the diagnosis says of all that was seen, the most probable first. Worked out when it is first asked for.</summary>
    public ImmutableArray<DiagnosisFinding> Findings => findings.Value;

    /// <summary>The lamp of a cell at the end of the last charge; the tripping cell's was lit.</summary>
    public LampSight LampOf(int cell) => Last is null ? LampSight.NotSeen : LampAt(Last, cell);

    /// <summary>The share of the cells that must be red at the end.</summary>
    public double RedAsked => Pack.Series >= 100 ? 0.99 : 0.95;

    /// <summary>Cells that were not red on any charge of the pack after their last drain.</summary>
    public ImmutableArray<CellNumber> NeverRed => [.. Cells.Where(c => !RedSinceDrain(c.Index))];

    /// <summary>Cells that stay dark or trip because of their resistance, with a probability of 0.9 at least.</summary>
    public ImmutableArray<CellNumber> OddResistance => Dark.IsEmpty ? []
        : [.. Findings.Where(f =>
            f is { Cell: not null, Probability: >= 0.9 } && f.Code.StartsWith("resistance", StringComparison.Ordinal))
            .Select(f => f.Cell!.Value)];

    /// <summary>Cells seen dark at the end of the last charge.</summary>
    public ImmutableArray<CellNumber> Dark => [.. Cells.Where(c => LampOf(c.Index) == LampSight.Dark)];

    private Amperes EndCurrent => Last?.EndCurrent ?? Last?.Step.Current ?? Pack.Charger.Current;

    /// <summary>95 % point of what a cell lacks beyond the fullest of its pack, of the cell where it is greatest, Ah.</summary>
    public (double Ah, CellNumber Cell) Spread()
    {
        double[][] drawn = [.. Belief.Draws(DrawCount, 0x5E7).Select(d => d.ToFullAh())];
        double[] least = [.. drawn.Select(d => d.Min())];
        return Cells.Select(c => (Point(drawn.Select((d, k) => d[c.Index] - least[k])), c)).MaxBy(p => p.Item1);
    }

    // a charger's set-point, relative
    private const double SetPointShare = 0.002;

    /// <summary>What a meter across the pack should show at the end of the last charge, per cell, V, and its standard deviation.</summary>
    public (double Mean, double Sigma) Expected()
    {
        double setPoint = Pack.Charger.Voltage.Value / Pack.Series;
        return Last is { Ended: ChargeEnding.Charged }
            ? (setPoint, SetPointShare * setPoint)
            : Belief.EndVolts(EndCurrent, Last?.Step.Limit ?? default);
    }

    private IEnumerable<CellNumber> Cells => Enumerable.Range(0, Pack.Series).Select(CellNumber.FromIndex);

    private static double Point(IEnumerable<double> beyond) => beyond.Order().ElementAt((int)(0.95 * (DrawCount - 1)));

    private static LampSight LampAt(ChargeSeen charge, int cell) => charge.Tripped.Cell?.Index == cell
        ? LampSight.Lit
        : charge.Lamps?.Of(CellNumber.FromIndex(cell)) ?? LampSight.NotSeen;

    private bool RedSinceDrain(int cell)
    {
        bool red = false;
        foreach (Observation seen in Seen)
        {
            red = seen switch
            {
                DrainSeen drain when drain.Step.Cell.Index == cell => false,
                ChargeSeen charge when LampAt(charge, cell) == LampSight.Lit => true,
                _ => red,
            };
        }

        return red;
    }

    private Belief Believe(int count, ulong seed, BeliefSize? size)
    {
        var believed = Belief.Before(Pack, seed, size);
        foreach (Observation each in Seen.Take(count))
        {
            believed.Observe(each);
        }

        return believed;
    }
}
