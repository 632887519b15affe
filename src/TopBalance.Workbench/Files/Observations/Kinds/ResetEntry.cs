using TopBalance.Inference.Observations;

namespace TopBalance.Workbench.Files;

/// <summary><c>reset</c>: the ignition key was cycled.</summary>
internal sealed class ResetEntry : EntryKind
{
    private const string Ignition = "ignition";

    private static readonly Key<bool> Reset =
        new("reset", new ChoiceShape<bool>((Ignition, true)), "The ignition key was cycled, which releases the head board's latch.")
        {
            Example = Ignition,
        };

    public override Key Key => Reset;

    public override Observation Make(MapValues entry, EntryContext context) => new ResetSeen();

    public override string? Write(Observation seen, Func<LogSeen, string> fileOf) => seen is ResetSeen ? Ignition : null;
}
