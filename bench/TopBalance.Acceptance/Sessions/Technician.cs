using System.Collections.Immutable;
using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Practice;
using TopBalance.Procedure;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Verification.Verdicts;

namespace TopBalance.Acceptance.Sessions;

/// <summary>How a session at a simulated pack went.</summary>
/// <param name="Outcome">The verdict; null if none was given.</param>
/// <param name="Stuck">Where it stopped without one; null if it did not.</param>
/// <param name="ResidualShare">True distance between the fullest and the emptiest cell, as a share of capacity.</param>
/// <param name="Hazards">Cells overcharged or reversed.</param>
/// <param name="Steps">Pieces of advice followed.</param>
/// <param name="Lines">Lines of the log.</param>
internal sealed record SessionRun(
    VerdictOutcome? Outcome, string? Stuck, double ResidualShare, ImmutableArray<Hazard> Hazards, int Steps, int Lines)
{
    /// <summary>Hours from the first line to the last.</summary>
    public double Hours { get; init; }

    /// <summary>Criteria that did not hold in the end.</summary>
    public string Unmet { get; init; } = "";

    // what a pass promises is 1 %, with a probability of 95 % for each cell
    private const double MostResidual = 0.02;

    /// <summary>It ended in a pass that is true, or in an honest fail.</summary>
    public bool Reached => Outcome == VerdictOutcome.Fail || (Outcome == VerdictOutcome.Pass && ResidualShare <= MostResidual);
}

/// <summary>
/// Stands at a simulated pack and follows what the session advises, with the mistakes of people: lamps misread or looked at too late, a trip
/// missed, the wrong cell drained, a load left on.
/// </summary>
internal sealed class Technician
{
    private const double LateSigmas = 3;
    private const int MostSteps = 700, MostRetries = 4;
    private const double LateShare = 0.1, LateMinutes = 12, NoticesShare = 0.5;
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly SimulatedOwner owner;
    private readonly Advisor advisor;
    private readonly BeliefSize size;
    private readonly ulong seed;
    private readonly string method;
    private readonly Random dice;
    private int retries;

    private Technician(PackSpec pack, ulong seed, string method, OwnerHabits habits, BeliefSize size)
    {
        owner = new SimulatedOwner(TruePack.Draw(pack, seed), seed, habits);
        (advisor, this.size, this.seed, this.method) = (new Advisor(size), size, seed, method);
        dice = new Random((int)seed);
        Session = Guide.Begin(new SessionEntry(1, At(0), new SessionBegun(pack, seed)));
    }

    private Session Session { get; set; }

    /// <summary>Follows a session to its end.</summary>
    public static SessionRun Follow(PackSpec pack, ulong seed, string method, OwnerHabits? habits = null, BeliefSize? size = null) =>
        new Technician(pack, seed, method, habits ?? new OwnerHabits { WrongCellDrained = 0.01, LampMissed = 0.002 }, size ?? BeliefSize.Quick).Follow();

    private SessionRun Follow()
    {
        for (int step = 1; step <= MostSteps; step++)
        {
            Advice next = advisor.Next(Session, Now);
            if (!next.Because.IsEmpty)
            {
                return End(null, $"{next.Action}: {string.Join(", ", next.Because.Select(b => b.Code))}", step);
            }

            if (next.Action == "verdict")
            {
                Verdict verdict = Judge();
                if (verdict.Outcome != VerdictOutcome.Inconclusive || retries++ >= MostRetries)
                {
                    return End(verdict.Outcome, null, step) with
                    {
                        Unmet = string.Join(' ', verdict.Criteria.Where(c => c.Outcome != VerdictOutcome.Pass).Select(c => $"{c.Code} [{c.Seen}] {((Session.LastCharge?.Ended))}")),
                    };
                }

                next = next with { Action = "charge", Request = new RequestCharge(Now, new Charge()) };
            }

            if (!Do(next))
            {
                return End(null, next.Action, step);
            }
        }

        return End(null, "too many steps", MostSteps);
    }

    private Stamp Now => At(owner.Elapsed.Value);

    private static Stamp At(double seconds) => Stamp.Now(Start.AddSeconds(seconds), new Tick("pack", seconds));

    private void Report(double seconds, SessionEvent happened) =>
        Session = Guide.Evolve(Session, new SessionEntry(Session.Log.Count + 1, At(seconds), happened));

    private void Report(SessionEvent happened) => Report(owner.Elapsed.Value, happened);

    private Verdict Judge()
    {
        var verdict = Verdict.Of(new VerdictCase(Session.Pack, SessionSeen.Of(Session).Observations, seed, size)
        {
            Disputed = Session.Unsettled.Count(),
            LoopProved = Session.Interlock == Interlock.Passed,
        });
        Report(new VerdictGiven(verdict.Outcome));
        return verdict;
    }

    private SessionRun End(VerdictOutcome? outcome, string? stuck, int steps)
    {
        double[] toFull = new double[Session.Pack.Series];
        owner.TrueToFullAh(toFull);
        double capacity = Session.Pack.Cell.Capacity.Value * Session.Pack.Parallel;
        ImmutableArray<Hazard> hazards = [.. owner.Hazards.ToArray().Where(IsHarm)];
        return new SessionRun(outcome, stuck, (toFull.Max() - toFull.Min()) / capacity, hazards, steps, Session.Log.Count) { Hours = owner.Elapsed.Value / 3600 };
    }

    // a module that switches late by a few hundredths of a volt lets its cell rise so far on any charge, whoever advised it
    private bool IsHarm(Hazard hazard) => hazard.Kind == HazardKind.Reversal
        || (hazard.Kind == HazardKind.Overcharge && hazard.Depth > LateSigmas * owner.Pack.Unknowns.ThresholdSigma!.Value.Value);

    private bool Do(Advice next)
    {
        switch (next.Action)
        {
            case "accept-warnings":
                Report(new WarningsAccepted());
                break;
            case "check":
                Check(PreChecks.Missing(Session).Select(c => c.Code).FirstOrDefault("temperature"));
                break;
            case "test-charge":
                TestCharge(next);
                break;
            case "charge":
                Charge((RequestCharge)next.Request!);
                break;
            case "note-lamps":
                Report(new LampsNoted([], []));
                break;
            case "note-trip":
                Report(new TripNoted(Trip.Unseen));
                break;
            case "reset":
                Report(new IgnitionCycled());
                break;
            case "choose":
                Report(new MethodChosen(method));
                break;
            case "rest":
                Rest();
                break;
            case "drain":
                Drain(((RequestDrain)next.Request!).Drain);
                break;
            case "measure-supply":
                MeasureSupply(next.Cells.Length);
                break;
            case "charge-cell" or "charge-four":
                ChargeCells((RequestCellCharge)next.Request!);
                break;
            default:
                return false;
        }

        return true;
    }

    private void Check(string code)
    {
        double[] volts = [.. owner.Cells.ToArray().Select(c => c.VoltageVolts)];
        Report(code switch
        {
            "voltages" => new CellsMeasured(volts.Select((v, k) => (v, k)).ToImmutableSortedDictionary(p => p.k + 1, p => new Volts(Math.Round(p.v, 3)))),
            "temperature" => new TemperatureMeasured(owner.Pack.Temperature, owner.Pack.Temperature),
            _ => new CheckConfirmed(code),
        });
    }

    private void Permit(SessionRequest request)
    {
        if (Guide.Decide(Session, request) is Decision.Permitted permitted)
        {
            foreach (SessionEvent happened in permitted.Events)
            {
                Report(happened);
            }
        }
    }

    private void TestCharge(Advice next)
    {
        Permit(next.Request!);
        Charge test = Session.Permitted.OfType<Charge>().Last();
        owner.Wait(default);
        ChargeSeen seen = owner.Charge(limit: new Seconds(150));
        double end = owner.Elapsed.Value;
        Report(end - seen.Step.Limit!.Value.Value, new StepStarted(test));
        Report(end, new LoopTested(ChargerStopped: true, Buzzer: true) { ChargedAgain = true });
        Report(end, new ChargeEnded(ChargeEnding.Stopped));
    }

    private void Charge(RequestCharge request)
    {
        Permit(request);
        ChargeSeen seen = owner.Charge(request.Charge.Current, request.Charge.Limit);
        double end = owner.Elapsed.Value;
        double packVolts = owner.MeasureEndOfCharge(Enumerable.Range(1, Session.Pack.Series).Select(n => new CellNumber(n))).Cells.Values.Sum(v => v.Value);
        Report(Math.Max(end - seen.Step.Limit!.Value.Value, Session.LastSeconds), new StepStarted(request.Charge));
        Report(end, new ChargeEnded(seen.Ended) { EndCurrent = seen.EndCurrent });
        if (seen.Ended is ChargeEnding.Hvc or ChargeEnding.Charged)
        {
            Report(end, new PackMeasured(new Volts(Math.Round(packVolts, 1))));
        }

        if (seen.Ended == ChargeEnding.Hvc)
        {
            Report(end, new TripNoted(seen.Tripped));
        }

        Look(seen, end);
    }

    // most people stand there; some come when half the lamps are out, and write down what they see then
    private void Look(ChargeSeen seen, double end)
    {
        if (dice.NextDouble() < LateShare)
        {
            owner.Wait(default);
            owner.Rest(new Seconds(60 * LateMinutes));
            CellState[] now = owner.Cells.ToArray();
            Report(new LampsNoted([.. now.Index().Where(c => c.Item.ShuntOn).Select(c => CellNumber.FromIndex(c.Index))], []) { OthersDark = true });
        }
        else if (seen.Lamps is { } lamps)
        {
            IEnumerable<CellNumber> dark = Enumerable.Range(1, Session.Pack.Series).Select(n => new CellNumber(n)).Where(c => lamps.Of(c) == LampSight.Dark);
            Report(end, new LampsNoted(lamps.Red, [.. dark]));
        }
    }

    private void Rest()
    {
        double start = owner.Elapsed.Value;
        Report(new StepStarted(new Rest { UntilShuntsOff = true }));
        owner.Wait(default);
        owner.RestUntilDark();
        Report(Math.Max(start, owner.Elapsed.Value), new RestEnded(LastLampOut: true));
    }

    private void Drain(DrainCell drain)
    {
        Permit(new RequestDrain(Now, drain));
        owner.Wait(default);
        double start = owner.Elapsed.Value;
        int began = Session.Log.Count + 1;
        Report(new StepStarted(drain));
        bool late = dice.NextDouble() < LateShare;
        int mistakes = owner.Mistakes.Count;
        owner.Drain(drain.Cell, drain.Load, new Seconds(drain.Duration.Value + (late ? 60 * LateMinutes : 0)));
        BePresent(start, start + drain.Duration.Value, 150);
        Report(new DrainEnded(drain.Cell));
        if (owner.Mistakes.Count > mistakes && dice.NextDouble() < NoticesShare)
        {
            CellNumber real = owner.Mistakes[^1].Cell;
            Report(new EntryCorrected(began, new StepStarted(drain with { Cell = real }), "it was another cell"));
            Report(new EntryCorrected(began + SignsSince(began) + 1, new DrainEnded(real), "it was another cell"));
        }
    }

    private int SignsSince(int line) => Session.Log.Skip(line).Count(p => p.Entry.Event is PresenceConfirmed);

    private void BePresent(double start, double end, double every)
    {
        for (double t = start + every; t < end; t += every)
        {
            Report(t, new PresenceConfirmed("the load glows"));
        }

        Report(end, new PresenceConfirmed("the load glows"));
    }

    private void MeasureSupply(int cells)
    {
        int supply = cells > 1 ? -1 : Enumerable.Range(0, Session.Pack.Tools.BenchSupplies.Length).MaxBy(k => Session.Pack.Tools.BenchSupplies[k].Current.Value);
        Report(new SupplyMeasured(supply, cells > 1 ? Session.Pack.Tools.SmartCharger!.Absorption : Session.Pack.Module.BenchSetpoint, PolarityRight: true));
    }

    private void ChargeCells(RequestCellCharge request)
    {
        Permit(request);
        owner.Wait(default);
        double start = owner.Elapsed.Value;
        Report(new StepStarted(request.Charge) { Supply = request.Supply });
        CellChargeSeen seen = owner.ChargeCells(
            request.Charge.Cells, request.Charge.Supply, request.Charge.UntilRed, request.Charge.UntilTaperedTo, request.Charge.Limit);
        if (request.Charge.Cells.Length > 1)
        {
            BePresent(start, owner.Elapsed.Value, 240);
        }

        Report(new CellChargeEnded(request.Charge.Cells[0], seen.Ended)
        {
            Red = seen.Lamps is { NotSeen.IsEmpty: true, OthersNotSeen: false } lamps ? lamps.Red : null,
            Tripped = seen.Tripped,
            EndCurrent = seen.EndCurrent,
        });
    }
}
