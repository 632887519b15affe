using System.Collections.Immutable;
using System.Globalization;
using TopBalance.Acceptance.Calibration;
using TopBalance.Inference;

namespace TopBalance.Acceptance;

/// <summary>What was asked for on the command line.</summary>
/// <param name="Plans">The first is judged; the others, of other scales, show what a wrong pack file does.</param>
/// <param name="Folder">For all that is found.</param>
/// <param name="Docs">The folder of documents that gets the page and its charts, too; null: none.</param>
internal sealed record CommandLine(ImmutableArray<CalibrationPlan> Plans, string Folder, string? Docs)
{
    public const string Usage = """
        usage: bench/calibration [--packs N] [--first SEED] [--threads T] [--size PACKSxSLICES] [--prior-scale X[,Y...]]
                                  [--compared N] [--out FOLDER] [--docs FOLDER]
        Judges inference on random packs whose truth is known: tables on standard output, rows and charts in FOLDER (artifacts/calibration).
        --prior-scale 1,2,0.5 judges the first and compares the others with it, of which --compared N plays fewer packs; --docs docs renews docs/calibration.md and its charts.
        """;

    /// <exception cref="FormatException">Something else was written.</exception>
    public static CommandLine Parse(ReadOnlySpan<string> args)
    {
        var plan = new CalibrationPlan();
        string folder = Path.Combine("artifacts", "calibration");
        string? docs = null;
        double[] scales = [1];
        int compared = int.MaxValue;
        for (int k = 0; k < args.Length; k += 2)
        {
            string value = k + 1 < args.Length ? args[k + 1] : throw new FormatException($"saw {args[k]} without a value");
            switch (args[k])
            {
                case "--packs":
                    plan = plan with { Packs = Whole(value, 1) };
                    break;
                case "--first":
                    plan = plan with { First = (ulong)Whole(value, 0) };
                    break;
                case "--threads":
                    plan = plan with { Threads = Whole(value, 1) };
                    break;
                case "--size":
                    string[] sides = value.Split('x');
                    plan = plan with { Size = new BeliefSize(Whole(sides[0], 8), Whole(sides[^1], 8)) };
                    break;
                case "--prior-scale":
                    scales = [.. value.Split(',').Select(x => double.Parse(x, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture))];
                    break;
                case "--compared":
                    compared = Whole(value, 1);
                    break;
                case "--out":
                    folder = value;
                    break;
                case "--docs":
                    docs = value;
                    break;
                default:
                    throw new FormatException($"saw {args[k]}, which is no option");
            }
        }

        int Packs(int scale) => scale == 0 ? plan.Packs : Math.Min(compared, plan.Packs);
        return new CommandLine([.. scales.Select((x, k) => plan with { PriorScale = x, Packs = Packs(k) })], folder, docs);
    }

    private static int Whole(string text, int least) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least
            ? value
            : throw new FormatException($"saw {text}, expected a whole number from {least}");
}
