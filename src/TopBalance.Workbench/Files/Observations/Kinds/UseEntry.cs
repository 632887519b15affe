using TopBalance.Inference.Observations;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Files;

/// <summary><c>use</c>: the pack was driven.</summary>
internal sealed class UseEntry() : MapKind("use", "The pack was driven.", "{ ah: 62 }", [Out])
{
    private static readonly Key<AmpereHours> Out =
        new("ah", Shapes.AmpereHours(NumberRange.Above(0, 100_000)), "Charge taken out, Ah.") { Required = true, Example = "62" };

    protected override Observation Read(MapValues values, EntryContext context) => new UseSeen(values.Get(Out));

    protected override FlowMap? Map(Observation seen, Func<LogSeen, string> fileOf) =>
        seen is UseSeen use ? new FlowMap().Add(Out, use.Charge.Value) : null;
}
