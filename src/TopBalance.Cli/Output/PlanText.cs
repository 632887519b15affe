using System.Collections.Immutable;
using System.Globalization;
using TopBalance.Workbench.Planning;
using TopBalance.Workbench.Simulations;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Cli.Output;

/// <summary>A plan for people: the recommendation, all methods, what to do now, what would change it.</summary>
internal static class PlanText
{
    private const int Label = 10;

    /// <summary>Writes it.</summary>
    public static void Write(Screen screen, PlanSummary plan)
    {
        screen.Title("PLAN", plan.Spec);
        screen.Line();
        screen.Paragraph(plan.Recommended is { } best ? $"Recommended: {best} ({MethodWords.Of(best)})." : plan.Reason, "bold");
        screen.Paragraph(From(plan));
        WriteWarnings(screen, plan);
        if (plan.Recommended is not null)
        {
            screen.Paragraph(plan.Reason);
        }

        WriteMethods(screen, plan);
        WriteNext(screen, plan);
        WriteChanges(screen, plan);
        WriteDoubts(screen, plan);
    }

    private static string From(PlanSummary plan)
    {
        string seen = plan.File is { } file
            ? Invariant($"After {plan.Observations} observation{(plan.Observations == 1 ? "" : "s")} from {file}")
            : "Before anything was seen";
        int most = plan.Methods.Select(m => m.Packs).DefaultIfEmpty().Max();
        string night = plan.DaytimeOnly ? "; nobody works from 22 to 8 o'clock" : "";
        return Invariant($"{seen}; played on up to {most} believed packs, the same for every method{night}.");
    }

    private static void WriteWarnings(Screen screen, PlanSummary plan)
    {
        if (!plan.Complete)
        {
            screen.Paragraph("Stopped early: the figures are those of the plays until then.", "bold yellow");
        }

        if (plan.Contradicted > 0)
        {
            string them = Invariant($"{plan.Contradicted} observation{(plan.Contradicted == 1 ? "" : "s")}");
            screen.Paragraph($"{them} cannot be, given the others: settle that first, 'infer' says which.", "bold red");
        }
    }

    private static void WriteMethods(Screen screen, PlanSummary plan)
    {
        MethodPlan[] played = [.. plan.Methods.Where(m => m.Hours is not null)];
        if (played.Length > 0)
        {
            var chart = new MethodChart(played, screen.Width, screen.Plain);
            screen.Heading("Hours from now to the end");
            screen.Line(chart.Head());
            foreach (MethodPlan method in played)
            {
                screen.Line(chart.Row(method, string.Equals(method.Method, plan.Recommended, StringComparison.Ordinal)).TrimEnd());
            }

            screen.Paragraph(
                "attended: hours with somebody standing by, cycles: charges of the pack (both medians); risk: that a "
                    + "drained cell becomes the emptiest.",
                "dim");
            WriteEnds(screen, played);
        }

        MethodPlan[] others = [.. plan.Methods.Where(m => m.Hours is null)];
        if (others.Length > 0)
        {
            screen.Heading("Without figures");
        }

        foreach (MethodPlan without in others)
        {
            screen.Paragraph(without.Possible ? without.Reason! : $"not possible: {without.Reason}", indent: 18, lead: without.Method);
        }
    }

    private static void WriteEnds(Screen screen, MethodPlan[] played)
    {
        screen.Heading("How it ends");
        screen.Line($"[dim]{"method",-17}{"balanced",9}{"apart at the end",18}{"drained",11}{"resistor",9}{"cost",8}{"plays",7}[/]");
        foreach (MethodPlan m in played)
        {
            string apart = Invariant($"{m.ResidualAh!.P50:0.0} to {m.ResidualAh.P90:0.0} Ah");
            string drained = m.DrainedAh!.P90 > 0 ? Invariant($"{m.DrainedAh.P50:0.0} Ah") : "-";
            string watts = m.HottestW!.P90 > 0 ? Invariant($"{m.HottestW.P90:0.#} W") : "-";
            string ends = Invariant($"{m.Method,-17}{100 * m.BalancedShare!.Value,7:0} %{apart,18}{drained,11}{watts,9}");
            screen.Line(ends + Invariant($"{m.Cost,8:0.0}{m.Packs,7}"));
        }

        screen.Paragraph("apart: median and 90 % point of what lies between the fullest and the emptiest cell; cost: "
            + "attended hours and a tenth of all.", "dim");
    }

    private static void WriteNext(Screen screen, PlanSummary plan)
    {
        if (plan.Next is not { } next)
        {
            return;
        }

        screen.Line();
        screen.Box("Do this now", Label, [("", next.Do), .. Settings(next), ("why", next.Why)]);
        if (next.Safety.Length > 0)
        {
            screen.Heading("Mind");
            foreach (string line in next.Safety)
            {
                screen.Paragraph(line, indent: 2, lead: "-");
            }
        }
    }

    private static IEnumerable<(string Lead, string Text)> Settings(NextStep n)
    {
        (string Lead, string? Text)[] all =
        [
            ("charger", n.ChargerV is { } v ? Invariant($"{PackVoltage(v)}, {n.CurrentA:0.##} A") : null),
            ("supply", n.SupplyV is { } s ? Invariant($"{s:0.000} V with its output open, at most {n.SupplyA:0.##} A") : null),
            ("load", n.LoadOhm is { } ohms ? Invariant($"{ohms:0.##} Ω") : n.LoadA is { } amps ? Invariant($"{amps:0.##} A") : null),
            (n.Cells is { Length: > 1 } ? "cells" : "cell", Cells(n)),
            ("time", n.Minutes is { } minutes ? Time(minutes) : null),
            ("be there", n.WatchFromMinutes is { } watch ? watch > 0 ? $"from {Time(watch)} after the start" : "from the start" : null),
            ("until", n.Until?.Replace("end_a", Invariant($"{n.EndA:0.##} A"), StringComparison.Ordinal)),
            ("at most", n.MostMinutes is { } most ? Time(most) : null),
        ];
        return all.Where(a => a.Text is not null).Select(a => (a.Lead, a.Text!));
    }

    private static string? Cells(NextStep n) =>
        n.Cell is { } cell ? cell.ToString(CultureInfo.InvariantCulture)
        : n.Cells is not { } cells ? null
        : string.Join(", ", cells) + (n.Then is { } then ? $", then {string.Join(", ", then)}" : "")
            + (n.AtOnce is { } k ? Invariant($", {k} at a time") : "");

    private static string Time(double minutes) => minutes < 120
        ? Invariant($"{minutes:0.#} min")
        : Invariant($"{Math.Floor(minutes / 60):0} h {minutes % 60:00} min");

    private static void WriteChanges(Screen screen, PlanSummary plan)
    {
        if (plan.WhatWouldChange.IsEmpty)
        {
            return;
        }

        screen.Heading("What would change this");
        foreach (Change change in plan.WhatWouldChange)
        {
            screen.Paragraph($"If {change.If}: {change.Then}", indent: 2, lead: "-");
        }
    }

    private static void WriteDoubts(Screen screen, PlanSummary plan)
    {
        string placeholders = SimulationAdvice.StandIns(plan.Spec);
        ImmutableArray<(string Text, string Style)> doubts = [(plan.OutsideTrusted ?? "", "yellow"), (placeholders, "dim")];
        foreach ((string text, string style) in doubts.Where(d => d.Text.Length > 0))
        {
            screen.Line();
            screen.Paragraph(text, style);
        }
    }
}
