using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Procedure;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Records.Parts;

/// <summary>What was done and what happened, in order.</summary>
internal static class TimelinePart
{
    public static ImmutableArray<TimelineRow> Of(RecordCase of) =>
    [
        .. of.Seen.Entries.Select(e => Done(of.Session, e)).OfType<TimelineRow>()
            .Concat(Counted(of.Session).Select(e => Happened(of.Session, e)).OfType<TimelineRow>())
            .OrderBy(r => r.At).ThenBy(r => r.Line),
    ];

    // lines of the log that nobody has taken back or disputes
    private static IEnumerable<SessionEntry> Counted(Session session)
    {
        HashSet<int> corrected = [.. session.Log.Select(p => p.Entry.Event).OfType<EntryCorrected>().Select(c => c.Entry)];
        return session.Log.Select(p => p.Entry).Where(e => !corrected.Contains(e.Number)
            && !(session.Disputed.TryGetValue(e.Number, out Dispute? dispute) && dispute.Counts != true));
    }

    private static TimelineRow? Done(Session session, SeenEntry entry)
    {
        DateTimeOffset at = (entry.Seen.At ?? session.Began).ToUniversalTime();
        TimelineRow Row(string kind, Remark seen, Seconds? took) =>
            new(entry.Entry, at, kind, seen, took is null ? null : Sheet.Took(took)) { LastsSeconds = took?.Value ?? 0 };
        return entry.Seen switch
        {
            LoopTestSeen test => Row("loop-test", Sheet.Observed(test.ChargerStopped ? "record.did.loop" : "record.did.loop-failed"), null),
            ChargeSeen charge => Row("charge", Sheet.Observed("record.did.charge", Ended(charge)), charge.Step.Limit),
            CellChargeSeen cells => Row("charge-cell", CellsCharged(cells), cells.Step.Limit),
            DrainSeen drain => Row("drain", Sheet.Observed("record.did.drain", drain.Step.Cell.ToString(), Load(drain.Step.Load)),
                drain.Step.Duration),
            RestSeen rest => Row("rest", Sheet.Observed(rest.Step.UntilShuntsOff ? "record.did.rest-dark" : "record.did.rest"),
                rest.Step.Duration),
            UseSeen use => Row("use", Sheet.Observed("record.did.use", Figures(use.Charge.Value, "Ah")), null),
            VoltagesSeen volts => Row("voltages", Volts(volts), null),
            ParallelChargeSeen all => Row("charge-cell", Sheet.Observed("record.did.parallel"), all.Step.Limit),
            LogSeen => Row("log", Sheet.Observed("record.did.log"), null),
            _ => null,
        };
    }

    private static TimelineRow? Happened(Session session, SessionEntry entry)
    {
        DateTimeOffset at = entry.Stamp.HappenedAt.ToUniversalTime();
        TimelineRow Row(string kind, Remark seen) => new(entry.Number, at, kind, seen, null);
        return entry.Event switch
        {
            SessionBegun => Row("began", Sheet.Observed(session.CheckUp is null ? "record.did.begun" : "record.did.check-up")),
            TemperatureMeasured t => Row("temperature", Sheet.Observed(
                "record.did.temperature", Figures(Math.Round(t.Coldest.Value, 1), "°C"), Figures(Math.Round(t.Warmest.Value, 1), "°C"))),
            TroubleReported trouble => Row("trouble", Sheet.Observed("record.did.trouble", Sheet.Clean(trouble.Text))),
            TroubleOver over => Row("trouble", Sheet.Observed("record.did.trouble-over", Sheet.Clean(over.Text))),
            PartChanged => Row("part-changed", Sheet.Observed("record.did.changed", Sheet.Told(entry.Event))),
            MethodChosen method => Row("method", Sheet.Observed("record.did.method", Sheet.Clean(method.Method))),
            VerdictGiven verdict => Row("verdict", Sheet.Computed("record.did.verdict", verdict.Outcome.ToString().ToLowerInvariant())),
            SessionAbandoned gaveUp => Row("abandoned", Sheet.Observed("record.did.abandoned", Sheet.Clean(gaveUp.Why))),
            _ => null,
        };
    }

    private static string Ended(ChargeSeen charge) => Sheet.Say("record.short." + charge.Ended switch
    {
        ChargeEnding.Hvc => "hvc",
        ChargeEnding.Charged => "charged",
        ChargeEnding.Mains => "mains",
        _ => "stopped",
    });

    private static Remark CellsCharged(CellChargeSeen seen)
    {
        string ended = Sheet.Say("record.short." + seen.Ended switch
        {
            CellChargeEnding.Red => "red",
            CellChargeEnding.Tapered => "tapered",
            CellChargeEnding.Alarm => "alarm",
            _ => "stopped",
        });
        SupplyText(seen, out string volts, out string amps);
        return Sheet.Observed("record.did.charge-cell", string.Join(", ", seen.Step.Cells), volts, amps, ended);
    }

    private static void SupplyText(CellChargeSeen seen, out string volts, out string amps) =>
        (volts, amps) = (Figures(seen.Step.Supply.Stages[0].Voltage.Value, "V"), Figures(seen.Step.Supply.Current.Value, "A"));

    private static Remark Volts(VoltagesSeen seen)
    {
        double[] all = [.. seen.Cells.Values.Select(v => v.Value)];
        return Sheet.Observed(
            seen.Rested is null ? "record.did.voltages-end" : "record.did.voltages", Sheet.Number(all.Length),
            Cell(all.Min()), Cell(all.Max()));
    }

    private static string Load(DrainLoadSpec load) =>
        load.Resistance is { } ohms ? Figures(ohms.Value, "Ω") : Figures(load.Current!.Value.Value, "A");

    private static string Cell(double volts) => Simulations.Wording.CellVoltage(volts);

    private static string Figures(double value, string unit) =>
        Simulations.Wording.Invariant($"{Simulations.Wording.Rounded(value, 3):0.###}\u00a0{unit}");
}
