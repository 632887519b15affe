using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Procedure;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Sessions;

namespace TopBalance.Cli.Sessions;

/// <summary>Something that can be typed in a session.</summary>
/// <param name="Name">Its first word.</param>
/// <param name="Usage">What follows; its words are <c>typed.NAME</c> in the catalogue.</param>
/// <param name="Do">Does it. What it throws is told and changes nothing.</param>
internal sealed record TypedCommand(string Name, string Usage, Action<SessionTable, Words> Do)
{
    /// <summary>All of them, in the order in which help lists them.</summary>
    public static ImmutableArray<TypedCommand> All { get; } =
    [
        new("start", "[ charge [AMPS] [for MIN] | drain CELL MIN | test | rest ]", Start),
        Note("accept", "", static _ => new WarningsAccepted()),
        new("check", "CODE …", static (t, w) =>
        {
            while (!w.IsEmpty)
            {
                t.Report(new CheckConfirmed(w.One([.. PreChecks.All.Select(c => (c.Code, c.Code))])), 0);
            }
        }),
        new("volts", "VOLTS | CELL VOLTS …", Volts),
        Note("reversed", "CELL …", static w => new CellsMeasured(ImmutableSortedDictionary<int, Volts>.Empty) { Reversed = w.Cells() }),
        Note("temp", "COLDEST [WARMEST]", static w =>
        {
            double coldest = w.Number("°C");
            return new TemperatureMeasured(new Celsius(coldest), new Celsius(w.NumberIfAny("°C") ?? coldest));
        }),
        Note("loop", "stopped|ran buzzer|silent again|dead [SECONDS]", static w =>
            new LoopTested(w.One(("stopped", true), ("ran", false)), w.One(("buzzer", true), ("silent", false)))
        {
            ChargedAgain = w.One(("again", true), ("dead", false)),
            After = w.NumberIfAny("seconds") is { } s ? new Seconds(s) : null,
        }),
        Note("end", "hvc|charged|stopped|mains [AMPS] | cell N red|tapered|stopped|alarm [CELL] | drain CELL | rest [dark]", End),
        Note("off", "", static _ => new AllOff()),
        Note("lamps", "CELL … [dark CELL …] [others dark]", static w => new LampsNoted(w.Cells(), w.Take("dark") ? w.Cells() : [])
        {
            OthersDark = w.Take("others") && w.One(("dark", true)),
        }),
        Note("lamp", "CELL", static w => new LampCameOn(w.Cell())),
        Note("trip", "CELL | none | missed", static w =>
            new TripNoted(w.Take("none") ? Trip.None : w.Take("missed") ? Trip.Unseen : Trip.Of(w.Cell()))),
        new("pack", "VOLTS", static (t, w) =>
        {
            Volts volts = w.VoltsOf(t.Desk.Session.Pack.Series, "the pack", "V");
            double ago = w.Ago();
            w.End();
            t.Report(new PackMeasured(volts), ago);
        }),
        Note("supply", "N VOLTS [wrong]", static w =>
        {
            int supply = (int)w.Number("the number of a supply, from 1; 0 for the 12 V charger") - 1;
            return new SupplyMeasured(supply, supply < 0 ? w.VoltsOf(4, "four cells", "V") : w.CellVolts("V"), !w.Take("wrong"));
        }),
        Note("reset", "", static _ => new IgnitionCycled()),
        Note("here", "WHAT YOU SEE", static w => new PresenceConfirmed(w.Rest("what you see there"))),
        Note("choose", "METHOD", static w => new MethodChosen(w.One([.. Methods.BalancingMethods.All.Select(m => (m.Name, m.Name))]))),
        Note("used", "AH", static w => new PackUsed(new AmpereHours(w.Number("Ah")))),
        Note("wrong", "hot|smell|smoke|swelling|spark|other WHAT", static w => new TroubleReported(
            w.One(("hot", TroubleKind.Hot), ("smell", TroubleKind.Smell), ("smoke", TroubleKind.Smoke),
                ("swelling", TroubleKind.Swelling), ("spark", TroubleKind.Spark), ("other", TroubleKind.Other)),
            w.Rest("what is wrong"))),
        Note("over", "WHAT IT WAS", static w => new TroubleOver(w.Rest("what it was"))),
        Note("changed", "charger|head-board|wiring|pack", static w => new PartChanged(
            w.One(("charger", TestedPart.Charger), ("head-board", TestedPart.HeadBoard), ("wiring", TestedPart.Wiring),
                ("pack", TestedPart.Pack)))),
        new("undo", "[LINE] [WHY]", static (t, w) =>
        {
            int line = (int)(w.NumberIfAny("the number of a line") ?? t.Desk.Session.Log.Count);
            t.Report(new EntryCorrected(line, null, w.IsEmpty ? "taken back" : w.Rest("why")), 0);
        }),
        Note("settle", "LINE counts|out WHY", static w =>
            new DisputeSettled((int)w.Number("the number of a line"), w.One(("counts", true), ("out", false)), w.Rest("why"))),
        new("verdict", "", static (t, _) => t.Judge()),
        Note("pause", "", static _ => new SessionPaused()),
        Note("resume", "", static _ => new SessionResumed()),
        Note("abandon", "WHY", static w => new SessionAbandoned(w.Rest("why"))),
        new("cells", "", static (t, _) => t.ShowCells()),
        new("belief", "", static (t, _) => t.ShowBelief()),
        new("why", "", static (t, _) => t.ShowWhy()),
        new("log", "", static (t, _) => t.ShowLog()),
        new("wait", "MIN  (practice)", static (t, w) => t.Wait(w.Number("minutes"))),
        new("auto", "[N]  (practice)", static (t, w) => t.Auto((int)(w.NumberIfAny("how many steps") ?? SessionTable.MostSteps))),
        new("help", "", static (t, _) => t.ShowHelp()),
    ];

    // a report; any may end with 'ago MINUTES'
    private static TypedCommand Note(string name, string usage, Func<Words, SessionEvent> read) => new(name, usage, (table, words) =>
    {
        SessionEvent happened = read(words);
        double ago = words.Ago();
        words.End();
        table.Report(happened, ago);
    });

    private static void Start(SessionTable table, Words words)
    {
        Stamp now = table.Desk.Now;
        PackSpec pack = table.Desk.Session.Pack;
        table.Begin(words.IsEmpty ? null : words.Next("what") switch
        {
            "test" => new RequestTestCharge(now),
            "rest" => null,
            "charge" => new RequestCharge(now, new Charge
            {
                Current = words.NumberIfAny("A") is { } amps ? new Amperes(amps) : null,
                Limit = words.Take("for") ? new Seconds(60 * words.Number("minutes")) : null,
            }),
            "drain" => new RequestDrain(now, new DrainCell(
                words.Cell(), pack.Tools.DrainLoad ?? throw NoLoad(), new Seconds(60 * words.Number("minutes")))),
            string other => throw new InputException(null, 0, null, $"saw {OneLine.Quote(other)}, expected charge, drain, test or rest"),
        }, rest: words.Line.EndsWith(" rest", StringComparison.Ordinal));
    }

    private static InputException NoLoad() => new(null, 0, null, "there is no drain load among the tools");

    private static void Volts(SessionTable table, Words words)
    {
        var cells = ImmutableSortedDictionary.CreateBuilder<int, Volts>();
        string all = words.Line["volts".Length..].Trim();
        if (!all.Contains(' ', StringComparison.Ordinal))
        {
            Volts each = words.CellVolts("V");
            cells.AddRange(Enumerable.Range(1, table.Desk.Session.Pack.Series).Select(n => KeyValuePair.Create(n, each)));
        }

        while (!words.IsEmpty)
        {
            cells[words.Cell().Value] = words.CellVolts("V");
        }

        table.Report(new CellsMeasured(cells.ToImmutable()), 0);
    }

    private static SessionEvent End(Words w)
    {
        if (w.Take("drain"))
        {
            return new DrainEnded(w.Cell());
        }

        if (w.Take("rest"))
        {
            return new RestEnded(w.Take("dark"));
        }

        if (w.Take("cell"))
        {
            CellNumber first = w.Cell();
            CellChargeEnding how = w.One(("red", CellChargeEnding.Red), ("tapered", CellChargeEnding.Tapered),
                ("stopped", CellChargeEnding.Stopped), ("alarm", CellChargeEnding.Alarm));
            CellNumber? tripped = how == CellChargeEnding.Alarm && w.Cells() is [var cell] ? cell : null;
            return new CellChargeEnded(first, how) { Tripped = tripped is { } which ? Trip.Of(which) : default };
        }

        ChargeEnding ended = w.One(("hvc", ChargeEnding.Hvc), ("charged", ChargeEnding.Charged), ("stopped", ChargeEnding.Stopped),
            ("mains", ChargeEnding.Mains));
        return new ChargeEnded(ended) { EndCurrent = w.NumberIfAny("A") is { } amps ? new Amperes(amps) : null };
    }
}
