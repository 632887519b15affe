using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Simulation;

namespace TopBalance.Procedure;

/// <summary>What a line that counts changes in a session.</summary>
internal static class Facts
{
    // a nearly full cell under a load
    private const double DrainedVolts = 3.35;

    public static Session Take(Session s, Line line) => line.Event switch
    {
        WarningsAccepted => s with { WarningsAccepted = true },
        CheckConfirmed check => s with { Checked = s.Checked.Add(check.Code) },
        CellsMeasured cells => s with
        {
            CellVolts = s.CellVolts.SetItems(cells.Cells),
            Reversed = s.Reversed.Except(cells.Cells.Keys).Union(cells.Reversed.Select(c => c.Value)),
        },
        TemperatureMeasured temperature => s with { Temperature = (temperature, line.Seconds) },
        SupplyMeasured supply => s with { Ready = s.Ready.SetItem(supply.Supply, supply) },
        PartChanged part => Changed(s, part.Part),
        LoopTested test => s with { Interlock = test.Passed ? Interlock.Passed : Interlock.Failed, Latched = test.ChargedAgain != true },
        StepPermitted permitted => s with { Permitted = [.. s.Permitted.Where(p => !Same(p, permitted.Step)), permitted.Step] },
        StepStarted started => Started(s, started, line),
        ChargeEnded ended => Ended(s, ended.Ended, line.Seconds),
        CellChargeEnded ended => Without(s, s.OfCells.First(a => a.Step is ChargeCells && a.Cells[0] == ended.First), line.Seconds)
            .Alarmed(ended),
        DrainEnded ended => Without(s, s.OfCells.First(a => a.Step is DrainCell && a.Cells[0] == ended.Cell), line.Seconds),
        RestEnded => Without(s, s.Running.Values.First(a => a.Step is Rest), line.Seconds),
        AllOff => Off(s, line.Seconds),
        LampsNoted lamps => Noted(s, lamps),
        TripNoted => Answered(s with { Captured = (s.Captured.Lamps, s.LastCharge is not null, s.Captured.Dark) }),
        IgnitionCycled => s with { Latched = false },
        PresenceConfirmed => s with { Running = s.Running.SetItems(s.Running.Select(a => Confirm(a, line.Seconds))) },
        MethodChosen chosen => s with { Method = chosen.Method },
        TroubleReported trouble => s with { Trouble = trouble, Permitted = [] },
        TroubleOver => s with { Trouble = null },
        VerdictGiven verdict => s with { Verdict = verdict.Outcome },
        SessionPaused or SessionAbandoned => s with { Permitted = [] },
        _ => s,
    };

    private static Session Alarmed(this Session s, CellChargeEnded ended) =>
        s with { Latched = s.Latched || ended.Ended == CellChargeEnding.Alarm };

    private static Session Changed(Session s, TestedPart part)
    {
        Session lapsed = s with { Interlock = Interlock.Untested, Permitted = [] };
        return part == TestedPart.Pack
            ? lapsed with { CellVolts = s.CellVolts.Clear(), Reversed = s.Reversed.Clear(), Checked = s.Checked.Remove("lugs") }
            : lapsed;
    }

    private static Session Started(Session s, StepStarted started, Line line)
    {
        var activity = new Activity(line.Number, started.Step, line.Seconds)
        {
            Supply = started.Supply,
            AlthoughRefused = started.Step is not Rest && !s.Permitted.Any(p => Same(p, started.Step)),
            Confirmed = [line.Seconds],
        };
        ImmutableSortedDictionary<int, Activity> running =
            s.Running.RemoveRange(s.Running.Values.Where(a => a.Step is Rest).Select(a => a.Entry)).Add(line.Number, activity);
        Session begun = s with
        {
            Running = running,
            Permitted = [.. s.Permitted.Where(p => !Same(p, started.Step))],
            Ready = started.Supply is { } supply ? s.Ready.Remove(supply) : s.Ready,
        };
        return activity.OfString ? begun with { Captured = (false, false, []) } : begun;
    }

    private static Session Ended(Session s, ChargeEnding ended, double seconds)
    {
        bool byItself = ended is ChargeEnding.Hvc or ChargeEnding.Charged;
        return s with
        {
            Running = s.Running.Remove(s.OfString!.Entry),
            LastCharge = (seconds, ended),
            Charges = s.Charges + (byItself ? 1 : 0),
            EndToCapture = byItself,
            Captured = (false, false, []),
            Latched = s.Latched || ended == ChargeEnding.Hvc,
            DrainedAh = s.DrainedAh.Clear(),
            Verdict = null,
        };
    }

    private static Session Off(Session s, double seconds)
    {
        Session off = s.OfString is null ? s : Ended(s, ChargeEnding.Stopped, seconds);
        return off.OfCells.Aggregate(off, (each, activity) => Without(each, activity, seconds));
    }

    private static Session Without(Session s, Activity activity, double seconds)
    {
        Session ended = s with { Running = s.Running.Remove(activity.Entry) };
        if (activity.Step is not DrainCell drain)
        {
            return ended;
        }

        double ah = drain.Load.AmperesAt(DrainedVolts) * Math.Max(0, seconds - activity.StartSeconds) / 3600;
        return ended with { DrainedAh = s.DrainedAh.SetItem(drain.Cell.Value, s.DrainedAh.GetValueOrDefault(drain.Cell.Value) + ah) };
    }

    // what is seen while the charge still runs is kept in the log, but the end is yet to be seen
    private static Session Noted(Session s, LampsNoted lamps) => s.OfString is not null || s.LastCharge is null ? s
        : Answered(s with { Captured = (true, s.Captured.Trip, s.Captured.Dark.Union(DarkIn(s, lamps))) });

    private static IEnumerable<int> DarkIn(Session s, LampsNoted lamps) => lamps.OthersDark
        ? Enumerable.Range(1, s.Pack.Series).Except(lamps.Red.Select(c => c.Value))
        : lamps.Dark.Select(c => c.Value);

    private static Session Answered(Session s) => s with
    {
        EndToCapture = s.EndToCapture && !(s.Captured.Lamps && (s.Captured.Trip || s.LastCharge is not { Ended: ChargeEnding.Hvc })),
    };

    private static KeyValuePair<int, Activity> Confirm(KeyValuePair<int, Activity> activity, double seconds) =>
        new(activity.Key, activity.Value with { Confirmed = activity.Value.Confirmed.Add(seconds) });

    // the same thing at the same cells; currents and minutes may be turned a little
    private static bool Same(Step a, Step b) =>
        a.GetType() == b.GetType() && Activity.CellsOf(a).SequenceEqual(Activity.CellsOf(b));
}
