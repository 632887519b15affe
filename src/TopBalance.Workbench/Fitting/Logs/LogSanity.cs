using static System.FormattableString;

namespace TopBalance.Workbench.Fitting;

/// <summary>Finds what makes a whole log worthless: no current at all, or its sign the wrong way round.</summary>
internal static class LogSanity
{
    // smaller than the offset of any meter, at any cell of ours
    private const double LeastAmps = 2e-3;

    // a current this much of the largest is a rest
    private const double RestShare = 0.002;

    private const double LeastVolts = 0.03, Clearly = 3, Steady = 0.2, LeastRun = 600, LongestStep = 120;

    public static double Rest(double mostAmps) => Math.Max(0.5 * LeastAmps, RestShare * mostAmps);

    /// <exception cref="Files.InputException">No current flows anywhere.</exception>
    public static void CheckCurrent(LogTable table, double mostAmps)
    {
        if (mostAmps < LeastAmps)
        {
            string name = Files.OneLine.Quote(table.Columns.Names[table.Columns.Current].Name);
            string seen = Invariant($"no current flows anywhere in it, at most {mostAmps:0.######} A in {name}");
            throw table.Wrong(0, seen + "; a fit needs a charge or a discharge");
        }
    }

    /// <exception cref="Files.InputException">The voltage moves against the current.</exception>
    public static void CheckSign(LogTable table, double mostAmps, LogSign sign)
    {
        Votes runs = Runs(table.Samples, Rest(mostAmps));
        Votes steps = StepVotes(table.Samples, mostAmps);
        if ((runs.Against && !steps.For) || (steps.Against && !runs.For))
        {
            Worst worst = runs.Against ? runs.Worst : steps.Worst;
            string where = Invariant($"(lines {worst.First} to {worst.Last}) ");
            string seen = Invariant($"the voltage goes from {worst.From:0.000} V to {worst.To:0.000} V {where}");
            string says = worst.To < worst.From ? "while the current says charge" : "while the current says discharge";
            string advice = sign == LogSign.Flip ? "leave '--sign flip' out" : "turn the current round with '--sign flip'";
            throw table.Wrong(worst.First, seen + says + $", so its sign is wrong; {advice}");
        }
    }

    // long stretches of a steady current: charge raises the voltage, discharge lowers it
    private static Votes Runs(ReadOnlySpan<LogSample> rows, double rest)
    {
        var votes = new Votes();
        int start = 0;
        for (int k = 1; k <= rows.Length; k++)
        {
            double amps = rows[start].Amps;
            if (k < rows.Length && !rows[k].Begins && Math.Abs(rows[k].Amps - amps) <= Steady * Math.Abs(amps))
            {
                continue;
            }

            if (Math.Abs(amps) > rest && k - 1 > start && rows[k - 1].Seconds - rows[start].Seconds >= LeastRun)
            {
                votes.Add(rows[start], rows[k - 1], Math.Sign(amps));
            }

            start = k;
        }

        return votes;
    }

    // steps of the current: a resistance moves the voltage with it
    private static Votes StepVotes(ReadOnlySpan<LogSample> rows, double mostAmps)
    {
        var votes = new Votes();
        for (int k = 1; k < rows.Length; k++)
        {
            double step = rows[k].Amps - rows[k - 1].Amps;
            bool near = !rows[k].Begins && rows[k].Seconds - rows[k - 1].Seconds <= LongestStep;
            if (near && Math.Abs(step) > Steady * mostAmps)
            {
                votes.Add(rows[k - 1], rows[k], Math.Sign(step));
            }
        }

        return votes;
    }

    private record struct Worst(double From, double To, int First, int Last);

    private sealed class Votes
    {
        private double right, wrong, worst;

        public Worst Worst { get; private set; }

        public bool For => right > LeastVolts && right > Clearly * wrong;

        public bool Against => wrong > LeastVolts && wrong > Clearly * right;

        public void Add(in LogSample from, in LogSample to, int sign)
        {
            double moved = sign * (to.Volts - from.Volts);
            right += Math.Max(0, moved);
            wrong += Math.Max(0, -moved);
            if (-moved > worst)
            {
                worst = -moved;
                Worst = new Worst(from.Volts, to.Volts, from.Line, to.Line);
            }
        }
    }
}
