using System.Collections.Immutable;
using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Procedure;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Verification.Verdicts;
using TopBalance.Workbench.Store;
using TopBalance.Workbench.Tests.Files;

namespace TopBalance.Workbench.Tests.Store;

/// <summary>One of every kind of event at least, with all its fields.</summary>
internal static class EventSamples
{
    private static readonly CellNumber Two = new(2);

    public static ImmutableArray<SessionEvent> All { get; } =
    [
        Begun(), new WarningsAccepted(), new CheckConfirmed("lugs"),
        new CellsMeasured(ImmutableSortedDictionary<int, Volts>.Empty.Add(1, new Volts(3.301)).Add(4, new Volts(3.3))) { Reversed = [Two] },
        new TemperatureMeasured(new Celsius(18), new Celsius(21.5)), new PackMeasured(new Volts(14.31)), new SupplyMeasured(0, new Volts(3.55), PolarityRight: true),
        new PartChanged(TestedPart.HeadBoard), new LoopTested(ChargerStopped: true, Buzzer: true) { After = new Seconds(1), ChargedAgain = true },
        new StepPermitted(new Charge { Limit = new Seconds(300) }), new StepStarted(new Charge { Current = new Amperes(10) }),
        new StepStarted(new Rest { UntilShuntsOff = true }),
        new StepStarted(new DrainCell(Two, DrainLoadSpec.Resistor(new Ohms(3.3), new Watts(10)), new Seconds(480))),
        new StepStarted(new DrainCell(Two, DrainLoadSpec.ConstantCurrent(new Amperes(1)), new Seconds(480))),
        new StepStarted(new ChargeCells([Two], SupplySetting.Bench(new Volts(3.55), new Amperes(5), new Ohms(0.02))) { UntilRed = true, UntilTaperedTo = new Amperes(1) }) { Supply = 0 },
        new ChargeEnded(ChargeEnding.Hvc) { EndCurrent = new Amperes(9.8), Charge = new AmpereHours(30.4) },
        new CellChargeEnded(Two, CellChargeEnding.Alarm) { Red = [Two], Tripped = Trip.Of(Two), EndCurrent = new Amperes(2) },
        new DrainEnded(Two), new RestEnded(LastLampOut: true), new AllOff(), new LampsNoted([Two], [new CellNumber(3)]) { OthersDark = true }, new LampCameOn(Two),
        new TripNoted(Trip.None), new TripNoted(Trip.Of(Two)), new IgnitionCycled(), new PackUsed(new AmpereHours(62)), new PresenceConfirmed("0.98 A"),
        new MethodChosen("bench-supply"), new TroubleReported(TroubleKind.Hot, "a lug is hot"), new TroubleOver("it was loose"),
        new EntryCorrected(5, new TripNoted(Trip.Unseen), "I did not see it") { HappenedAt = new DateTimeOffset(2026, 5, 1, 10, 0, 0, TimeSpan.Zero) },
        new EntryCorrected(5, null, "it was nothing"), new DisputeSettled(6, Counts: true, "it was so"), new AdviceGiven("drain", [Two], "Drain cell 2 for 8 min."),
        new VerdictGiven(VerdictOutcome.Inconclusive), new SessionPaused(), new SessionResumed(), new SessionAbandoned("sold the car"),
    ];

    private static SessionBegun Begun()
    {
        (PackSpec pack, ImmutableArray<PackText> texts) = ResolvedPack.Read(Path.Combine(Repository.Root, "examples", "four-cells.yaml"));
        return new SessionBegun(pack, ulong.MaxValue) { Files = texts, CheckUp = new CheckUp("20250501-1200-abcdef", [.. Enumerable.Repeat(new Interval90(0.1, 0.2, 0.4), 4)], 11.5) };
    }
}
