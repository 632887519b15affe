using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Methods.DrainAndCycle;

/// <summary>
/// The paper's second choice: the cell that tripped is drained a little and the charger cycled again, the load following the trip. The
/// dose is computed: the largest that leaves the cell emptier than the emptiest with no more than a small probability.
/// </summary>
/// <param name="fixedDoseAh">The paper's own rule instead: this dose every time, Ah (5 to 10 minutes at 1 A); null computes it.</param>
internal sealed class DrainAndCycleMethod(double? fixedDoseAh = null) : IBalancingMethod
{
    /// <summary>A dose overshoots no more often than this; a job takes tens of them.</summary>
    internal const double Risk = 0.0005;

    /// <summary>10 minutes at 1 A.</summary>
    internal const double PaperDoseAh = 1.0 / 6;

    // a smaller dose than this share of capacity is not worth a cycle: bleeding during the charge takes as much
    private const double LeastShare = 0.0005;

    public string Name => "drain-and-cycle";

    public string? ImpossibleBecause(PackSpec pack) =>
        pack.Tools.DrainLoad is null ? "there is no drain load among the tools" : null;

    public Proposal Next(Situation now)
    {
        if (Moves.Frame(now) is { } frame)
        {
            return frame;
        }

        if (!now.JustVerified)
        {
            return Moves.Charge(now);
        }

        if (now.LitShare >= now.RedShareAsked && Array.TrueForAll(now.Cells, c => c.RedSinceDrain))
        {
            return Moves.LevelAndVerify(now);
        }

        int cell = now.Tripped >= 0 ? now.Tripped : Fullest(now);
        double dose = fixedDoseAh ?? Math.Max(Moves.SafeDose(now, cell, Risk), LeastShare * now.CapacityAh);
        double amps = now.Pack.Tools.DrainLoad!.AmperesAt(now.Pack.Module.ShuntOff.Value - 0.1);
        return new DrainDose(CellNumber.FromIndex(cell), new AmpereHours(dose), new Seconds(dose / amps * 3600));
    }

    /// <summary>The cell that lacks least as far as is known.</summary>
    public static int Fullest(Situation now)
    {
        int fullest = 0;
        for (int c = 1; c < now.Cells.Length; c++)
        {
            fullest = now.Cells[c].ToFullAh.P50 < now.Cells[fullest].ToFullAh.P50 ? c : fullest;
        }

        return fullest;
    }
}
