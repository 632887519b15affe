using System.Collections.Immutable;

namespace TopBalance.Verification.Diagnosis;

/// <summary>The hypotheses of the diagnosis. The next one is one file and one line here, and a heading in the guide.</summary>
internal static class Hypotheses
{
    /// <summary>First the way of working, then what may be wrong with one cell; the order of the guide.</summary>
    public static ImmutableArray<IHypothesis> All { get; } =
    [
        new NotEnoughSeen(),
        new ChargerOutrunsShunts(),
        new SetPointBelowBalance(),
        new DosesTooSmall(),
        new DosesOvershoot(),
        new ImbalanceTooGreat(),
        new OneCellApart(),
        new RogueCell(),
        new CapacityMismatch(),
        new ResistanceHigh(),
        new ResistanceLow(),
        new LooseLug(),
        new ThresholdOff(),
        new ShuntDead(),
        new ShuntStuckOn(),
    ];
}
