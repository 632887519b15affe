namespace TopBalance.Simulation.Kernel;

/// <summary>Finds the highest value of a smooth course between two instants of a cell's history.</summary>
internal static class PeakSearch
{
    private const int MostPieces = 256, PointsPerPiece = 4, Refinements = 40;
    private const double Golden = 0.6180339887498949;

    /// <summary>
    /// Looks at every record, for they are close where much happens, at a few instants between them, and closer around the best of these.
    /// </summary>
    public static double Highest(Func<double, double> course, CellTrack track, double start, double end)
    {
        ReadOnlySpan<CellRecord> records = track.Records.Items;
        int first = records.Length;
        int last = records.Length;
        for (int k = records.Length - 1; k >= 0 && records[k].Time > start; k--)
        {
            first = k;
            last = records[k].Time >= end ? k : last;
        }

        int pieces = Math.Min(MostPieces, last - first + 1);
        double highest = double.NegativeInfinity;
        double best = start;
        double width = 0;
        for (int p = 0; p < pieces; p++)
        {
            double from = p == 0 ? start : records[first + (int)((long)p * (last - first) / pieces)].Time;
            double to = p == pieces - 1 ? end : records[first + (int)((long)(p + 1) * (last - first) / pieces)].Time;
            for (int k = 0; k <= PointsPerPiece; k++)
            {
                double at = k == PointsPerPiece ? to : from + ((to - from) * k / PointsPerPiece);
                double value = course(at);
                (highest, best, width) = value > highest ? (value, at, (to - from) / PointsPerPiece) : (highest, best, width);
            }
        }

        return Math.Max(highest, Refined(course, Math.Max(start, best - width), Math.Min(end, best + width)));
    }

    private static double Refined(Func<double, double> course, double low, double high)
    {
        double left = high - (Golden * (high - low));
        double right = low + (Golden * (high - low));
        double atLeft = course(left);
        double atRight = course(right);
        for (int k = 0; k < Refinements && high - low > 1e-6; k++)
        {
            if (atLeft > atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - (Golden * (high - low));
                atLeft = course(left);
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + (Golden * (high - low));
                atRight = course(right);
            }
        }

        return Math.Max(atLeft, atRight);
    }
}
