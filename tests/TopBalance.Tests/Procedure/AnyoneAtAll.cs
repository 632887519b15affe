using System.Collections.Immutable;
using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Procedure;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Verification.Verdicts;
using static TopBalance.Tests.Procedure.PlayedSession;

namespace TopBalance.Tests.Procedure;

/// <summary>Requests and reports at random, in any order, also senseless ones: what must hold all the same.</summary>
public class AnyoneAtAll
{
    private const int Sessions = 150, Lines = 80;

    [Fact]
    public void Nothing_is_ever_permitted_that_an_invariant_forbids()
    {
        int permitted = 0;
        for (ulong seed = 0; seed < Sessions; seed++)
        {
            Play(seed, (session, request, decision) =>
            {
                if (decision is Decision.Permitted)
                {
                    permitted++;
                    Broken(session, request).ShouldBeNull($"seed {seed}, line {session.Log.Count}, {request}");
                }
            });
        }

        permitted.ShouldBeGreaterThan(200);
    }

    [Fact]
    public void Replaying_the_log_gives_the_same_state_and_every_prefix_is_a_session()
    {
        for (ulong seed = 0; seed < Sessions; seed += 5)
        {
            PlayedSession played = Play(seed, static (_, _, _) => { });
            SessionEntry[] log = [.. played.Log];

            Told(Guide.Replay(log)).ShouldBe(Told(played.Session), $"seed {seed}");
            for (int length = 1; length < log.Length; length += 7)
            {
                Session prefix = Guide.Replay(log.Take(length));
                Guide.Decide(prefix, new RequestCharge(played.Now, new Charge())).ShouldNotBeNull();
                SessionSeen.Of(prefix).Observations.ShouldAllBe(s => s != null);
            }
        }
    }

    [Fact]
    public void What_was_seen_can_always_be_believed()
    {
        for (ulong seed = 0; seed < Sessions; seed += 10)
        {
            PlayedSession played = Play(seed, static (_, _, _) => { });

            var advisor = new Advisor(new BeliefSize(8, 8));

            advisor.Next(played.Session, played.Now).Text.ToString().Length.ShouldBeGreaterThan(5);
            advisor.Believe(played.Session).Cells().ShouldAllBe(c => double.IsFinite(c.ToFullAh.P50));
        }
    }

    // what the procedure must never permit, said once more and differently
    private static string? Broken(Session s, SessionRequest request) => request switch
    {
        _ when s.Phase is Phase.Paused or Phase.Abandoned => "not at work",
        _ when s.Trouble is not null => "something is wrong",
        RequestVerdict => null,
        _ when !s.WarningsAccepted || s.CellVolts.Count < s.Pack.Series || s.Temperature is null => "not checked",
        _ when !s.Reversed.IsEmpty || s.CellVolts.Values.Any(v => v.Value < s.Pack.Module.Lvc.Value) => "a broken cell",
        _ when s.Interlock == Interlock.Failed => "the interlock failed",
        _ when s.Running.Values.Any(a => a.Step is Charge) => "the string is busy",
        RequestTestCharge => s.Running.Values.Any(a => a.Step is not Rest) ? "busy" : Cold(s),
        _ when s.Interlock != Interlock.Passed => "not proved",
        RequestCharge => s.Running.Values.Any(a => a.Step is not Rest) ? "busy" : Cold(s),
        RequestCellCharge c => Cold(s) ?? (c.Charge.Cells.Any(n => s.Running.Values.Any(a => a.Cells.Contains(n))) ? "the cell is busy"
            : c.Supply >= 0 && c.Charge.Supply.Stages[0].Voltage.Value >= s.Pack.Module.Hvc.Value ? "above HVC"
            : s.Running.Values.Any(a => a.Supply is not null) ? "two supplies that do not float"
            : c.Supply < 0 && !(c.Charge.Limit is { } l && c.LeastToFull is { } ah && c.Charge.Supply.Current.Value * (l.Value + 900) / 3600 <= ah.Value + 1e-9)
                ? "four that may be full"
                : null),
        RequestDrain d => s.Running.Values.Any(a => a.Cells.Contains(d.Drain.Cell)) ? "the cell is busy"
            : d.Drain.Load.AmperesAt(3.35) * (d.Drain.Duration.Value + 900) / 3600 > 0.251 * 100 ? "a dose that harms" : null,
        _ => "unknown",
    };

    private static string? Cold(Session s) => s.Temperature!.Value.Reading is { } t
        && (t.Coldest.Value < s.Pack.Cell.ChargeMinTemperature.Value || t.Warmest.Value > s.Pack.Cell.ChargeMaxTemperature.Value) ? "out of range" : null;

    private static PlayedSession Play(ulong seed, Action<Session, SessionRequest, Decision> decided)
    {
        var dice = new Random((int)seed);
        var played = new PlayedSession(Pack(6));
        if (dice.Next(4) > 0)
        {
            played.Ready();
        }

        if (dice.Next(3) > 0 && played.Session.Interlock == Interlock.Passed)
        {
            played.ChargedTo(200, 3, 3);
        }

        for (int k = 0; k < Lines; k++)
        {
            played.Wait(dice.Next(5) * dice.NextDouble() * 10);
            if (dice.Next(3) == 0)
            {
                SessionRequest request = Request(dice, played.Now);
                Decision decision = Guide.Decide(played.Session, request);
                decided(played.Session, request, decision);
                if (decision is Decision.Permitted permitted)
                {
                    played.Report(permitted.Events);
                }
            }
            else if (dice.Next(6) == 0)
            {
                played.ReportLate(dice.Next(200), Event(dice, played.Session), dice.Next(5));
            }
            else
            {
                played.Report(Event(dice, played.Session));
            }
        }

        return played;
    }

    private static SessionRequest Request(Random dice, Stamp at) => dice.Next(6) switch
    {
        0 => new RequestTestCharge(at),
        1 => new RequestCharge(at, new Charge { Limit = dice.Next(2) == 0 ? null : new Seconds(3600) }),
        2 => new RequestCellCharge(at, new ChargeCells([Cell(dice)], Bench(dice.Next(4) == 0 ? 3.62 : 3.55)), dice.Next(3)),
        3 => new RequestCellCharge(at, new ChargeCells([.. Enumerable.Range(dice.Next(1, 5), 4).Select(n => new CellNumber(n))], SupplySetting.Of(Tools.SmartCharger!)) { Limit = new Seconds(dice.Next(7200)) }, -1)
        {
            LeastToFull = dice.Next(3) == 0 ? null : new AmpereHours(dice.Next(40)),
        },
        4 => new RequestDrain(at, new DrainCell(Cell(dice), Tools.DrainLoad!, new Seconds(Math.Exp(dice.NextDouble() * 12)))),
        _ => new RequestVerdict(at),
    };

    private static SessionEvent Event(Random dice, Session s)
    {
        CellNumber cell = Cell(dice);
        SessionEvent[] all =
        [
            new WarningsAccepted(), new CheckConfirmed(PreChecks.All[dice.Next(7)].Code), new CellsMeasured(Volts(s.Pack, dice.Next(8) == 0 ? 2.2 : 3.3)),
            new CellsMeasured(Volts(s.Pack, 3.31)) { Reversed = dice.Next(5) == 0 ? [cell] : [] },
            new TemperatureMeasured(new Celsius(dice.Next(-3, 30)), new Celsius(dice.Next(30, 48))), new PackMeasured(new Volts(dice.Next(30))),
            new SupplyMeasured(dice.Next(-1, 2), new Volts(3.55), dice.Next(4) > 0), new PartChanged((TestedPart)dice.Next(4)),
            new LoopTested(dice.Next(4) > 0, true) { ChargedAgain = true }, new StepStarted(new Charge()), new StepStarted(new Rest { Duration = new Seconds(600) }),
            new StepStarted(Dose(cell.Value, 5)), new StepStarted(new ChargeCells([cell], Bench())) { Supply = 0 }, new ChargeEnded((ChargeEnding)dice.Next(4)),
            new ChargeEnded(ChargeEnding.Hvc), new CellChargeEnded(cell, (CellChargeEnding)dice.Next(4)), new DrainEnded(cell), new RestEnded(dice.Next(2) == 0),
            new AllOff(), new LampsNoted([cell], []) { OthersDark = dice.Next(2) == 0 }, new LampsNoted([], [cell]), new LampCameOn(cell), new TripNoted(Trip.Of(cell)), new TripNoted(Trip.Unseen),
            new IgnitionCycled(), new PackUsed(new AmpereHours(dice.Next(20) + 1)), new PresenceConfirmed("x"), new MethodChosen("drain-and-cycle"),
            new TroubleReported(TroubleKind.Hot, "hot"), new TroubleOver("cooled"), new TroubleOver("cooled"), new VerdictGiven(VerdictOutcome.Fail), new SessionPaused(), new SessionResumed(), new SessionResumed(),
            new EntryCorrected(dice.Next(s.Log.Count + 3), dice.Next(2) == 0 ? null : new IgnitionCycled(), "typo"), new DisputeSettled(dice.Next(s.Log.Count + 2), dice.Next(2) == 0, "so"),
            s.Log.Count > 70 ? new SessionAbandoned("enough") : new IgnitionCycled(),
        ];
        return all[dice.Next(all.Length)];
    }

    // now and then one that is not there
    private static CellNumber Cell(Random dice) => new(dice.Next(30) == 0 ? 9 : dice.Next(1, 7));

    private static string Told(Session s) => string.Join('\n',
        s.Phase, s.PausedIn, s.Interlock, s.Latched, s.WarningsAccepted, string.Join(",", s.Checked), string.Join(",", s.CellVolts), string.Join(",", s.Reversed),
        s.Temperature, string.Join(",", s.Ready), string.Join(",", s.Running.Values.Select(a => $"{a.Entry} {a.StartSeconds} {a.AlthoughRefused} {string.Join('/', a.Confirmed)}")),
        s.Permitted.Length, s.Charges, s.LastCharge, s.EndToCapture, s.Captured.Lamps, s.Captured.Trip, string.Join(",", s.Captured.Dark), string.Join(",", s.DrainedAh),
        s.Method, s.Trouble, s.Verdict, string.Join(",", s.Disputed.Values), s.LastSeconds, s.Log.Count);
}
