namespace TopBalance.Simulation.Kernel;

/// <summary>Answers what the pack was like at an instant: from the last record before it, in closed form or by a few steps.</summary>
internal sealed class HistoryReader
{
    private readonly TaylorKernel kernel = new();
    private MemberState[] states = [];
    private CellState[] one = [];

    /// <summary>All cells; returns the current of the row that the first cell belongs to, A.</summary>
    public double Read(PackModel model, CellTrack[] tracks, double time, int step, Span<CellState> cells)
    {
        double amps = 0;
        for (int c = 0; c < model.Cells.Length;)
        {
            CellRecord record = tracks[c].Records[tracks[c].Find(time, step)];
            double row = ReadRow(model, tracks, time, step, record.RowFirst, record.RowEnd, cells);
            amps = c == 0 ? row : amps;
            c = record.RowEnd;
        }

        return amps;
    }

    public CellState ReadOne(PackModel model, CellTrack[] tracks, double time, int step, int cell)
    {
        CellRecord record = tracks[cell].Records[tracks[cell].Find(time, step)];
        if (one.Length < model.Cells.Length)
        {
            one = new CellState[model.Cells.Length];
        }

        ReadRow(model, tracks, time, step, record.RowFirst, record.RowEnd, one);
        return one[cell];
    }

    private double ReadRow(PackModel model, CellTrack[] tracks, double time, int step, int first, int end, Span<CellState> cells)
    {
        if (states.Length < model.Members.Length)
        {
            states = new MemberState[model.Members.Length];
        }

        for (int c = first; c < end; c++)
        {
            ref CellRecord r = ref tracks[c].Records[tracks[c].Find(time, step)];
            int count = model.FirstMember[c + 1] - model.FirstMember[c];
            tracks[c].States.Items.Slice(r.States, count).CopyTo(states.AsSpan(model.FirstMember[c], count));
        }

        CellRecord record = tracks[first].Records[tracks[first].Find(time, step)];
        return IsClosedForm(model, record, first, end)
            ? ReadClosedForm(model, record, first, time, cells)
            : ReadSeries(model, tracks, record, time, step, cells);
    }

    private static bool IsClosedForm(PackModel model, in CellRecord r, int first, int end) =>
        end - first == 1 && r.Law.Kind == LawKind.Current && model.FirstMember[end] - model.FirstMember[first] == 1
        && !r.Flags.Held && r.PortSiemens + model.Shunt.SiemensOf(r.Flags) == 0;

    private double ReadClosedForm(PackModel model, in CellRecord r, int cell, double time, Span<CellState> cells)
    {
        int m = model.FirstMember[cell];
        double amps = r.Law.Value + NodeAmps(model, r);
        double seconds = time - r.Time;
        ClosedForm.Advance(model.Members[m], ref states[m], amps, seconds);
        double volts = ClosedForm.Voltage(model.Members[m], states[m], amps, model.Cells[cell].LugOhms);
        double bled = r.Flags.BledAh + (model.Shunt.AmpsOf(r.Flags) * seconds / 3600);
        cells[cell] = new CellState(states[m].Z, volts, amps, r.Flags.Shunt, r.Flags.Open != 0, bled);
        return r.Law.Value;
    }

    private double ReadSeries(PackModel model, CellTrack[] tracks, in CellRecord record, double time, int step, Span<CellState> cells)
    {
        (int first, int end) = (record.RowFirst, record.RowEnd);
        int offset = model.FirstMember[first];
        int members = model.FirstMember[end] - offset;
        Span<MemberState> row = states.AsSpan(offset, members);
        LoadNodes(model, tracks, record, time, step);
        kernel.Load(model.Members, offset, row);
        for (int c = first; c < end; c++)
        {
            cells[c] = cells[c] with { BledAh = 0 };
        }

        double t = record.Time;
        while (t < time)
        {
            kernel.Expand(record.Law, time - t);
            int knot = kernel.FindKnot(out bool turns);
            double span = kernel.Span;
            if (kernel.Frozen && span < time - t)
            {
                (span, knot) = (time - t, -1);
                kernel.Straighten();
            }

            AddBled(model, record, span, cells);
            kernel.Move(span);
            t = span == time - t ? time : t + span;
            if (knot >= 0)
            {
                kernel.Pass(knot, turns);
            }
        }

        kernel.Solve(record.Law);
        kernel.Store(row);
        for (int c = first; c < end; c++)
        {
            cells[c] = Describe(model, tracks[c].Records[tracks[c].Find(time, step)], c, offset, cells[c].BledAh);
        }

        return kernel.Amps[0];
    }

    private void AddBled(PackModel model, in CellRecord record, double span, Span<CellState> cells)
    {
        ShuntPort shunt = model.Shunt;
        for (int c = record.RowFirst; c < record.RowEnd; c++)
        {
            int node = record.Joined ? 0 : c - record.RowFirst;
            ref TaylorNode n = ref kernel.Nodes[node];
            double coulombs = !double.IsNaN(n.HeldVolts)
                ? kernel.HeldCoulombs(node, span)
                : (shunt.Amps * span) + (shunt.Siemens * kernel.Integral(kernel.NodeVolts, node, kernel.NodeCount, span));
            cells[c] = cells[c] with { BledAh = cells[c].BledAh + (coulombs / 3600) };
        }
    }

    private CellState Describe(PackModel model, in CellRecord own, int cell, int offset, double bledSince)
    {
        double charge = 0;
        double capacity = 0;
        double amps = 0;
        for (int m = model.FirstMember[cell]; m < model.FirstMember[cell + 1]; m++)
        {
            charge += states[m].Z * model.Members[m].CapacityAh;
            capacity += model.Members[m].CapacityAh;
            amps += kernel.MemberAmps(m - offset);
        }

        int node = own.Joined ? 0 : cell - own.RowFirst;
        double bled = own.Flags.BledAh + (own.Flags.Shunt ? bledSince : 0);
        return new CellState(charge / capacity, kernel.NodeVolts[node], amps, own.Flags.Shunt, own.Flags.Open != 0, bled);
    }

    private void LoadNodes(PackModel model, CellTrack[] tracks, in CellRecord row, double time, int step)
    {
        int offset = model.FirstMember[row.RowFirst];
        kernel.Resize(row.Joined ? 1 : row.RowEnd - row.RowFirst);
        for (int c = row.RowFirst; c < row.RowEnd; c++)
        {
            ref CellRecord r = ref tracks[c].Records[tracks[c].Find(time, step)];
            ref TaylorNode node = ref kernel.Nodes[row.Joined ? 0 : c - row.RowFirst];
            if (!row.Joined || c == row.RowFirst)
            {
                node = new TaylorNode { First = model.FirstMember[c] - offset, HeldVolts = double.NaN };
                if (!row.Joined)
                {
                    Hold(model, ref node, r.Flags, c, row.RowFirst, row.RowEnd);
                }
            }

            node.End = model.FirstMember[c + 1] - offset;
            node.LugOhms = row.Joined ? 0 : model.Cells[c].LugOhms;
            node.SourceAmps += NodeAmps(model, r);
            node.Siemens += r.PortSiemens + model.Shunt.SiemensOf(r.Flags);
        }
    }

    /// <summary>Makes a node of a cell whose shunt regulates; one held to a cell outside of the row is left to itself.</summary>
    internal static void Hold(PackModel model, ref TaylorNode node, in CellFlags flags, int cell, int first, int end)
    {
        if (flags.Held && (flags.HeldTo < 0 || (flags.HeldTo >= first && flags.HeldTo < end)))
        {
            (node.HeldVolts, node.HeldTo) = (model.HeldVolts(cell, flags.HeldTo), flags.HeldTo < 0 ? -1 : flags.HeldTo - first);
        }
    }

    private static double NodeAmps(PackModel model, in CellRecord r) =>
        r.PortAmps - model.Module.Quiescent.Value - model.Shunt.AmpsOf(r.Flags);
}
