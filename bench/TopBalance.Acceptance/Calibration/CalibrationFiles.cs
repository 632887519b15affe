using System.Globalization;
using System.Text;
using TopBalance.Inference;

namespace TopBalance.Acceptance.Calibration;

/// <summary>What a run leaves in its folder: <c>calibration.md</c>, <c>cells.csv</c>, <c>contradictions.csv</c>, <c>times.csv</c>, charts.</summary>
internal static class CalibrationFiles
{
    /// <summary>Writes them. All but the times and the page's line about them are the same for the same seeds.</summary>
    /// <param name="runs">The one that is judged, and those that are compared with it.</param>
    /// <param name="page">Their page.</param>
    /// <param name="folder">For everything.</param>
    /// <param name="docs">For the page, with its charts in <c>validation</c>; null: nowhere else.</param>
    public static void Write(IReadOnlyList<CalibrationRun> runs, CalibrationPage page, string folder, string? docs)
    {
        WritePage(runs[0], page, folder, "");
        foreach (CalibrationRun run in runs)
        {
            string scale = run.Plan.PriorScale == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-x{run.Plan.PriorScale}");
            File.WriteAllText(Path.Combine(folder, $"cells{scale}.csv"), Cells(run));
            File.WriteAllText(Path.Combine(folder, $"contradictions{scale}.csv"), Contradictions(run));
            File.WriteAllText(Path.Combine(folder, $"times{scale}.csv"), Times(run));
        }

        if (docs is not null)
        {
            WritePage(runs[0], page, docs, "validation");
        }
    }

    private static void WritePage(CalibrationRun run, CalibrationPage page, string folder, string charts)
    {
        Directory.CreateDirectory(Path.Combine(folder, charts));
        File.WriteAllText(Path.Combine(folder, "calibration.md"), page.Write(charts));
        File.WriteAllText(Path.Combine(folder, charts, "calibration-coverage.svg"), CalibrationCharts.Coverage(run).Svg());
        File.WriteAllText(Path.Combine(folder, charts, "calibration-width.svg"), CalibrationCharts.Width(run).Svg());
    }

    private static string Cells(CalibrationRun run)
    {
        var text = new StringBuilder("seed,cell_type,series,parallel,c_rate,observations,instant,cell,class,capacity_ah,truth_ah,p05_ah,p50_ah,p95_ah\n");
        foreach (PackTrial trial in run.Trials)
        {
            double capacityAh = trial.Pack.Parallel * trial.Pack.Cell.Capacity.Value;
            double rate = trial.Pack.Charger.Current.Value / capacityAh;
            foreach (CellRow r in trial.Rows)
            {
                string instant = r.Instant.ToString().Replace(", ", "+", StringComparison.Ordinal).ToLowerInvariant();
                text.Append(
                    CultureInfo.InvariantCulture, $"{r.Seed},{trial.Pack.Cell.Id},{trial.Pack.Series},{trial.Pack.Parallel},{rate:0.0000},");
                text.Append(CultureInfo.InvariantCulture, $"{r.Observations},{instant},{r.Cell},{r.Class},{r.CapacityAh:0.###},");
                text.Append(CultureInfo.InvariantCulture, $"{r.TruthAh:r},{r.Believed.P05:r},{r.Believed.P50:r},{r.Believed.P95:r}\n");
            }
        }

        return text.ToString();
    }

    private static string Contradictions(CalibrationRun run)
    {
        var text = new StringBuilder("seed,observation,cell,text\n");
        foreach (PackTrial trial in run.Trials)
        {
            foreach (Contradiction c in trial.FalselyNamed)
            {
                text.Append(CultureInfo.InvariantCulture, $"{trial.Seed},{c.Observation},{c.Cell},\"{c.Text}\"\n");
            }
        }

        return text.ToString();
    }

    private static string Times(CalibrationRun run)
    {
        var text = new StringBuilder("seed,series,observation,ms_per_50_cells\n");
        foreach (PackTrial trial in run.Trials)
        {
            for (int k = 0; k < trial.Milliseconds.Length; k++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{trial.Seed},{trial.Pack.Series},{k + 1},{trial.Milliseconds[k]:0.000}\n");
            }
        }

        return text.ToString();
    }
}
