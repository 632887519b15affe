using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Procedure;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Tests.Frozen;

namespace TopBalance.Tests.Procedure;

/// <summary>A session in the making, with a clock on the wall and a steady one that the test moves.</summary>
internal sealed class PlayedSession
{
    public static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private double steady;

    public PlayedSession(PackSpec pack, bool practice = false)
    {
        Wall = Noon;
        Session = Guide.Begin(new SessionEntry(1, Now, new SessionBegun(pack, 7) { Practice = practice }));
    }

    public Session Session { get; private set; }

    /// <summary>The clock on the wall; can be set wrong.</summary>
    public DateTimeOffset Wall { get; set; }

    /// <summary>No steady clock runs.</summary>
    public bool WithoutSteadyClock { get; set; }

    /// <summary>Which run of the steady clock.</summary>
    public string Clock { get; set; } = "boot-1";

    public Stamp Now => Stamp.Now(Wall, WithoutSteadyClock ? null : new Tick(Clock, steady));

    public IEnumerable<SessionEntry> Log => Session.Log.Select(p => p.Entry);

    public PlayedSession Wait(double minutes)
    {
        Wall += TimeSpan.FromMinutes(minutes);
        steady += 60 * minutes;
        return this;
    }

    public PlayedSession Report(params IEnumerable<SessionEvent> events)
    {
        foreach (SessionEvent happened in events)
        {
            Session = Guide.Evolve(Session, new SessionEntry(Session.Log.Count + 1, Now, happened));
        }

        return this;
    }

    public PlayedSession ReportLate(double minutesAgo, SessionEvent happened, double withinMinutes = 0)
    {
        var late = new Stamp(Wall.AddMinutes(-minutesAgo), Wall) { Tick = Now.Tick, Within = new Seconds(60 * withinMinutes) };
        Session = Guide.Evolve(Session, new SessionEntry(Session.Log.Count + 1, late, happened));
        return this;
    }

    /// <summary>Asks, and notes what was permitted.</summary>
    public Decision Ask(Func<Stamp, SessionRequest> request)
    {
        Decision decision = Guide.Decide(Session, request(Now));
        if (decision is Decision.Permitted permitted)
        {
            Report(permitted.Events);
        }

        return decision;
    }

    public PlayedSession Begin(Func<Stamp, SessionRequest> request, int? supply = null)
    {
        Decision decision = Ask(request);
        decision.ShouldBeOfType<Decision.Permitted>(decision is Decision.Refused no ? string.Join("; ", no.Because.Select(b => b.Why.ToString())) : "");
        Step step = ((StepPermitted)((Decision.Permitted)decision).Events[0]).Step;
        return Report(new StepStarted(step) { Supply = supply });
    }

    public PlayedSession Checked()
    {
        PackSpec pack = Session.Pack;
        Report(new WarningsAccepted());
        Report(PreChecks.All.Where(c => c.Applies(pack)).Select(c => new CheckConfirmed(c.Code)));
        return Report(new CellsMeasured(Volts(pack, 3.3)), new TemperatureMeasured(new Celsius(20), new Celsius(21)));
    }

    public PlayedSession LoopProved()
    {
        Begin(at => new RequestTestCharge(at));
        return Wait(2).Report(new LoopTested(ChargerStopped: true, Buzzer: true) { After = new Seconds(1), ChargedAgain = true })
            .Wait(1).Report(new ChargeEnded(ChargeEnding.Stopped));
    }

    public PlayedSession Ready() => Checked().LoopProved();

    /// <summary>Charges until a cell trips; these lamps are red, all others dark.</summary>
    public PlayedSession ChargedTo(double minutes, int tripped, params int[] red) =>
        Begin(at => new RequestCharge(at, new Charge())).Wait(minutes).Report(new ChargeEnded(ChargeEnding.Hvc))
            .Report(new LampsNoted(Numbers(red), []) { OthersDark = true })
            .Report(new TripNoted(Trip.Of(new CellNumber(tripped))))
            .Wait(1).Report(new IgnitionCycled());

    public static ImmutableArray<CellNumber> Numbers(params int[] cells) => [.. cells.Select(c => new CellNumber(c))];

    public static ImmutableSortedDictionary<int, Volts> Volts(PackSpec pack, double volts) =>
        Enumerable.Range(1, pack.Series).ToImmutableSortedDictionary(c => c, _ => new Volts(volts));

    public static ToolSpecs Tools { get; } = new()
    {
        BenchSupplies = [new BenchSupplySpec(new Amperes(5)), new BenchSupplySpec(new Amperes(5))],
        SmartCharger = new SmartChargerSpec(new Amperes(10), new Volts(14.4)),
        DrainLoad = DrainLoadSpec.Resistor(new Ohms(3.3)),
        ChargerCurrentMin = new Amperes(0.5),
    };

    public static PackSpec Pack(int cells = 8) => FrozenPack.Of([.. Enumerable.Repeat(0.6, cells)]) with
    {
        Cells = [],
        Unknowns = new Unknowns { SocMin = 0.5, SocMax = 0.7 },
        Tools = Tools,
    };

    public static SupplySetting Bench(double volts = 3.55) => SupplySetting.Bench(new Volts(volts), new Amperes(5));

    public static DrainCell Dose(int cell, double minutes) => new(new CellNumber(cell), Tools.DrainLoad!, new Seconds(60 * minutes));
}
