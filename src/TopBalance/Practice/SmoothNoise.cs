using TopBalance.Simulation;

namespace TopBalance.Practice;

/// <summary>A smooth random function of one variable: of mean 0 and standard deviation 1 wherever it is looked at.</summary>
internal readonly struct SmoothNoise
{
    // beyond this many standard deviations nobody would have believed the curve
    private const double Most = 2.5;

    private readonly double first, second, third;
    private readonly double turn;

    /// <param name="random">Gives three numbers.</param>
    /// <param name="turn">How fast it changes: after π/turn it has nothing left in common with itself.</param>
    public SmoothNoise(ref RandomStream random, double turn)
    {
        (first, second, third) = (Normal(ref random), Normal(ref random), Normal(ref random));
        this.turn = turn;
    }

    /// <summary>Its value; the squares of the three weights add up to 1.</summary>
    public double At(double x)
    {
        (double sin, double cos) = Math.SinCos(turn * x);
        (double sin2, double cos2) = Math.SinCos(0.6 * turn * x);
        return (first * cos) + (sin * ((second * cos2) + (third * sin2)));
    }

    /// <summary>A normal number, drawn again until it is a likely one.</summary>
    public static double Normal(ref RandomStream random)
    {
        while (true)
        {
            double drawn = random.NextNormal();
            if (Math.Abs(drawn) <= Most)
            {
                return drawn;
            }
        }
    }
}
