using TopBalance.Quantities;
using TopBalance.Workbench.Fitting;

namespace TopBalance.Workbench.Tests.Fitting;

public class FitRecoversWhatWasPlayed
{
    private static readonly FitOptions Options =
        new() { Full = new Volts(SyntheticCell.FullVolts), Min = new Volts(SyntheticCell.EmptyVolts) };

    [Fact]
    public void Debug()
    {
        foreach (int seed in Enumerable.Range(1, 3))
        {
            var truth = new SyntheticCell(seed);
            FittedCell fit = CellFitter.Fit([truth.Log(seed)], Options);
            Console.WriteLine($"seed {seed} Q {fit.Capacity.Value:0.000}±{fit.Capacity.Sigma:0.000} eta {fit.Efficiency.Value:0.0000} rms {fit.RmsVolts * 1e3:0.00} mV " + string.Join(", ", fit.Slow.Select(s => $"{s.Name} {s.Value:0.0}±{s.Sigma:0.0}")) + $" truth {truth.FastSeconds:0.0} {truth.SlowSeconds:0} {truth.Parameters.HysteresisRate:0}");
            foreach (FittedNumber n in fit.Temperatures[0].Numbers)
            {
                double? t = Truth(truth, n.Name);
                if (t is { } x)
                {
                    Console.WriteLine($"   {n.Name} {n.Value:0.00000}±{n.Sigma:0.00000} truth {x:0.00000} z {(n.Value - x) / n.Sigma:0.0}");
                }
            }
        }
    }

    private static double? Truth(SyntheticCell cell, string name)
    {
        string[] words = name.Split(' ');
        if (words[0] == "M")
        {
            return cell.Parameters.Hysteresis.Value;
        }

        double soc = double.Parse(words[^1], System.Globalization.CultureInfo.InvariantCulture);
        return words[0] switch
        {
            "OCV" when soc is 0.2 or 0.3 or 0.5 or 0.7 or 0.8 or 0.9 => cell.Parameters.Ocv.At(soc),
            "R0" when soc is >= 0.2 and <= 0.9 => cell.Parameters.R0.At(soc, words[2] == "charge"),
            "R1" when soc is >= 0.2 and <= 0.9 => cell.Parameters.RcPairs[0].Resistance.At(soc, words[2] == "charge"),
            "R2" when soc is >= 0.2 and <= 0.9 => cell.Parameters.RcPairs[1].Resistance.At(soc, words[2] == "charge"),
            _ => null,
        };
    }
}
