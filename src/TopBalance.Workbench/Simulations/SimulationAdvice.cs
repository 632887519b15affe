using TopBalance.Packs;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Workbench.Simulations;

/// <summary>A simulation told to the person at the pack.</summary>
/// <param name="Headline">What happened.</param>
/// <param name="Meaning">What it means.</param>
/// <param name="Next">What to do next; empty if there is nothing.</param>
public sealed record SimulationAdvice(string Headline, string Meaning, string Next)
{
    // a cell under a small load, somewhere on the plateau
    private const double LoadedVolts = 3.3;

    /// <summary>Reads a summary as the vendor's paper would.</summary>
    public static SimulationAdvice Of(SimulationSummary summary)
    {
        SimulationAdvice advice = OfEnd(summary);
        return Danger(summary) is { } danger ? advice with { Meaning = $"{danger} {advice.Meaning}" } : advice;
    }

    private static SimulationAdvice OfEnd(SimulationSummary summary) => summary.Ended.Reason switch
    {
        "hvc" => Tripped(summary),
        "charged" => Charged(summary),
        "stuck" => Stuck(summary),
        "loop" => Loop(summary),
        "lvc" => new($"{Who(summary)} is below LVC: the loop is open and the charger does not run.", "A cell this empty may be damaged.", "Charge it singly, with care, and watch it."),
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
                "Every cell has reached shunting, so the pack is balanced. One cell that still trips HVC is no failure under this condition.",
                $"Measure the pack at the end of charge: about {PackVoltage(s.PackVolts)} or {CellVoltage(s.VoltsPerCell.Value)} per cell. {Who(s)} may differ in internal resistance; note it and see whether it gets worse.");
        }

        string meaning = Invariant($"{Who(s)} is the fullest. {Count(dark.Count, "cell has", "cells have")} no red lamp and {(dark.Count == 1 ? "is" : "are")} not full: {Range(s, dark)}.")
            + $" Until then the pack gives {Charge(s.UsableAh.Now)} of {Charge(s.UsableAh.Balanced)}.";
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

        double supplyAmps = s.Spec.Tools.BenchSupplies.Select(b => b.Current.Value).DefaultIfEmpty(5).Max();
        double loadAmps = s.Spec.Tools.DrainLoad?.AmperesAt(LoadedVolts) ?? 1;
        double most = s.Cells.Max(c => c.ToFullAh);
        double charge = dark.Sum(d => s.Cells[d - 1].ToFullAh);
        double drain = s.Cells.Sum(c => most - c.ToFullAh);
        CellNumber emptiest = new(s.Cells.MaxBy(c => c.ToFullAh)!.Cell);
        return $"Only {Count(s.RedCount, "is", "are")} lit. Either charge the dark cells singly with a bench supply set to {bench}: "
            + $"{Charge(charge)} in all, {Hours(charge, supplyAmps)}; or four adjacent ones with a 12 V charger that somebody watches. "
            + $"Or drain the cell that trips by a fraction of an Ah, cycle the ignition, charge again, and follow the trip from cell to cell: "
            + $"{Charge(drain)} in all until they are down to cell {emptiest}, {Hours(drain, loadAmps)}.";
    }

    private static SimulationAdvice Charged(SimulationSummary s)
    {
        string headline = $"The charger finished on its own {When(s)}; no cell tripped HVC.";
        List<int> dark = Dark(s);
        if (dark.Count == 0)
        {
            return new(
                headline,
                "Every red lamp came up before the charger stopped: a well balanced pack.",
                $"Measure the pack at the end of charge: about {PackVoltage(s.PackVolts)} or {CellVoltage(s.VoltsPerCell.Value)} per cell.");
        }

        bool low = s.Spec.Charger.Voltage.Value / s.Spec.Series < s.Spec.Module.ShuntOn.Value;
        string next = low
            ? $"The set-point is {CellVoltage(s.Spec.Charger.Voltage.Value / s.Spec.Series)} per cell, below the shunt level of {CellVoltage(s.Spec.Module.ShuntOn.Value)}: set the charger right first."
            : $"Charge {Cells(dark)} singly with a bench supply set to {CellVoltage(s.Spec.Module.BenchSetpoint.Value)} until the red lamp comes up, then charge the pack once more.";
        return new(headline, $"{Count(dark.Count, "cell has", "cells have")} not reached shunting, so nobody knows that {(dark.Count == 1 ? "it is" : "they are")} full: {Range(s, dark)}.", next);
    }

    private static SimulationAdvice Stuck(SimulationSummary s) => s.Ended.SettlesVolts is { } volts
        ? new(
            $"Stuck {When(s)}: the restart level is never reached. The highest cell settles at {CellVoltage(volts)}.",
            "With nothing connected its voltage falls no further, so the charger would wait for ever.",
            "Choose a --restart-below above that voltage.")
        : new(
            $"Stuck {When(s)}: the charger keeps {Invariant($"{s.CurrentAmps:0.##}\u00a0A")} flowing and never finishes.",
            $"Its termination current is {Invariant($"{s.Spec.Charger.TerminationCurrent.Value:0.##}\u00a0A")}; the shunts take what it gives, and no cell goes on to HVC.",
            "Raise the termination current above the shunts', or check the set-point.");

    private static SimulationAdvice Loop(SimulationSummary s) => s.Ended.TimeSeconds <= 0
        ? new("The loop is open from the start: the charger does not run.", "A wire of the loop is cut, or a module's contact is open.", "Find it before anything else; without the loop the BMS protects nothing.")
        : new($"The charger did not start again {When(s)}: the loop is still open.", "A cell is still above the level at which HVC clears.", "Wait longer: choose a lower --restart-below.");

    private static SimulationAdvice OutOfTime(SimulationSummary s)
    {
        bool charging = s.CurrentAmps > 0;
        return new(
            $"The time given was over {When(s)}, {(charging ? "with the charger still on" : "while the pack rested")}.",
            charging && s.RedCount == 0 ? "No red lamp is lit yet: which cells are full cannot be told before the very end of charge." : "What the lamps show now is not the end of charge.",
            "Give a longer --until to see the end.");
    }

    // the paper: do not go on if the BMS cannot stop the charger; an emptied cell is reversed and destroyed
    private static string? Danger(SimulationSummary s)
    {
        List<int> high = [.. s.Hazards.Where(h => h.Kind is "overcharge" or "over-hvc").Select(h => h.Cell).Distinct().Order()];
        List<int> reversed = [.. s.Hazards.Where(h => h.Kind is "reversal").Select(h => h.Cell).Distinct().Order()];
        return (high.Count, reversed.Count) switch
        {
            (> 0, _) => $"DANGER: {Cells(high)} {(high.Count == 1 ? "was" : "were")} driven above HVC and nothing stopped the charger. Do not charge like this: prove first that the loop stops it.",
            (_, > 0) => $"DANGER: {Cells(reversed)} {(reversed.Count == 1 ? "was" : "were")} emptied and reversed, which destroys a cell.",
            _ => null,
        };
    }

    private static List<int> Dark(SimulationSummary s) => [.. s.Cells.Where(c => !c.Red).Select(c => c.Cell)];

    private static string Range(SimulationSummary s, List<int> dark)
    {
        double least = dark.Min(d => s.Cells[d - 1].ToFullAh);
        double most = dark.Max(d => s.Cells[d - 1].ToFullAh);
        CellNumber emptiest = new(dark.MaxBy(d => s.Cells[d - 1].ToFullAh));
        return dark.Count == 1
            ? $"cell {emptiest} lacks {Charge(most)}"
            : Invariant($"they lack {Rounded(least, 2):0.00} to {Charge(most)}, cell {emptiest} most");
    }

    private static string Hours(double ampereHours, double amps) => ampereHours / amps < 1
        ? Invariant($"{ampereHours / amps * 60:0}\u00a0minutes at {amps:0.##}\u00a0A")
        : Invariant($"{Wording.Rounded(ampereHours / amps, ampereHours / amps < 10 ? 1 : 0)}\u00a0hours at {amps:0.##}\u00a0A");

    private static string Who(SimulationSummary s) => s.Ended.Cell is { } cell ? Invariant($"Cell {cell}") : "A cell";

    private static string When(SimulationSummary s) => $"after {Duration(s.Ended.TimeSeconds)}";

    private static string Count(int count, string one, string many) => Invariant($"{count} {(count == 1 ? one : many)}");
}
