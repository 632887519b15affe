namespace TopBalance.Simulation.Kernel;

/// <summary>
/// How high each cell has come in a window in which the cells were played apart. No bound foresees how unlike members share a current, so
/// that their cells are played first; what the sum of the voltages cannot have exceeded follows from the series of the steps made.
/// </summary>
internal sealed partial class Player
{
    // the window is looked at in so many parts
    private const int CeilingParts = 32;

    // per part of the window and cell of the row, V
    private double[] ceilings = [];
    private int ceilingsFirst;
    private int ceilingsCells;
    private double ceilingsStart;
    private double ceilingsPart;

    private bool HasUnlikeMembers(int first, int end) => model.FirstMember[end] - model.FirstMember[first] > end - first;

    // cells of one member may be left alone in the window: theirs is the bound that foresees it
    private void ExpectCeilings(int first, int end, double loopAmps, double window)
    {
        (ceilingsFirst, ceilingsCells, ceilingsStart, ceilingsPart) = (first, end - first, cellTime[first], window / CeilingParts);
        if (ceilings.Length < CeilingParts * ceilingsCells)
        {
            ceilings = new double[CeilingParts * Ns];
        }

        for (int c = first; c < end; c++)
        {
            for (int part = 0; part < CeilingParts; part++)
            {
                ceilings[(part * ceilingsCells) + c - first] = HasUnlikeMembers(c, c + 1)
                    ? double.NegativeInfinity
                    : HighestVolts(c, loopAmps, (part + 1) * ceilingsPart);
            }
        }
    }

    // the step that is about to be taken, of a cell on its own
    private void NoteCeiling(int first, int end, double from, double span)
    {
        int column = first - ceilingsFirst;
        if (end - first > 1 || column < 0 || column >= ceilingsCells)
        {
            return;
        }

        kernel.Reach(0, span, out _, out double most);
        int last = PartAt(from + span);
        for (int part = PartAt(from); part <= last; part++)
        {
            ref double highest = ref ceilings[(part * ceilingsCells) + column];
            highest = Math.Max(highest, most);
        }
    }

    private int PartAt(double time) => (int)Math.Clamp((time - ceilingsStart) / ceilingsPart, 0, CeilingParts - 1);

    // start of the first part of the window, up to a time, in which the sum may have come to a level; or NaN
    private double FirstPartAbove(double level, double until)
    {
        for (int part = 0; part < CeilingParts && ceilingsStart + (part * ceilingsPart) < until; part++)
        {
            double sum = 0;
            foreach (double volts in ceilings.AsSpan(part * ceilingsCells, ceilingsCells))
            {
                sum += volts;
            }

            if (sum >= level)
            {
                return ceilingsStart + (part * ceilingsPart);
            }
        }

        return double.NaN;
    }
}
