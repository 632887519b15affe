using TopBalance.Workbench.Files;
using TopBalance.Workbench.Tests.Files;
using TopBalance.Workbench.Validation;

namespace TopBalance.Workbench.Tests.Validation;

/// <summary>Runs every case once, when the first test asks.</summary>
public sealed class AllCases
{
    private readonly Lazy<IReadOnlyList<CaseRun>> runs = new(() =>
    {
        DataFolder data = DataFactAttribute.Data(out string absence) ?? throw new InvalidOperationException(absence);
        return [.. ValidationCases.All.Select(c => ValidationRun.Run(c, data, progress: null, CancellationToken.None))];
    });

    public IReadOnlyList<CaseRun> Runs => runs.Value;

    public CaseResult this[string id] => Runs.Single(r => r.Case.Id == id).Result.ShouldNotBeNull();

    public double Figure(string id, string name) => this[id].Figures.Single(f => f.Name == name).Value;
}

/// <summary>The figures of the validation, each with a margin and its reason. Takes a minute or two.</summary>
[Trait("Category", "Slow")]
public sealed class MeasuredFigures(AllCases all) : IClassFixture<AllCases>
{
    [DataFact]
    public void Every_case_runs_and_no_figure_is_out_of_its_margin()
    {
        ValidationRun.OutcomeOf(all.Runs).ShouldBe(Outcome.Within, string.Join("; ",
            from run in all.Runs
            from figure in run.Result?.Figures ?? []
            where figure.Verdict == Verdict.Outside
            select $"{run.Case.Id}: {figure.Name} {figure.ValueText}"));
    }

    [DataFact]
    public void Every_figure_says_what_it_means_and_every_case_what_it_does_not_show()
    {
        foreach (CaseRun run in all.Runs)
        {
            CaseResult result = run.Result.ShouldNotBeNull(run.Skipped);
            result.Limit.ShouldEndWith(".", customMessage: run.Case.Id);
            result.Figures.Select(f => f.Name).ShouldBeUnique();
            result.Figures.ShouldAllBe(f => double.IsFinite(f.Value) && f.OnHundredAh.Length > 0);
            result.Charts.Select(c => c.Name).ShouldBeUnique();
            result.Charts.ShouldAllBe(c => ValidationCaseContracts.FileName().IsMatch(c.Name));
        }
    }

    [DataFact]
    public void Charts_of_data_that_must_not_be_handed_on_stay_local()
    {
        foreach (CaseRun run in all.Runs.Where(r => r.Case.Data.Any(d => d.NonCommercial)))
        {
            run.Result!.Charts.ShouldAllBe(c => c.LocalOnly, run.Case.Id);
        }
    }

    [DataFact]
    public void The_document_is_what_the_command_writes()
    {
        string path = Path.Combine(Repository.Root, "docs", "validation.md");
        if (Environment.GetEnvironmentVariable("TOPBALANCE_GOLDEN") is "write")
        {
            ValidationDocument.Write(all.Runs, path);
        }

        ShouldBeAlike(ValidationDocument.Markdown(all.Runs, "validation"), File.ReadAllText(path).ReplaceLineEndings("\n"));
        string[] charts =
        [
            .. from run in all.Runs
               from chart in run.Result!.Charts
               where !chart.LocalOnly
               select ValidationDocument.FileName(run.Case, chart),
        ];
        Directory.GetFiles(Path.Combine(Repository.Root, "docs", "validation")).Select(Path.GetFileName)
            .Where(name => !name!.StartsWith("calibration-", StringComparison.Ordinal)).Order().ShouldBe(charts.Order());
    }

    [DataFact]
    public void The_recorded_balancing_comes_out_with_a_plausible_shunt_current()
    {
        // fitted within 30 to 150 mA; at a bound it would not have been found. The curve above full is a guess that may change by a factor
        all.Figure("balancing-run", "shunt current, fitted").ShouldBeInRange(35, 145);

        // one number was fitted to three times, so their mean is right by itself; 15 % is half as much again as the shape leaves with the present curve
        foreach (string level in (string[])["100", "50", "30"])
        {
            all.Figure("balancing-run", $"time to {level} mV, all cells, error").ShouldBeLessThan(15);
            all.Figure("balancing-run", $"time to {level} mV, without cell 12, error").ShouldBeLessThan(15);
        }
    }

    [DataFact]
    public void Driving_profiles_of_the_other_kind_are_followed()
    {
        // measured 6.4 mV and 9.8 mV; published one-RC parameters, fitted to what they are judged on, leave 8.8 and 16.6 mV
        all.Figure("driving-profiles", "25 °C, profile 20 by the fit to 50, RMS").ShouldBeLessThan(8);
        all.Figure("driving-profiles", "25 °C, profile 50 by the fit to 20, RMS").ShouldBeLessThan(11);

        // measured 3.8 to 5.2 mV
        foreach (string celsius in (string[])["5", "15", "35"])
        {
            all.Figure("driving-profiles", $"{celsius} °C, left out of the fit, RMS").ShouldBeLessThan(7);
        }
    }

    [DataFact]
    public void The_knee_of_a_slow_charge_is_told_at_temperatures_left_out()
    {
        foreach (string celsius in (string[])["5", "15", "25", "35"])
        {
            // 0.3 % is asked for; measured at most 0.19 %
            foreach (string volts in (string[])["3.45", "3.50", "3.55"])
            {
                all.Figure("slow-knee", $"{celsius} °C, from {volts} V, error").ShouldBeLessThan(0.3);
            }

            // measured 5 to 23 mV; a model fitted to charges alone is 65 mV off
            all.Figure("slow-knee", $"{celsius} °C, C/30 from full, above 95 %, RMS").ShouldBeLessThan(40);
        }
    }

    [DataFact]
    public void The_knee_of_a_usual_charge_is_told_better_than_by_the_mean_of_the_others()
    {
        foreach ((string volts, double most) in ((string, double)[])[("3.45", 0.5), ("3.50", 0.25), ("3.55", 0.12)])
        {
            double mean = all.Figure("usual-knee", $"from {volts} V, mean of the other seven, RMS");
            all.Figure("usual-knee", $"from {volts} V, model as fitted, RMS").ShouldBeLessThan(most);

            // measured an eighth to a quarter of it
            all.Figure("usual-knee", $"from {volts} V, the others and the charge's own factor, RMS").ShouldBeLessThan(mean / 2);
        }
    }

    [DataFact]
    public void The_model_error_that_cells_carry_is_no_smaller_than_what_was_measured()
    {
        TopBalance.Chemistry.KneeError stated = PartLibrary.BesideProgram.Cell("a123-26650").ModelError.ShouldNotBeNull();
        foreach ((string name, double volts) in ((string, double)[])[("3.45", 3.45), ("3.50", 3.5)])
        {
            var level = new TopBalance.Quantities.Volts(volts);
            double slow = Math.Sqrt(((string[])["5", "15", "25", "35"])
                .Average(c => Math.Pow(all.Figure("slow-knee", $"{c} °C, from {name} V, error"), 2)));
            stated.Percent(1.0 / 30, level).ShouldBeGreaterThan(slow);
            stated.Percent(1.0 / 3, level).ShouldBeGreaterThan(0.95 * all.Figure("usual-knee", $"from {name} V, model as fitted, RMS"));
        }
    }

    [DataFact]
    public void Half_an_hour_of_rest_tells_the_next_one_and_a_half()
    {
        // 3 mV is asked for; measured 0.7 mV
        all.Figure("full-rest", "25 °C, 30 to 120 min, greatest").ShouldBeLessThan(3);
    }

    [DataFact]
    public void Runaway_cells_are_told_by_the_log_before()
    {
        // counts of measured data by fixed rules, no fit: they cannot move by themselves
        all.Figure("pack-charges", "first cell to run away, told by the charge before").ShouldBe(3);
        all.Figure("pack-charges", "first cell to run away, told by the discharge").ShouldBe(3);
        all.Figure("pack-charges", "cells that run away, told by a lag of 5 mV in the discharge").ShouldBe(5);
        all.Figure("pack-charges", "cells told to run away that do not").ShouldBe(0);
    }

    [DataFact]
    public void The_second_cell_is_followed_across_halves_and_temperatures()
    {
        // measured 9.5 and 6.2 mV; 1 mV more for another knot grid of the library
        all.Figure("second-cell", "25 °C, first half by the second's fit, RMS").ShouldBeLessThan(10.5);
        all.Figure("second-cell", "25 °C, second half by the first's fit, RMS").ShouldBeLessThan(7.5);

        // measured 12.2 mV with the library's present factor 1.49; its own fit reaches 11.1 and the factor may become another
        all.Figure("second-cell", "10 °C, by the fit at 25 °C and the library's factor, RMS").ShouldBeLessThan(15);
        all.Figure("second-cell", "10 °C, by its own fit, RMS").ShouldBeLessThan(12);

        // measured 15.2 and 14.0 mV: what is OCV and what is polarisation the drive alone does not say; half as much again for another fit
        all.Figure("second-cell", "25 °C, first half by the general fit to the second, no branches given, RMS").ShouldBeLessThan(22);
        all.Figure("second-cell", "25 °C, second half by the general fit to the first, no branches given, RMS").ShouldBeLessThan(22);
    }

    // Math.Exp differs in its last digit between processors, and a fit carries that into the third digit of a figure
    private static void ShouldBeAlike(string written, string kept)
    {
        string[] one = written.Split([' ', '\n', '\u00a0']), other = kept.Split([' ', '\n', '\u00a0']);
        one.Length.ShouldBe(other.Length);
        for (int k = 0; k < one.Length; k++)
        {
            bool numbers = Number(one[k], out double a) & Number(other[k], out double b);
            (one[k] == other[k] || (numbers && Math.Abs(a - b) <= 0.02 + (0.03 * Math.Abs(b)))).ShouldBeTrue($"wrote {one[k]}, kept {other[k]}");
        }
    }

    private static bool Number(string word, out double value) => double.TryParse(
        word.TrimEnd('.', ',', ';', ')').TrimStart('(').Replace('−', '-'),
        System.Globalization.NumberStyles.Float,
        System.Globalization.CultureInfo.InvariantCulture,
        out value);
}
