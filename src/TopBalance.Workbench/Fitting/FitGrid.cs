using System.Collections.Immutable;

namespace TopBalance.Workbench.Fitting;

/// <summary>
/// Where the unknowns of a fit stand: OCV at its knots, every resistance at its knots once for charge and once for discharge, and M. The
/// voltage is linear in all of them, which is why time constants and γ are looked for outside.
/// </summary>
internal sealed class FitGrid
{
    /// <param name="ocvSoc">Knots of the OCV, rising from 0 to 1.</param>
    /// <param name="resistanceSoc">Knots of every resistance, rising.</param>
    /// <param name="pairs">0 to 2 RC pairs.</param>
    public FitGrid(ImmutableArray<double> ocvSoc, ImmutableArray<double> resistanceSoc, int pairs)
    {
        OcvSoc = ocvSoc;
        ResistanceSoc = resistanceSoc;
        Pairs = pairs;
    }

    /// <summary>
    /// The usual knots: the OCV densest in the last 2 %, where a knee of a tenth of a percent decides when a cell trips; the last interval
    /// is wider, since its slope stands for all beyond 1.
    /// </summary>
    public static FitGrid Usual(int pairs) => new(
        [
            .. Steps(0, 0.02, 8), .. Steps(0.02, 0.1, 8), .. Steps(0.1, 0.9, 40), .. Steps(0.9, 0.97, 14), .. Steps(0.97, 0.985, 15),
            .. Steps(0.985, 0.999, 28), 0.999, 1,
        ],
        [0, 0.01, 0.03, 0.06, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.87, 0.92, 0.95, 0.965, 0.975, 0.98, 0.985, 0.99, 0.995, 1],
        pairs);

    /// <summary>Knots of the OCV.</summary>
    public ImmutableArray<double> OcvSoc { get; }

    /// <summary>Knots of every resistance.</summary>
    public ImmutableArray<double> ResistanceSoc { get; }

    /// <summary>Number of RC pairs.</summary>
    public int Pairs { get; }

    /// <summary>Number of resistance tables: R0 and one per pair, each for charge and discharge.</summary>
    public int Tables => 2 * (Pairs + 1);

    /// <summary>Index of M.</summary>
    public int Hysteresis => OcvSoc.Length + (Tables * ResistanceSoc.Length);

    /// <summary>Number of unknowns the voltage is linear in.</summary>
    public int Count => Hysteresis + 1;

    /// <summary>Index of the first knot of a resistance.</summary>
    /// <param name="resistance">0 for R0, j for R_j.</param>
    /// <param name="charging">Which of its two tables.</param>
    public int Table(int resistance, bool charging) => OcvSoc.Length + (((2 * resistance) + (charging ? 0 : 1)) * ResistanceSoc.Length);

    private static IEnumerable<double> Steps(double from, double to, int count) =>
        Enumerable.Range(0, count).Select(k => Math.Round(from + ((to - from) * k / count), 6));
}
