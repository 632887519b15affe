using System.Globalization;
using System.Text;
using TopBalance.Chemistry;
using TopBalance.Quantities;
using TopBalance.Workbench.Fitting;

namespace TopBalance.Workbench.Tests.Fitting;

[Trait("Category", "Slow")]
public class FitRecoversWhatWasPlayed
{
    private const int Seeds = 8;

    private static readonly FitOptions Options =
        new() { Full = new Volts(SyntheticCell.FullVolts), Min = new Volts(SyntheticCell.EmptyVolts) };

    [Fact]
    public void Parameters_are_found_within_what_they_are_said_to_be_uncertain_by()
    {
        var off = new List<(string What, double Sigmas)>();
        var story = new StringBuilder();
        Parallel.For(1, Seeds + 1, new ParallelOptions { MaxDegreeOfParallelism = 2 }, seed =>
        {
            var truth = new SyntheticCell(seed);
            FittedCell fit = CellFitter.Fit([truth.Log(seed)], Options);
            lock (off)
            {
                foreach ((FittedNumber found, double played) in Compared(truth, fit))
                {
                    double sigmas = (found.Value - played) / found.Sigma;
                    off.Add(($"seed {seed}: {found.Name}", sigmas));
                    story.Append(CultureInfo.InvariantCulture, $"seed {seed}: {found.Name} {found.Value:g4} ± {found.Sigma:g3}, played {played:g4}\n");
                }
            }
        });

        // a normal error leaves 95 % within two deviations; the deviations are themselves estimated from 30 blocks a log
        double within = off.Count(o => Math.Abs(o.Sigmas) <= 2) / (double)off.Count;
        within.ShouldBeGreaterThan(0.85, story.ToString());
        off.ShouldAllBe(o => Math.Abs(o.Sigmas) < 6, story.ToString());
    }

    [Fact]
    public void Uncertainties_are_small_where_a_log_has_pulses()
    {
        const int seed = 11;
        var truth = new SyntheticCell(seed);
        FittedCell fit = CellFitter.Fit([truth.Log(seed)], Options);

        FittedNumber r0 = fit.Temperatures[0].Numbers.Single(n => n.Name == "R0 on discharge at SoC 0.5");
        (r0.Sigma / r0.Value).ShouldBeLessThan(0.2, $"seed {seed}");
        fit.RmsVolts.ShouldBeLessThan(0.004, $"seed {seed}: noise and steps of 1 mV");
        fit.Capacity.Value.ShouldBe(SyntheticCell.CapacityAh, 0.01 * SyntheticCell.CapacityAh, $"seed {seed}");
        fit.Undetermined.ShouldAllBe(u => !u.Contains("R0 on discharge from SoC 0.2", StringComparison.Ordinal), $"seed {seed}");
    }

    private static IEnumerable<(FittedNumber Found, double Played)> Compared(SyntheticCell truth, FittedCell fit)
    {
        CellParameters played = truth.Parameters;
        foreach (FittedNumber number in fit.Temperatures[0].Numbers.Where(n => n.Sigma > 0))
        {
            string[] words = number.Name.Split(' ');
            if (words[0] == "M")
            {
                yield return (number, played.Hysteresis.Value);
                continue;
            }

            // knots where the played tables have a straight piece on both sides; one of them each is enough of a smooth curve
            double soc = double.Parse(words[^1], CultureInfo.InvariantCulture);
            bool middle = soc is 0.3 or 0.5 or 0.7 or 0.8;
            double? expected = words[0] switch
            {
                "OCV" when middle => played.Ocv.At(soc),
                "R0" when middle => played.R0.At(soc, words[2] == "charge"),
                "R1" when middle => played.RcPairs[0].Resistance.At(soc, words[2] == "charge"),
                "R2" when middle => played.RcPairs[1].Resistance.At(soc, words[2] == "charge"),
                _ => null,
            };
            if (expected is { } value)
            {
                yield return (number, value);
            }
        }
    }
}
