using TopBalance.Inference.Observations;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Files;

/// <summary><c>loop_test</c>.</summary>
internal sealed class LoopTestEntry() : MapKind(
    "loop_test", "The loop was opened by hand while charging.", "{ charger_stopped: true }", [Stopped, After, Buzzer])
{
    private static readonly Shape<bool> YesOrNo = new ChoiceShape<bool>(("yes", true), ("no", false));

    private static readonly Key<bool> Stopped = new("charger_stopped", YesOrNo, "The charger was seen to stop.")
    {
        Required = true,
        Example = "true",
    };

    private static readonly Key<Seconds> After =
        new("seconds", Shapes.Seconds(NumberRange.From(0, 3600)), "After how long it stopped, s.") { Example = "1" };

    private static readonly Key<bool> Buzzer = new("buzzer", YesOrNo, "The buzzer sounded.") { Example = "true" };

    protected override Observation Read(MapValues values, EntryContext context) =>
        new LoopTestSeen(values.Get(Stopped)) { After = values.Find(After), Buzzer = values.Find(Buzzer) };

    protected override FlowMap? Map(Observation seen, Func<LogSeen, string> fileOf) => seen is LoopTestSeen test
        ? new FlowMap().Add(Stopped, Word(test.ChargerStopped)).Add(After, test.After?.Value)
            .Add(Buzzer, test.Buzzer is { } buzzer ? Word(buzzer) : null)
        : null;

    private static string Word(bool value) => value ? "true" : "false";
}
