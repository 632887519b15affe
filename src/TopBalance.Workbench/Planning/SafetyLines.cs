using System.Collections.Immutable;
using TopBalance.Packs;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Workbench.Planning;

/// <summary>What to mind at each kind of step; most of it is the vendor's paper.</summary>
internal static class SafetyLines
{
    // UN Regulation No. 100: direct voltage above 60 V is high voltage
    private const double TouchLimitVolts = 60;

    private const string Proof = "Start a short charge, stay with it and open the loop by hand: the charger must stop. "
        + "If it does not, do not charge.";

    /// <summary>A charge of the whole pack.</summary>
    public static ImmutableArray<string> Charge(PlanState state, bool held) =>
    [
        .. Loop(state),
        Invariant($"Set the charger to {SetPoint(state.Pack)} before it is connected; never higher to get done sooner."),
        held
            ? "Look in at least every two hours; if a green lamp goes out or the buzzer sounds, the charger must have stopped."
            : "At the end watch for the one green lamp that goes out, and note the red ones: lamps count only in that moment.",
        .. Touch(state.Pack),
    ];

    private static string[] Loop(PlanState state) => state.LoopProven is true ? []
        : state.Now.Charges == 0 ? ["Before the first charge prove the loop. " + Proof]
        : ["No loop test is noted: before the next charge prove the loop. " + Proof];

    /// <summary>A load on one cell.</summary>
    public static ImmutableArray<string> Drain(PackSpec pack, double watts) =>
    [
        "Do not leave the pack while the load is on. Set a timer, and take the load off when it rings or the buzzer sounds.",
        Invariant($"The load turns up to {watts:0.#}\u00a0W into heat{Rating(pack, watts)}: keep it off insulation, cells and modules."),
        "Read the cell's number twice. Touch no other cell terminal and no cell module.",
        "The charger is off meanwhile.",
        .. Touch(pack),
    ];

    /// <summary>A bench supply on one cell.</summary>
    public static ImmutableArray<string> Single(PackSpec pack, double volts, int atOnce) =>
    [
        Invariant($"Set {CellVoltage(volts)} with the output open and measure it, before it is connected: on the cell ")
            + Invariant($"the display shows the cell's voltage. Never turn it up to make up for the leads."),
        "Plus to plus, minus to minus of this one cell; read its number twice.",
        .. Supplies(pack, atOnce),
        "The charger is off and disconnected meanwhile.",
        Invariant($"At {CellVoltage(volts)}, below HVC, it may be left alone between looks. The supply gets hot and needs air."),
        .. Touch(pack),
    ];

    /// <summary>A 12 V charger on four cells.</summary>
    public static ImmutableArray<string> Four(PackSpec pack) =>
    [
        "Never leave it: the BMS does not control this charger, and a cell overcharges if nobody hears the buzzer. "
            + "Switch it off at the buzzer.",
        "Begin only when the buzzer is silent: while it sounds, nothing tells that another cell is full.",
        "No boost, recondition or desulphation stage.",
        "Plus on the highest cell of the four, minus on the lowest; measure the voltage across them first, about 13 V.",
        "The charger of the pack is off and disconnected meanwhile, and no other supply is on the pack.",
        .. Touch(pack),
    ];

    /// <summary>Nothing connected.</summary>
    public static ImmutableArray<string> Rest { get; } =
        ["Switch the charger off and connect nothing. Cell modules get warm while their red lamps are lit: leave them air."];

    /// <summary>All cells in parallel.</summary>
    public static ImmutableArray<string> Parallel(PackSpec pack) =>
    [
        "Take every series link off before the first parallel link goes on: one forgotten link is a dead short.",
        "Join only cells whose voltages are within 0.05 V of each other.",
        .. Touch(pack),
    ];

    /// <summary>The loop has failed its test.</summary>
    public static ImmutableArray<string> Loop(PackSpec pack) =>
        ["Do not charge while the BMS cannot stop the charger: nothing else protects the fullest cell.", Proof, .. Touch(pack)];

    private static string SetPoint(PackSpec pack) =>
        $"{PackVoltage(pack.Charger.Voltage.Value)} ({CellVoltage(pack.Charger.Voltage.Value / pack.Series)} per cell)";

    private static string[] Supplies(PackSpec pack, int atOnce) => atOnce > 1
        ? ["Each supply has only its own leads on the pack; a meter or computer joined to one of them must float too."]
        : pack.Tools.BenchSupplies.Length > 1
            ? ["One supply at a time: two on different cells short those between, unless a meter has shown that both outputs float."]
            : [];

    private static string Rating(PackSpec pack, double watts) => pack.Tools.DrainLoad?.Rating is not { } rating ? ""
        : rating.Value < watts ? Invariant($", more than the {rating.Value:0.#}\u00a0W it is rated for")
        : Invariant($" (it is rated for {rating.Value:0.#}\u00a0W)");

    private static string[] Touch(PackSpec pack) => pack.Charger.Voltage.Value <= TouchLimitVolts
        ? []
        : ["Above 60\u00a0V DC a touch can kill: insulated tools, covered terminals, no rings, one hand, never alone."];
}
