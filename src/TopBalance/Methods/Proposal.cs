using System.Collections.Immutable;
using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Methods;

/// <summary>The next step that a method proposes. It is never carried out by the method.</summary>
public abstract record Proposal
{
    private protected Proposal()
    {
    }
}

/// <summary>Reset the latch and charge the whole pack, watching the end.</summary>
/// <param name="Current">The charger's current, A.</param>
public sealed record ChargePack(Amperes Current) : Proposal
{
    /// <summary>In its last minutes every cell is measured with a meter: lamps alone say no more.</summary>
    public bool Measure { get; init; }
}

/// <summary>Charge the whole pack at a current that the shunts carry, for so long, then look at the lamps.</summary>
/// <param name="Current">A.</param>
/// <param name="Duration">s.</param>
public sealed record HoldPack(Amperes Current, Seconds Duration) : Proposal;

/// <summary>Leave the pack alone until the last shunt has let go.</summary>
public sealed record LetShuntsBleed : Proposal;

/// <summary>Drain one cell.</summary>
/// <param name="Cell">Which.</param>
/// <param name="Charge">Ah to take out.</param>
/// <param name="Duration">With the load at hand, s.</param>
public sealed record DrainDose(CellNumber Cell, AmpereHours Charge, Seconds Duration) : Proposal;

/// <summary>Charge single cells, one after another; several at once where several supplies with floating outputs are at hand.</summary>
/// <param name="Cells">In this order.</param>
/// <param name="Voltage">What each supply is set to with its output open, V.</param>
/// <param name="Current">Current limit, A.</param>
/// <param name="Taper">Stop when the current has fallen to this, A.</param>
/// <param name="Limit">Stop after this long in any case, s.</param>
/// <param name="AtOnce">How many at a time.</param>
public sealed record ChargeSingles(
    ImmutableArray<CellNumber> Cells, Volts Voltage, Amperes Current, Amperes Taper, Seconds Limit, int AtOnce = 1) : Proposal
{
    /// <summary>Resistance of the leads, Ω.</summary>
    public Ohms Lead { get; init; }
}

/// <summary>Charge four neighbouring cells in series with the 12 V charger, attended.</summary>
/// <param name="First">The first of the four.</param>
public sealed record ChargeFour(CellNumber First) : Proposal;

/// <summary>Join all cells in parallel and charge them as one.</summary>
/// <param name="Voltage">V.</param>
/// <param name="Current">A.</param>
public sealed record JoinAll(Volts Voltage, Amperes Current) : Proposal;

/// <summary>The pack is balanced.</summary>
public sealed record Finished : Proposal;

/// <summary>This cannot be brought to balance this way.</summary>
/// <param name="Reason">Why, in words.</param>
public sealed record GiveUp(string Reason) : Proposal;
