using System.Numerics;
using static TopBalance.Simulation.Kernel.RowArrays;

namespace TopBalance.Simulation.Kernel;

/// <summary>What can be asked of the series of a step: where it meets a knot or a level, and what has passed.</summary>
internal sealed partial class TaylorKernel
{
    /// <summary>Shortens the span to the first knot a member meets or the first change of direction of its current.</summary>
    /// <returns>Index of the member that meets a knot or turns first, or -1.</returns>
    public int FindKnot(out bool turns)
    {
        int first = -1;
        turns = false;
        bool mayTurn = false;
        var turn = new Vector<double>(TurnAmps);
        for (int block = 0; block < row.Stride; block += Vector<double>.Count)
        {
            Stray(block, out Vector<double> strayZ, out Vector<double> strayI);
            Vector<double> z = At(row.Z, block);
            Vector<long> inside = Vector.LessThan(z + strayZ, At(row.To, block)) & Vector.GreaterThan(z - strayZ, At(row.From, block));
            mayTurn |= Vector.LessThanOrEqualAny(Vector.Abs(At(row.I, block)) - strayI, turn);
            for (int k = 0; inside != Vector<long>.AllBitsSet && k < Vector<double>.Count; k++)
            {
                if (inside[k] == 0 && Crossing(block + k, out double knot) is var time && !double.IsNaN(time))
                {
                    (Span, first, Knot) = (time, block + k, knot);
                }
            }
        }

        return mayTurn ? FindTurn(first, out turns) : first;
    }

    /// <summary>Between which voltages a node stays in a span, by the sizes of its coefficients.</summary>
    public void Reach(int node, double span, out double least, out double most)
    {
        double away = 0;
        for (int n = Terms - 1; n > 0; n--)
        {
            away = (away + Math.Abs(v[(n * NodeCount) + node])) * span;
        }

        least = v[node] - away;
        most = v[node] + away;
    }

    /// <summary>Makes <see cref="Differences"/> the series of one node's voltage less another's.</summary>
    public void Difference(int node, int other)
    {
        for (int n = 0; n < Terms; n++)
        {
            Differences[n] = v[(n * NodeCount) + node] - v[(n * NodeCount) + other];
        }
    }

    /// <summary>Current that a regulating shunt takes at the start of the step, A.</summary>
    public double HeldAmps(int node)
    {
        HeldSeries(node, 1);
        return Differences[0];
    }

    /// <summary>Charge that a regulating shunt takes in a span, C.</summary>
    public double HeldCoulombs(int node, double span)
    {
        HeldSeries(node, Terms);
        return Integral(Differences, 0, 1, span);
    }

    /// <summary>Shortens the span to where a regulating shunt would have to give charge or take more than it can.</summary>
    public bool HeldExit(int node, double fullAmps, double fullSiemens, ref double span)
    {
        HeldSeries(node, Terms);
        double start = span;
        double under = FirstFall(Differences, 0, 1, -2 * HeldSlack, span);
        span = under < span ? under : span;
        for (int n = 0; n < Terms; n++)
        {
            Differences[n] -= fullSiemens * v[(n * NodeCount) + node];
        }

        double over = FirstRise(Differences, 0, 1, fullAmps + (2 * HeldSlack), span);
        span = over < span ? over : span;
        return span < start;
    }

    /// <summary>Shortens the span to where a regulating shunt takes no more than a current plus a conductance would.</summary>
    public bool HeldFall(int node, double amps, double siemens, ref double span)
    {
        HeldSeries(node, Terms);
        for (int n = 0; n < Terms; n++)
        {
            Differences[n] -= siemens * v[(n * NodeCount) + node];
        }

        double fall = FirstFall(Differences, 0, 1, amps, span);
        bool found = fall < span;
        span = found ? fall : span;
        return found;
    }

    /// <summary>
    /// Integral of a series over the first t seconds, to the order of the states: what has passed and what is stored agree to rounding.
    /// </summary>
    public double Integral(double[] series, int offset, int stride, double t)
    {
        double sum = 0;
        for (int n = Terms - 2; n >= 0; n--)
        {
            sum = (sum * t) + (series[offset + (n * stride)] / (n + 1));
        }

        return sum * t;
    }

    /// <inheritdoc cref="Polynomial.FirstRise"/>
    public double FirstRise(double[] series, int offset, int stride, double level, double end) =>
        Polynomial.FirstRise(series, offset, stride, Terms, level, end);

    /// <inheritdoc cref="Polynomial.FirstFall"/>
    public double FirstFall(double[] series, int offset, int stride, double level, double end) =>
        Polynomial.FirstFall(series, offset, stride, Terms, level, end);

    // what a regulating shunt takes: what comes into the node less what its members take
    private void HeldSeries(int node, int terms)
    {
        ref TaylorNode held = ref nodes[node];
        for (int n = 0; n < terms; n++)
        {
            double amps = Amps[n] + (n == 0 ? held.SourceAmps : 0) - (held.Siemens * v[(n * NodeCount) + node]);
            for (int m = held.First; m < held.End; m++)
            {
                amps -= row.I[(n * row.Stride) + m];
            }

            Differences[n] = amps;
        }
    }

    // how far the states of charge and currents of a few members can stray from their values within the span
    private void Stray(int block, out Vector<double> strayZ, out Vector<double> strayI)
    {
        var step = new Vector<double>(Span);
        (strayZ, strayI) = (Vector<double>.Zero, Vector<double>.Zero);
        for (int at = ((Terms - 1) * row.Stride) + block; at >= row.Stride; at -= row.Stride)
        {
            strayZ = (strayZ + Vector.Abs(At(row.Z, at))) * step;
            strayI = (strayI + Vector.Abs(At(row.I, at))) * step;
        }
    }

    private int FindTurn(int first, out bool turns)
    {
        turns = false;
        for (int m = 0; m < row.Members; m++)
        {
            if (!ConstantsOf(m).DependsOnDirection)
            {
                continue;
            }

            double turn = row.Sign[m] > 0
                ? FirstFall(row.I, m, row.Stride, -TurnAmps, Span)
                : FirstRise(row.I, m, row.Stride, TurnAmps, Span);
            if (turn < Span)
            {
                (Span, first, turns) = (turn, m, true);
            }
        }

        return first;
    }

    // the first time in the span at which a member leaves its segment; at a knot it starts on, only the other one counts
    private double Crossing(int m, out double knot)
    {
        double z = row.Z[m];
        (double from, double to) = (row.From[m], row.To[m]);
        knot = to;
        bool clear = RateOf(m) > 0 ? z < to : z > from;
        if (!clear)
        {
            return double.NaN;
        }

        double up = z < to && !double.IsInfinity(to) ? FirstRise(row.Z, m, row.Stride, to, Span) : double.NaN;
        double end = double.IsNaN(up) ? Span : up;
        double down = z > from && !double.IsInfinity(from) ? FirstFall(row.Z, m, row.Stride, from, end) : double.NaN;
        knot = double.IsNaN(down) ? to : from;
        return double.IsNaN(down) ? up : down;
    }
}
