using System.Collections.Immutable;
using TopBalance.Inference;
using TopBalance.Methods;
using TopBalance.Packs;
using TopBalance.Workbench.Simulations;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Workbench.Planning;

/// <summary>Turns a method's proposal into a step for a person, with exact settings.</summary>
internal static class NextSteps
{
    /// <summary>The step.</summary>
    public static NextStep Of(Proposal proposal, PlanState state) => proposal switch
    {
        ChargePack or HoldPack when state.LoopProven is false => LoopFailed(state),
        ChargePack charge => Charge(charge, state),
        HoldPack hold => Hold(hold, state),
        LetShuntsBleed => Bleed(),
        DrainDose dose => Drain(dose, state),
        ChargeSingles singles => Singles(singles, state),
        ChargeFour four => Four(four, state),
        JoinAll join => Join(join, state),
        Finished => new NextStep("none", "Nothing: the pack is balanced.", Level(state)),
        GiveUp stuck => new NextStep("none", "Stop here and look for the cause.", Sentence(stuck.Reason)),
        _ => throw new ArgumentOutOfRangeException(nameof(proposal), proposal, "Unknown proposal."),
    };

    private static NextStep LoopFailed(PlanState state) => new(
        "loop_test",
        "Find out why the BMS did not stop the charger, then test the loop again.",
        "The last loop test failed: the charger went on.")
    {
        Safety = SafetyLines.Loop(state.Pack),
    };

    private static NextStep Charge(ChargePack charge, PlanState state)
    {
        double amps = Down(charge.Current.Value, 100);
        double watch = WatchFrom(state, charge.Current.Value);
        string when = watch >= 10 ? $"be at the pack from {Hours.Of(watch / 60)} on" : "stay at the pack from the start";
        string measure = charge.Measure ? " While the red lamps come on, measure every cell with a meter, and note the volts." : "";
        return new NextStep(
            "charge",
            Invariant($"{Reset(state)}harge the whole pack at {amps:0.##}\u00a0A until the BMS or the charger ends it; {when}.{measure}"),
            Why(charge, state))
        {
            ChargerV = state.Pack.Charger.Voltage.Value,
            CurrentA = amps,
            WatchFromMinutes = watch,
            Until = "the BMS trips, or the charger has tapered",
            Safety = SafetyLines.Charge(state, held: false),
        };
    }

    private static string Why(ChargePack charge, PlanState state) =>
        state.Now.Charges == 0
            ? "Nothing is known of the single cells before their first full charge: it shows which one is fullest and which are dark."
            : charge.Measure
                ? "All lamps are red; the modules differ by more than the cells may, and only a meter sees past them."
            : charge.Current.Value < 0.99 * state.Pack.Charger.Current.Value
                ? "The lamps are red, but not how level the cells are: with less current lamp and trip lie closer together."
            : "It shows which cell trips now and which lamps are lit; all that was done since the last charge is judged by it.";

    private static NextStep Hold(HoldPack hold, PlanState state)
    {
        (double amps, double minutes) = (Down(hold.Current.Value, 100), Minutes(hold.Duration.Value));
        return new NextStep(
            "charge",
            Invariant($"{Reset(state)}harge the whole pack at {amps:0.##}\u00a0A for {Hours.Of(minutes / 60)}, then look at the lamps."),
            Invariant($"A shunt carries {state.Now.ShuntAmps:0.00}\u00a0A: at this current full cells are held while ")
                + Invariant($"the others catch up, and nobody has to stand by."))
        {
            ChargerV = state.Pack.Charger.Voltage.Value,
            CurrentA = amps,
            Minutes = minutes,
            Safety = SafetyLines.Charge(state, held: true),
        };
    }

    private static NextStep Bleed() => new(
        "rest",
        "Leave the pack alone until the last red lamp has gone out.",
        "Shunts take the full cells down while nobody stands by; the next charge then brings the others nearer.")
    {
        Until = "the last red lamp is out",
        Safety = SafetyLines.Rest,
    };

    private static NextStep Drain(DrainDose dose, PlanState state)
    {
        DrainLoadSpec load = state.Pack.Tools.DrainLoad!;
        CellSituation cell = state.Now.Cells[dose.Cell.Index];
        double minutes = Minutes(dose.Duration.Value);
        double emptiest = state.Now.Cells.Max(c => c.ToFullAh.P50);
        string who = dose.Cell.Index == state.Now.Tripped ? "tripped" : "is the fullest as far as is known";
        string size = load.Resistance is { } ohms
            ? Invariant($"{ohms.Value:0.##}\u00a0Ω")
            : Invariant($"{load.Current!.Value.Value:0.##}\u00a0A");
        double volts = state.Pack.Module.Hvc.Value;
        return new NextStep(
            "drain",
            Invariant($"Drain cell {dose.Cell} with {size} for {Time(minutes)}, about {Wording.Charge(dose.Charge.Value)}."),
            Invariant($"Cell {dose.Cell} {who} and lacks {Range(cell.ToFullAh)}, the emptiest about ")
                + Invariant($"{emptiest:0.0}\u00a0Ah; the dose is small enough not to make it the emptiest."))
        {
            Cell = dose.Cell.Value,
            LoadOhm = load.Resistance?.Value,
            LoadA = load.Current?.Value,
            Minutes = minutes,
            Ah = dose.Charge.Value,
            Safety = SafetyLines.Drain(state.Pack, load.AmperesAt(volts) * volts),
        };
    }

    private static NextStep Singles(ChargeSingles singles, PlanState state)
    {
        int first = singles.Cells[0].Value, many = singles.Cells.Length;
        (double volts, double amps) = (singles.Voltage.Value, Down(singles.Current.Value, 100));
        double lacks = singles.Cells.Sum(c => Math.Max(0, state.Now.Cells[c.Index].ToFullAh.P50));
        string rest = many == 1 ? "" : Invariant($" Then the same with {Cells([.. singles.Cells.Skip(1).Select(c => c.Value)])}.");
        string all = many == 1 ? $"Cell {first} has" : Invariant($"{many} cells have");
        return new NextStep(
            "charge_cell",
            Invariant($"Charge cell {first} at {CellVoltage(volts)} and at most {amps:0.##}\u00a0A until its red lamp is lit.{rest}"),
            Invariant($"{all} shown no red lamp since; {(many == 1 ? "it lacks" : "together they lack")} about ")
                + Invariant($"{lacks:0}\u00a0Ah, and cell {first} {Range(state.Now.Cells[singles.Cells[0].Index].ToFullAh)}."))
        {
            Cells = [first],
            Then = many == 1 ? null : [.. singles.Cells.Skip(1).Select(c => c.Value)],
            AtOnce = singles.AtOnce > 1 ? singles.AtOnce : null,
            SupplyV = volts,
            SupplyA = amps,
            EndA = Math.Round(singles.Taper.Value, 2),
            MostMinutes = Math.Ceiling(singles.Limit.Value / 60),
            Until = "its red lamp is lit, or the current has fallen to end_a",
            Safety = SafetyLines.Single(state.Pack, volts, singles.AtOnce),
        };
    }

    private static NextStep Four(ChargeFour four, PlanState state)
    {
        SmartChargerSpec charger = state.Pack.Tools.SmartCharger!;
        ImmutableArray<int> cells = [.. Enumerable.Range(four.First.Value, 4)];
        double sum = cells.Sum(c => Math.Max(0, state.Now.Cells[c - 1].ToFullAh.P50));
        double least = cells.Min(c => state.Now.Cells[c - 1].ToFullAh.P05);
        return new NextStep(
            "charge_cell",
            Invariant($"Charge {Cells(cells)} in series with the 12\u00a0V charger, standing by, until all four are ")
                + Invariant($"red or the buzzer sounds."),
            Invariant($"They are neighbours, none has shown a red lamp since, and together they lack about {sum:0}\u00a0Ah."))
        {
            Cells = cells,
            SupplyV = charger.Absorption.Value,
            SupplyA = charger.Current.Value,
            WatchFromMinutes = Math.Max(0, 5 * Math.Floor(least / charger.Current.Value * 60 / 5)),
            Until = "all four are red, or the buzzer sounds",
            Safety = SafetyLines.Four(state.Pack),
        };
    }

    private static NextStep Join(JoinAll join, PlanState state) => new(
        "charge_cell",
        Invariant($"Join all cells in parallel and charge them at {CellVoltage(join.Voltage.Value)} until the current has tapered."),
        "For comparison only: with a shunting BMS the cells can stay where they are.")
    {
        SupplyV = join.Voltage.Value,
        SupplyA = Down(join.Current.Value, 100),
        Until = "the current has tapered",
        Safety = SafetyLines.Parallel(state.Pack),
    };

    // "C" or "Cycle the ignition, then c": the head board stays latched after a trip
    private static string Reset(PlanState state) => state.Latched ? "Cycle the ignition key, then c" : "C";

    private static string Level(PlanState state)
    {
        string share = Invariant($"1\u00a0% of {state.Now.CapacityAh:0.#}\u00a0Ah");
        return $"Every cell has been red, and they are level to within {Wording.Charge(state.Now.SpreadAh)}, less than {share}.";
    }

    // a little before the fullest cell can be full; the ammeter may show a few percent too little
    private static double WatchFrom(PlanState state, double amps) => 5 * Math.Floor(0.95 * state.LeastToFullAh / amps * 60 / 5);

    private static string Range(Interval90 lacks) => Invariant($"{Rounded(lacks.P05, 1):0.0} to {Rounded(lacks.P95, 1):0.0}\u00a0Ah");

    // what a person can time, never longer than it should be
    private static double Minutes(double seconds) => Down(seconds / 60, seconds < 600 ? 10 : 1);

    private static string Time(double minutes) => minutes < 120 ? Invariant($"{minutes:0.#}\u00a0minutes") : Duration(60 * minutes);

    private static double Down(double value, double steps) => Math.Floor((value * steps) + 1e-9) / steps;

    private static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..] + ".";
}
