using System.Collections.Immutable;
using Spectre.Console;
using TopBalance.Chemistry;
using TopBalance.Workbench.Fitting;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Cli.Output;

/// <summary>What a fit found, for people.</summary>
internal static class FitText
{
    private const double UsualCelsius = 25;
    private const int MostUndetermined = 7, MostStretches = 30;

    /// <summary>A fit of logs.</summary>
    public static void Write(Screen screen, FitSummary fit)
    {
        screen.Line($"[bold]FIT[/]  {Screen.Safe(fit.Name)}");
        WriteLogs(screen, fit);
        WriteFound(screen, fit);
        WriteResistances(screen, fit);
        WriteErrors(screen, fit);
        WriteKnee(screen, fit);
        WriteUndetermined(screen, fit);
        WriteTrusted(screen, fit);
        WriteNames(screen, fit.Files);
    }

    /// <summary>What charges to the top say where nothing counts the capacity.</summary>
    public static void WriteTails(Screen screen, ImmutableArray<CellLog> logs, ImmutableArray<ChargeTail> tails)
    {
        screen.Line("[bold]FIT[/]  the end of a charge, as measured");
        foreach (CellLog log in logs)
        {
            screen.Paragraph(log.Name, "bold");
            foreach (string note in log.Notes)
            {
                screen.Paragraph(note, indent: 2);
            }
        }

        foreach (ChargeTail tail in tails)
        {
            screen.Heading(Invariant($"Charge still to come at {tail.Amps:0.##} A"));
            foreach (KneeRow row in tail.Knee)
            {
                screen.Line(Invariant($"  from {row.Volts:0.00} V  {row.ToFullVoltsAh,8:0.000} Ah to full voltage  {row.ToFullAh,8:0.000} Ah to the end"));
            }

            foreach (TaperRow row in tail.Taper)
            {
                screen.Line(Invariant($"  tapered to {row.Amps:0.###} A  {row.ToFullAh,8:0.000} Ah to the end"));
            }
        }

        screen.Line();
        screen.Paragraph(
            "There is no cell file: no log goes from full to empty, so nothing counts the capacity. Give --capacity AH and --like CELL, or log a discharge.");
    }

    /// <summary>What a BPX file gave.</summary>
    public static void WriteBpx(Screen screen, CellSpec cell, ImmutableArray<string> notes, FitFiles files)
    {
        screen.Line($"[bold]FIT[/]  {Screen.Safe(cell.Name)}, from a BPX file");
        screen.Line();
        screen.Row("capacity", $"{cell.Capacity.Value:0.####} Ah");
        screen.Row("limits", $"{cell.MinVoltage.Value:0.0##} to {cell.FullVoltage.Value:0.0##} V");
        screen.Row("OCV", $"{cell.Temperatures[0].Parameters.Ocv.Soc.Length} points at {cell.Temperatures[0].Temperature.Value:0.#} °C");
        screen.Line();
        foreach (string note in notes)
        {
            screen.Paragraph(note, indent: 2, lead: "-");
        }

        WriteNames(screen, files);
    }

    private static void WriteLogs(Screen screen, FitSummary fit)
    {
        screen.Heading("What was read");
        foreach (FitLog log in fit.Logs)
        {
            screen.Paragraph(log.File, "bold");
            foreach (string note in log.Notes)
            {
                screen.Paragraph(note, indent: 2);
            }

            string[] counted = [.. log.Stretches.Where(s => !s.Compared).Select(s => s.Stretch)];
            if (counted.Length > 0)
            {
                screen.Paragraph($"Only charge is counted in {string.Join(", ", counted)}.", indent: 2);
            }
        }

        foreach (string note in fit.Notes)
        {
            screen.Paragraph(note, indent: 2, lead: "-");
        }
    }

    private static void WriteFound(Screen screen, FitSummary fit)
    {
        screen.Heading("What was found (± one standard deviation)");
        string given = fit.CapacityAh.Sigma is null ? ", as given" : "";
        screen.Row("capacity", $"{Text(fit.CapacityAh)} Ah{given}");
        screen.Row("efficiency", $"{Text(fit.CoulombicEfficiency)}{(fit.CoulombicEfficiency.Sigma is null ? ", taken for granted" : "")}");
        string taus = string.Join(" and ", fit.TimeConstantsS.Select(t => Text(t) + " s"));
        screen.Row("time constants", $"{(taus.Length > 0 ? taus : "none: the logs show no RC pair")}");
        IEnumerable<string> loops = fit.Temperatures.Select(t => Invariant($"{Text(t.HysteresisV, 1000)} mV at {t.TemperatureC:0.#} °C"));
        screen.Row("hysteresis", $"half width {string.Join("; ", loops)}; γ {Text(fit.Gamma)}");
        if (fit.RestedFullSoc is { } soc)
        {
            screen.Row("rested full", $"logs that begin full and at rest begin at {100 * soc:0.0} %");
        }
    }

    private static void WriteResistances(Screen screen, FitSummary fit)
    {
        FitAtTemperature usual = fit.Temperatures.MinBy(t => Math.Abs(t.TemperatureC - UsualCelsius))!;
        double[] socs = [.. usual.Resistances.Select(r => r.Soc).Distinct()];
        string[] heads = [.. socs.Select(z => Invariant($"{100 * z:0} % SoC"))];
        screen.Heading(Invariant($"Resistances at {usual.TemperatureC:0.#} °C, mΩ"));
        Table table = new Table().AddColumn("").AddNumberColumns(heads);
        foreach (IGrouping<(string Resistance, string Direction), FitResistance> row in usual.Resistances.GroupBy(Name))
        {
            string name = $"{row.Key.Resistance.ToUpperInvariant()} {row.Key.Direction}";
            table.AddRow([name, .. row.Select(r => screen.Cell(Resistance(r.Ohm)))]);
        }

        screen.Table(table);
        if (fit.Temperatures.Length == 1)
        {
            return;
        }

        screen.Heading("All resistances together on charge, mΩ");
        Table sums = new Table().AddColumn("").AddNumberColumns(heads);
        foreach (FitAtTemperature at in fit.Temperatures)
        {
            string label = screen.Cell(Invariant($"{at.TemperatureC:0.#} °C"));
            sums.AddRow([label, .. socs.Select(z => Invariant($"{1000 * Sum(at, z):0.###}"))]);
        }

        screen.Table(sums);
    }

    private static (string Resistance, string Direction) Name(FitResistance r) => (r.Resistance, r.Direction);

    private static double Sum(FitAtTemperature at, double soc) =>
        at.Resistances.Where(r => r.Soc == soc && r.Direction is "charge").Sum(r => r.Ohm.Value ?? 0);

    private static void WriteErrors(Screen screen, FitSummary fit)
    {
        screen.Heading("What the model leaves, mV");
        Table table = new Table().AddColumn("stretch").AddNumberColumns(screen.Cell("°C"), "samples", "SoC", "rms", "largest");
        foreach (FitStretchError s in fit.Stretches.Take(MostStretches))
        {
            table.AddRow(
                screen.Cell(s.Stretch),
                Invariant($"{s.TemperatureC:0.#}"),
                Invariant($"{s.Samples}"),
                screen.Cell(Invariant($"{Rounded(100 * s.SocMin, 0):0}–{Rounded(100 * s.SocMax, 0):0} %")),
                Invariant($"{1000 * s.RmsV:0.0}"),
                Invariant($"{1000 * s.LargestV:0.0}"));
        }

        screen.Table(table);
        string more = fit.Stretches.Length > MostStretches ? Invariant($"{fit.Stretches.Length - MostStretches} more stretches. ") : "";
        screen.Paragraph(more + Invariant($"All together {1000 * fit.RmsV:0.0} mV rms."));
    }

    private static void WriteKnee(Screen screen, FitSummary fit)
    {
        screen.Heading(Invariant($"Charge still to come until the cell shows {fit.FullV:0.00} V, % of capacity"));
        if (fit.ChargeToCome.IsEmpty)
        {
            screen.Paragraph("Not said: no log charges the cell through the last tenth.");
            return;
        }

        Table table = new Table().AddColumn("charged with");
        table.AddNumberColumns([.. fit.ChargeToCome[0].ToFullV.Select(k => Invariant($"at {k.V:0.00} V")), "held"]);
        foreach (FitKnee knee in fit.ChargeToCome)
        {
            string rate = knee.CRate >= 0.999 ? Invariant($"{knee.CRate:0.##}C") : Invariant($"C/{1 / knee.CRate:0.#}");
            table.AddRow(
            [
                screen.Cell(Invariant($"{rate}, {knee.CurrentA:0.##} A at {knee.TemperatureC:0.#} °C")),
                .. knee.ToFullV.Select(k => screen.Cell(Percent(k.Percent))),
                screen.Cell(Percent(knee.AfterFullVPercent)),
            ]);
        }

        screen.Table(table);
        double one = (fit.CapacityAh.Value ?? 0) / 100;
        string held = Invariant($"'held': what still goes in at {fit.FullV:0.00} V until the cell is full; below 0, it was full before.");
        screen.Paragraph(Invariant($"1 % is {one:0.###} Ah. {held}"));
    }

    private static string Percent(double? value) => value is { } v ? Invariant($"{Rounded(v, 2):0.00}") : "–";

    private static void WriteUndetermined(Screen screen, FitSummary fit)
    {
        if (fit.Undetermined.IsEmpty)
        {
            return;
        }

        ImmutableArray<string> merged = FitSummary.Merged(fit.Undetermined);
        screen.Heading("What the logs do not determine");
        foreach (string line in merged.Take(MostUndetermined))
        {
            screen.Paragraph(line, indent: 2, lead: "-");
        }

        if (merged.Length > MostUndetermined)
        {
            string where = fit.Files.Cell is null ? "; --json lists them" : " in the file";
            screen.Paragraph(Invariant($"and {merged.Length - MostUndetermined} more{where}"), indent: 2, lead: "-");
        }
    }

    private static void WriteTrusted(Screen screen, FitSummary fit)
    {
        FitTrusted t = fit.Trusted;
        screen.Heading("Where it may be trusted");
        screen.Row("SoC", $"{100 * t.Soc[0]:0} to {100 * t.Soc[1]:0} %");
        screen.Row("current", $"charging up to {t.ChargeCRate:0.###}C, discharging up to {t.DischargeCRate:0.###}C");
        screen.Row("temperature", $"{t.TemperatureC[0]:0.#} to {t.TemperatureC[1]:0.#} °C");
        screen.Row("limits", $"{fit.MinV:0.0##} to {fit.FullV:0.0##} V, never above {fit.MaxV:0.0##} V");
    }

    private static void WriteNames(Screen screen, FitFiles files)
    {
        string[] written = [.. new[] { files.Cell, files.Csv, files.Plot }.OfType<string>()];
        screen.Line();
        const string none = "Nothing was written; --out NAME.yaml makes a cell file of it.";
        screen.Paragraph(written.Length > 0 ? $"Written: {string.Join(", ", written)}" : none);
    }

    // one that stands at its bound, or was borrowed, has no uncertainty of its own
    private static string Resistance(FitValue ohm) =>
        ohm is { Value: { } value, Sigma: null } ? Invariant($"{1000 * value:0.0##} ± ?") : Text(ohm, 1000);

    private static string Text(FitValue value, double factor = 1)
    {
        (string number, string? sigma) = value.Text(factor);
        return sigma is null ? number : $"{number} ± {sigma}";
    }
}
