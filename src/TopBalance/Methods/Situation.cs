using System.Collections.Immutable;
using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Packs;

namespace TopBalance.Methods;

/// <summary>
/// What is known of a pack at a decision: all that a method may look at. Filled from a belief, or from what would be seen of a believed pack
/// that is played; buffers by cell index.
/// </summary>
public sealed class Situation
{
    /// <param name="pack">The pack.</param>
    public Situation(PackSpec pack)
    {
        Pack = pack;
        Cells = new CellSituation[pack.Series];
        CapacityAh = pack.Cell.Capacity.Value * pack.Parallel;
    }

    /// <summary>The pack with its tools.</summary>
    public PackSpec Pack { get; }

    /// <summary>Capacity of a nominal whole cell, Ah.</summary>
    public double CapacityAh { get; }

    /// <summary>Each cell, by index.</summary>
    public CellSituation[] Cells { get; }

    /// <summary>Charges of the whole pack so far.</summary>
    public int Charges { get; set; }

    /// <summary>The last thing done was a charge of the whole pack that ended by itself, and all its lamps were seen.</summary>
    public bool JustVerified { get; set; }

    /// <summary>The cell that tripped the last charge by index; -1 if none did or it was not seen.</summary>
    public int Tripped { get; set; } = -1;

    /// <summary>Current of the last charge of the whole pack, A.</summary>
    public double LastAmps { get; set; }

    /// <summary>Every cell was measured in the last minutes of the last charge.</summary>
    public bool Measured { get; set; }

    /// <summary>Shunts have bled since the last charge until all had let go.</summary>
    public bool ShuntsHaveLetGo { get; set; }

    /// <summary>95 % point of (Ah to full less the smallest in the pack), of the cell where it is greatest, Ah.</summary>
    public double SpreadAh { get; set; }

    /// <summary>What the methods would cost from here on; null where nobody plays ahead.</summary>
    public IForesight? Foresight { get; set; }

    /// <summary>The method that a mixed policy follows until it decides anew, and at how many charges it decided.</summary>
    public (IBalancingMethod? Method, int AtCharges) Following { get; set; }

    /// <summary>Charges of the pack since the last one that brought anything nearer: a red lamp more, or a smaller spread.</summary>
    public int Stalled { get; private set; }

    private (double Spread, int Red, int Lit) best = (double.PositiveInfinity, 0, 0);

    /// <summary>A charge of the pack has been taken in: was it worth anything?</summary>
    public void Track()
    {
        int red = Cells.Count(c => c.RedSinceDrain);
        int lit = Cells.Count(c => c.Lamp == LampSight.Lit);
        bool nearer = SpreadAh < best.Spread - (0.002 * CapacityAh) || red > best.Red || lit > best.Lit;
        Stalled = nearer ? 0 : Stalled + 1;
        best = nearer ? (Math.Min(best.Spread, SpreadAh), Math.Max(best.Red, red), Math.Max(best.Lit, lit)) : best;
    }

    /// <summary>Share of the cells whose lamp was lit at the end of the last charge.</summary>
    public double LitShare => Cells.Count(c => c.Lamp == LampSight.Lit) / (double)Cells.Length;

    /// <summary>A shunt's current, A.</summary>
    public double ShuntAmps => Pack.Module.Shunt.AmperesAt(Pack.Module.ShuntOn.Value);

    /// <summary>The share that must be red at the end: 95 %, 99 % from 100 cells up.</summary>
    public double RedShareAsked => Cells.Length >= 100 ? 0.99 : 0.95;

    /// <summary>Every method ends when this holds.</summary>
    public bool Balanced =>
        JustVerified && LitShare >= RedShareAsked && Array.TrueForAll(Cells, c => c.RedSinceDrain) && SpreadAh <= 0.01 * CapacityAh;

    /// <summary>Takes over what another situation of the same pack says, but neither its foresight nor what it has tracked.</summary>
    public void See(Situation other)
    {
        other.Cells.CopyTo(Cells, 0);
        (Charges, JustVerified, Tripped) = (other.Charges, other.JustVerified, other.Tripped);
        (LastAmps, Measured, ShuntsHaveLetGo, SpreadAh) = (other.LastAmps, other.Measured, other.ShuntsHaveLetGo, other.SpreadAh);
    }

    /// <summary>Takes over another situation of the same pack with what it has tracked and decided, but not its foresight.</summary>
    public void Take(Situation other)
    {
        See(other);
        (Following, Stalled, best) = (other.Following, other.Stalled, other.best);
    }
}

/// <summary>What is known of one cell.</summary>
public struct CellSituation
{
    /// <summary>Ah to full: 5, 50 and 95 % points.</summary>
    public Interval90 ToFullAh { get; set; }

    /// <summary>Its lamp at the end of the last charge of the pack, or of its own if that was later.</summary>
    public LampSight Lamp { get; set; }

    /// <summary>It was red on a charge of the pack after its last drain, or on any if it was never drained.</summary>
    public bool RedSinceDrain { get; set; }

    /// <summary>On a supply its current tapered while its lamp stayed dark: full, with a high threshold.</summary>
    public bool FullThoughDark { get; set; }

    /// <summary>Charged singly since the last charge of the pack.</summary>
    public bool ChargedSince { get; set; }

    /// <summary>How often it has been charged singly.</summary>
    public int SingleCharges { get; set; }
}

/// <summary>Plays methods ahead.</summary>
public interface IForesight
{
    /// <summary>The method that costs least (attended hours + a tenth of all hours) if it is followed from a situation to the end.</summary>
    /// <param name="among">At least one.</param>
    /// <param name="from">What is known.</param>
    /// <param name="following">The one that is followed now: left only for one that is cheaper beyond chance. Null: none yet.</param>
    IBalancingMethod Cheapest(ImmutableArray<IBalancingMethod> among, Situation from, IBalancingMethod? following);
}
