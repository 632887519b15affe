using TopBalance.Packs;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Workbench.Simulations;

/// <summary>A simulation told to the person at the pack.</summary>
/// <param name="Headline">What happened.</param>
/// <param name="Meaning">What it means.</param>
/// <param name="Next">What to do next.</param>
public sealed record SimulationAdvice(string Headline, string Meaning, string Next)
{
    // a cell under a small load, somewhere on the plateau
    private const double LoadedVolts = 3.3;

    // what a bench supply gives, and a drain load takes, where the pack file names none
    private const double UsualSupplyAmps = 5, UsualLoadAmps = 1;

    /// <summary>Reads a summary as the vendor's paper would.</summary>
    public static SimulationAdvice Of(SimulationSummary summary)
    {
        SimulationAdvice advice = OfEnd(summary);
        advice = advice with { Placeholders = StandIns(summary.Spec), Outside = summary.OutsideTrusted ?? "" };
        return Danger(summary) is { } danger ? advice with { Meaning = $"{danger} {advice.Meaning}" } : advice;
    }

    /// <summary>Which numbers in use have no source; empty if all have one.</summary>
    public string Placeholders { get; private init; } = "";

    /// <summary>What lies outside of where the cell's curves were measured; empty if nothing does.</summary>
    public string Outside { get; private init; } = "";

    /// <summary>Which numbers in use have no source, in a sentence; empty if all have one.</summary>
    public static string StandIns(PackSpec pack)
    {
        string[] parts = [.. pack.Placeholders.Select(p => $"{p.Part} {string.Join(", ", p.Keys)}")];
        return parts.Length == 0
            ? ""
            : $"Placeholders in use, numbers without a source: {string.Join("; ", parts)}. Figures near full are rough.";
    }

    private static SimulationAdvice OfEnd(SimulationSummary summary) => summary.Ended.Reason switch
    {
        "hvc" => Tripped(summary),
        "charged" => Charged(summary),
        "stuck" when summary.Ended.SettlesVolts is { } volts => NeverRestarted(summary, volts),
        "stuck" => NeverFinished(summary),
        "loop" => Loop(summary),
        "lvc" => new(
            $"{Who(summary)} fell to LVC {When(summary)} and stopped the charger.",
            "It lost charge while the pack was charged: something drains it faster than the charger fills it, a shunt that is stuck on for "
                + "one. A cell this empty may be damaged.",
            "Find what drains it and take it off. Then charge the cell singly, with care, and watch it."),
        _ => OutOfTime(summary),
    };

    private static SimulationAdvice Tripped(SimulationSummary s)
    {
        string headline = $"{Who(s)} tripped HVC {When(s)} and stopped the charger.";
        List<int> dark = Dark(s);
        if (dark.Count == 0)
        {
            return new(
                headline,
                "Every cell has reached shunting, so the pack is balanced. One cell that still trips HVC is no failure while that is so.",
                $"{Measure(s)} {Who(s)} may differ in internal resistance; note it and see whether it gets worse.");
        }

        string meaning = $"{Who(s)} is the fullest. {Count(dark.Count, "cell has", "cells have")} no red lamp and "
            + $"{(dark.Count == 1 ? "is" : "are")} not full: {Range(s, dark)}. "
            + $"Until then the pack gives {Charge(s.UsableAh.Now)} of {Charge(s.UsableAh.Balanced)}.";
        return new(headline, meaning, "Lamps count only at this moment: shunts bleed on and the red ones go out. " + Choice(s, dark));
    }

    // the paper: most lamps lit, charge the dark cells singly; few, drain the fullest and cycle the charger; the work of both is told
    private static string Choice(SimulationSummary s, List<int> dark)
    {
        string bench = CellVoltage(s.Spec.Module.BenchSetpoint.Value);
        if (2 * s.RedCount >= s.Cells.Length)
        {
            return $"Most are lit: charge {Cells(dark)} singly with a bench supply set to {bench}, until the red lamp comes up.";
        }

        double supplyAmps = s.Spec.Tools.BenchSupplies.Select(b => b.Current.Value).DefaultIfEmpty(UsualSupplyAmps).Max();
        double loadAmps = s.Spec.Tools.DrainLoad?.AmperesAt(LoadedVolts) ?? UsualLoadAmps;
        CellSummary emptiest = s.Cells.MaxBy(c => c.ToFullAh)!;
        double charge = dark.Sum(d => s.Cells[d - 1].ToFullAh);
        double drain = s.Cells.Sum(c => emptiest.ToFullAh - c.ToFullAh);
        return $"Only {Invariant($"{s.RedCount} of {s.Cells.Length}")} {(s.RedCount == 1 ? "is" : "are")} lit. There are two ways on. "
            + $"(1) Fill the dark cells: charge each singly with a bench supply set to {bench} until its red lamp is lit. That is "
            + $"{Charge(charge)} in all, {Hours(charge, supplyAmps)}. A 12 V charger does four adjacent cells at once, but only while "
            + "somebody watches. (2) Empty the full ones: drain the cell that tripped by a fraction of an Ah, cycle the ignition, charge "
            + "again, drain the cell that trips then, and so on. That is "
            + $"{Charge(drain)} in all until every cell is down to cell {new CellNumber(emptiest.Cell)}, {Hours(drain, loadAmps)}.";
    }

    private static SimulationAdvice Charged(SimulationSummary s)
    {
        string headline = $"The charger finished on its own {When(s)}; no cell tripped HVC.";
        List<int> dark = Dark(s);
        if (dark.Count == 0)
        {
            return new(headline, "Every red lamp came up before the charger stopped: a well balanced pack.", Measure(s));
        }

        double setPoint = s.Spec.Charger.Voltage.Value / s.Spec.Series;
        string next = setPoint < s.Spec.Module.ShuntOn.Value
            ? $"The set-point is {CellVoltage(setPoint)} per cell, below the shunt level of {CellVoltage(s.Spec.Module.ShuntOn.Value)}: "
                + "set the charger right first."
            : $"Charge {Cells(dark)} singly with a bench supply set to {CellVoltage(s.Spec.Module.BenchSetpoint.Value)} "
                + "until the red lamp comes up, then charge the pack once more.";
        string meaning = $"{Count(dark.Count, "cell has", "cells have")} not reached shunting, so nobody knows that "
            + $"{(dark.Count == 1 ? "it is" : "they are")} full: {Range(s, dark)}.";
        return new(headline, meaning, next);
    }

    private static SimulationAdvice NeverRestarted(SimulationSummary s, double settlesVolts) => new(
        $"Stuck {When(s)}: the restart level is never reached. The highest cell settles at {CellVoltage(settlesVolts)}.",
        "With nothing connected its voltage falls no further, so the charger would wait for ever.",
        "Choose a --restart-below above that voltage.");

    private static SimulationAdvice NeverFinished(SimulationSummary s) => new(
        $"Stuck {When(s)}: the charger keeps {Amps(s.CurrentAmps)} flowing and never finishes.",
        $"Its termination current is {Amps(s.Spec.Charger.TerminationCurrent.Value)}; the shunts take all it gives; no cell reaches HVC.",
        "Raise the termination current above what the shunts take, or check the set-point.");

    private static SimulationAdvice Loop(SimulationSummary s) => s.Ended.TimeSeconds <= 0
        ? new(
            "The loop is open from the start: the charger does not run.",
            OpenContact(s) ?? "A wire of the loop is cut, or a module's contact is open.",
            "Find it before anything else; without the loop the BMS protects nothing.")
        : new(
            $"The charger did not start again {When(s)}: the loop is still open.",
            OpenContact(s) ?? "A cell is still above the level at which HVC clears.",
            "Wait longer: choose a lower --restart-below.");

    // whose module holds the loop open, and where its cell is
    private static string? OpenContact(SimulationSummary s)
    {
        if (s.Ended.Cell is not { } cell)
        {
            return null;
        }

        double volts = s.Cells[cell - 1].Volts;
        bool low = volts < (s.Spec.Module.Hvc.Value + s.Spec.Module.Lvc.Value) / 2;
        return $"The contact of cell {new CellNumber(cell)} is open: the cell is at {CellVoltage(volts)}, "
            + (low ? "too low for LVC to clear." : "too high for HVC to clear.");
    }

    private static SimulationAdvice OutOfTime(SimulationSummary s)
    {
        bool charging = s.CurrentAmps > 0;
        return new(
            $"The time given was over {When(s)}, {(charging ? "with the charger still on" : "while the pack rested")}.",
            charging && s.RedCount == 0
                ? "No red lamp is lit yet: which cells are full cannot be told before the very end of charge."
                : "What the lamps show now is not the end of charge.",
            "Give a longer --until to see the end.");
    }

    // the paper: do not go on if the BMS cannot stop the charger; an emptied cell is reversed and destroyed
    private static string? Danger(SimulationSummary s)
    {
        List<int> high = [.. s.Hazards.Where(h => h.Kind is "overcharge" or "over-hvc").Select(h => h.Cell).Distinct().Order()];
        List<int> reversed = [.. s.Hazards.Where(h => h.Kind is "reversal").Select(h => h.Cell).Distinct().Order()];
        if (high.Count > 0)
        {
            return $"DANGER: {Cells(high)} {Was(high)} driven above HVC and nothing stopped the charger. "
                + "Do not charge like this: prove first that the loop stops it.";
        }

        return reversed.Count > 0 ? $"DANGER: {Cells(reversed)} {Was(reversed)} emptied and reversed, which destroys a cell." : null;
    }

    private static string Measure(SimulationSummary s) =>
        $"Measure the pack at the end of charge: about {PackVoltage(s.PackVolts)} or {CellVoltage(s.VoltsPerCell.Value)} per cell.";

    private static string Was(List<int> cells) => cells.Count == 1 ? "was" : "were";

    private static List<int> Dark(SimulationSummary s) => [.. s.Cells.Where(c => !c.Red).Select(c => c.Cell)];

    private static string Range(SimulationSummary s, List<int> dark)
    {
        double least = dark.Min(d => s.Cells[d - 1].ToFullAh);
        CellSummary emptiest = dark.Select(d => s.Cells[d - 1]).MaxBy(c => c.ToFullAh)!;
        return dark.Count == 1
            ? Invariant($"cell {emptiest.Cell} lacks {Charge(emptiest.ToFullAh)}")
            : Invariant($"they lack {Rounded(least, 2):0.00} to {Charge(emptiest.ToFullAh)}, cell {emptiest.Cell} most");
    }

    private static string Hours(double ampereHours, double amps) => (ampereHours / amps) switch
    {
        < 1 => Invariant($"{ampereHours / amps * 60:0}\u00a0minutes at {Amps(amps)}"),
        < 10 => Invariant($"{ampereHours / amps:0.0}\u00a0hours at {Amps(amps)}"),
        _ => Invariant($"{ampereHours / amps:0}\u00a0hours at {Amps(amps)}"),
    };

    private static string Amps(double amps) => Invariant($"{amps:0.##}\u00a0A");

    private static string Who(SimulationSummary s) => s.Ended.Cell is { } cell ? Invariant($"Cell {cell}") : "A cell";

    // waiting for a restart is no charging, and nobody should take it for it
    private static string When(SimulationSummary s) => s.WaitedSeconds > 0
        ? $"after {Duration(s.Ended.TimeSeconds)} ({Duration(s.WaitedSeconds)} of it waiting)"
        : $"after {Duration(s.Ended.TimeSeconds)}";

    private static string Count(int count, string one, string many) => Invariant($"{count} {(count == 1 ? one : many)}");
}
