using TopBalance.Inference.Observations;
using TopBalance.Simulation;

namespace TopBalance.Workbench.Files;

/// <summary><c>rest</c>: nothing was connected.</summary>
internal sealed class RestEntry() : MapKind(
    "rest", "Nothing was connected.", "{ hours: 10 }", [EntryKeys.Hours, EntryKeys.Minutes], EntryKeys.Lasts)
{
    protected override Observation Read(MapValues values, EntryContext context) =>
        new RestSeen(new Rest { Duration = EntryKeys.Duration(values) });

    protected override FlowMap? Map(Observation seen, Func<LogSeen, string> fileOf) => seen is RestSeen rest
        ? new FlowMap().AddDuration(rest.Step.Duration ?? throw new ArgumentException("A rest that was seen has a length."))
        : null;
}
