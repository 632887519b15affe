using System.Globalization;
using TopBalance.Workbench.Simulations;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Cli.Output;

/// <summary>A simulation's summary for people.</summary>
internal static class SimulationText
{
    private const int MostHazards = 8;

    /// <summary>Writes it.</summary>
    public static void Write(Screen screen, SimulationSummary summary)
    {
        SimulationAdvice advice = SimulationAdvice.Of(summary);
        screen.Title("SIMULATION", summary.Spec);
        screen.Line();
        screen.Paragraph(advice.Headline, "bold");
        screen.Paragraph($"{Charge(summary.DeliveredAh)} delivered{Restarts(summary)}.");
        WriteLamps(screen, summary);
        screen.Heading("Ah to full");
        foreach (string line in ChargeBars.Lines(summary.Cells, 0.02 * summary.UsableAh.Balanced, screen.Width, screen.Plain))
        {
            screen.Line(line);
        }

        if (summary.Cells.Any(c => Rounded(c.ToFullAh, 2) < 0))
        {
            screen.Paragraph("Below 0: so much past full, which is usual for a cell at its trip.", "dim");
        }

        WriteFigures(screen, summary);
        screen.Heading("What this means");
        screen.Paragraph(advice.Meaning);
        screen.Paragraph(advice.Next);
        if (advice.Outside.Length > 0)
        {
            screen.Paragraph(advice.Outside, "yellow");
        }

        if (advice.Placeholders.Length > 0)
        {
            screen.Paragraph(advice.Placeholders, "dim");
        }
    }

    /// <summary>The lamps at the end, the tripping cell marked.</summary>
    public static IReadOnlyList<Lamps> LampsOf(SimulationSummary summary) =>
        [.. summary.Cells.Select(c => new Lamps(c.Red, c.Green, summary.TrippedCell == c.Cell))];

    private static void WriteLamps(Screen screen, SimulationSummary summary)
    {
        screen.Heading("Lamps at that moment");
        foreach (string line in LampPanel.Lines(summary.Spec.Layout, LampsOf(summary), screen.Width))
        {
            screen.Line(line);
        }

        screen.Line(LampPanel.Legend);
    }

    private static void WriteFigures(Screen screen, SimulationSummary s)
    {
        double set = s.Spec.Charger.Voltage.Value;
        CellSummary limiting = s.Cells.MaxBy(c => c.ToFullAh)!;
        screen.Heading("Pack");
        string setPoint = $"charger set to {PackVoltage(set)}, {CellVoltage(set / s.Cells.Length)} per cell";
        string measured = $"{PackVoltage(s.PackVolts)}, {CellVoltage(s.VoltsPerCell.Value)} per cell";
        screen.Paragraph($"{measured} ({setPoint})", indent: 9, lead: "voltage");
        string usable = $"{Charge(Math.Min(s.UsableAh.Now, s.UsableAh.Balanced))} now, {Charge(s.UsableAh.Balanced)} when balanced";
        screen.Paragraph($"{usable}; cell {Number(limiting.Cell)} lacks most", indent: 9, lead: "usable");
        WriteHazards(screen, s);
    }

    private static void WriteHazards(Screen screen, SimulationSummary s)
    {
        if (s.Hazards.IsEmpty)
        {
            screen.Paragraph("none", indent: 9, lead: "hazards");
        }

        foreach ((HazardSummary hazard, int k) in s.Hazards.Take(MostHazards).Select((h, k) => (h, k)))
        {
            screen.Paragraph(Hazard(hazard), "red", 9, k == 0 ? "hazards" : "");
        }

        if (s.Hazards.Length > MostHazards)
        {
            screen.Paragraph($"and {Number(s.Hazards.Length - MostHazards)} more (--json lists all)", indent: 9);
        }
    }

    private static string Restarts(SimulationSummary summary) => summary.RestartsSeconds.Length switch
    {
        0 => "",
        int n => Invariant($" in {n + 1} charges, {Tripped(summary.TripsSeconds.Length, n + 1)} stopped by the BMS"),
    };

    private static string Tripped(int trips, int charges) =>
        trips == 0 ? "none" : trips == charges ? "each" : Invariant($"{trips} of them");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
