using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Procedure;

namespace TopBalance.Workbench.Records.Parts;

/// <summary>The loop test.</summary>
internal static class LoopPart
{
    public static Remark Proof(Session session) => session.Interlock switch
    {
        Interlock.Passed => Sheet.Observed("record.loop.passed"),
        Interlock.Failed => Sheet.Observed("record.loop.failed"),
        _ => Sheet.NotKnown("record.loop.untested"),
    };

    public static ImmutableArray<LoopTestRow> Tests(RecordCase of) =>
    [
        .. from entry in of.Seen.Entries
           let test = entry.Seen as LoopTestSeen
           where test is not null
           select new LoopTestRow(
               entry.Entry, test.At?.ToUniversalTime(), test.ChargerStopped, test.Buzzer,
               test.After is { } s ? new Figure.Observed(s.Value, "s", 1) : Sheet.Unknown("record.not-noted")),
    ];
}
