using System.Collections.Immutable;
using TopBalance.Packs;
using TopBalance.Words;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Procedure;

/// <summary>A question: may this be begun now?</summary>
/// <param name="At">When it is asked.</param>
public abstract record SessionRequest(Stamp At);

/// <summary>A short charge of the whole pack with somebody standing by, in which the loop is opened by hand.</summary>
/// <param name="At">When it is asked.</param>
public sealed record RequestTestCharge(Stamp At) : SessionRequest(At)
{
    /// <summary>The longest test charge that is permitted.</summary>
    public static Seconds Longest { get; } = new(300);
}

/// <summary>A charge of the whole pack.</summary>
/// <param name="At">When it is asked.</param>
/// <param name="Charge">The charger's current; with a limit it is a hold.</param>
public sealed record RequestCharge(Stamp At, Charge Charge) : SessionRequest(At);

/// <summary>A charge of one cell by a bench supply, or of four neighbours by the 12 V charger.</summary>
/// <param name="At">When it is asked.</param>
/// <param name="Charge">Which cells, how the supply is set, for how long at most.</param>
/// <param name="Supply">Which of the tools: 0, 1 … for the bench supplies, -1 for the 12 V charger.</param>
public sealed record RequestCellCharge(Stamp At, ChargeCells Charge, int Supply) : SessionRequest(At)
{
    /// <summary>Ah that the fullest of these cells still takes with 99 % probability; null if that is not known.</summary>
    public AmpereHours? LeastToFull { get; init; }
}

/// <summary>A drain of one cell.</summary>
/// <param name="At">When it is asked.</param>
/// <param name="Drain">Which, with what, for how long.</param>
public sealed record RequestDrain(Stamp At, DrainCell Drain) : SessionRequest(At);

/// <summary>A verdict.</summary>
/// <param name="At">When it is asked.</param>
public sealed record RequestVerdict(Stamp At) : SessionRequest(At);

/// <summary>One reason why a request is refused.</summary>
/// <param name="Code">Names the rule.</param>
/// <param name="Why">What stands against it.</param>
/// <param name="Permit">What would make it permitted.</param>
public sealed record Refusal(string Code, Phrase Why, Phrase Permit);

/// <summary>The answer to a request.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>It may be begun. The events are to be written down.</summary>
    /// <param name="Events">At least one.</param>
    public sealed record Permitted(ImmutableArray<SessionEvent> Events) : Decision;

    /// <summary>It may not.</summary>
    /// <param name="Because">At least one reason, the most important first.</param>
    public sealed record Refused(ImmutableArray<Refusal> Because) : Decision;
}
