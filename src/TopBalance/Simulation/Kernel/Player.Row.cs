namespace TopBalance.Simulation.Kernel;

/// <summary>A row of cells that depend on each other, or a single cell without a closed form: stepped by series.</summary>
internal sealed partial class Player
{
    // a record at least this often keeps "the state at any time" a matter of a few steps; in a row of many members, of which every knot
    // costs a step, records are rarer, so that their size grows with the steps and not with steps times members
    private const int StepsPerRecord = 32;

    // a level met again and again at one instant, by the rounding of its root, is passed by force: so often, and by so much, s
    private const int MostIdle = 20;
    private const double Push = 1e-6;
    private const double LongestPush = 10;

    // so often what has switched may make others switch at one instant
    private const int MostRounds = 41;

    // a row that has not come to an end after a century never will, s
    private const double Forever = 3.2e9;

    /// <summary>Charge that the row's source gave in the last stretch, Ah.</summary>
    private double rowAh;

    // what the next push takes; it doubles until steps go on by themselves, s
    private double pushSeconds = Push;

    // how far the last step went, s
    private double progress;

    private Span<MemberState> RowStates(int first, int end) =>
        states.AsSpan(model.FirstMember[first], model.FirstMember[end] - model.FirstMember[first]);

    private void LoadNodes(int first, int end, bool joined)
    {
        int offset = model.FirstMember[first];
        kernel.Resize(joined ? 1 : end - first);
        Span<TaylorNode> nodes = kernel.Nodes;
        for (int k = 0; k < nodes.Length; k++)
        {
            int c = first + k;
            nodes[k] = new TaylorNode
            {
                First = model.FirstMember[c] - offset,
                End = (joined ? model.FirstMember[end] : model.FirstMember[c + 1]) - offset,
                SourceAmps = NodeAmps(c),
                Siemens = NodeSiemens(c),
                LugOhms = joined ? 0 : model.Cells[c].LugOhms,
                HeldVolts = double.NaN,
            };
            if (!joined)
            {
                HistoryReader.Hold(model, ref nodes[k], flags[c], c, first, end);
            }

            for (int other = c + 1; joined && other < end; other++)
            {
                nodes[k].SourceAmps += NodeAmps(other);
                nodes[k].Siemens += NodeSiemens(other);
            }
        }
    }

    /// <summary>Plays a row from its cells' common time until something on the watch happens. Leaves all of them at that time.</summary>
    private RowHalt PlayRow(int first, int end, SourceLaw law, bool joined, double until, in RowWatch watch)
    {
        double t = cellTime[first];
        rowAh = 0;
        int sinceRecord = 0;
        int stepsPerRecord = Math.Max(StepsPerRecord, RowStates(first, end).Length / 2);
        int idle = 0;
        RowHalt? halt = SettleRow(first, end, law, joined, t, watch);
        RecordRow(first, end, halt is { Reason: Halt.AmpsLow } && TakesBack(watch) ? new SourceLaw(LawKind.Current, 0) : law, joined);
        if (halt is null)
        {
            NoteEmpty(first, end);
        }

        while (halt is null)
        {
            double limit = Math.Min(until, RowPending(first, end));
            if (!kernel.Expand(law, Math.Min(limit, t + Forever) - t))
            {
                kernel.Store(RowStates(first, end));
                return new RowHalt(t, Halt.Infeasible);
            }

            if (kernel.Frozen && SkipFrozen(first, end, ref t, limit, watch.Unlimited ? double.PositiveInfinity : until, out halt))
            {
                RecordRow(first, end, law, joined);
                if (halt is null && t < until)
                {
                    halt = SettleRow(first, end, law, joined, t, watch);
                }

                continue;
            }

            bool switched = StepRow(first, end, joined, ref t, limit, watch, push: idle > MostIdle, out Halt? told);
            bool pushed = idle > MostIdle;
            idle = progress > 0 ? 0 : idle + 1;
            pushSeconds = pushed ? Math.Min(2 * pushSeconds, LongestPush) : progress > 1e-3 ? Push : pushSeconds;
            if (idle > 200)
            {
                // a load of constant power ends in a collapse of the voltage, towards which time stands still
                if (law.Kind == LawKind.Power)
                {
                    kernel.Store(RowStates(first, end));
                    return new RowHalt(t, Halt.Infeasible);
                }

                throw new InvalidOperationException($"The row of cells {first + 1} to {end} makes no progress at {t} s.");
            }

            bool settles = switched || t >= limit;
            bool records = settles || ++sinceRecord >= stepsPerRecord;
            if (records)
            {
                kernel.Store(RowStates(first, end));
            }

            if (settles)
            {
                halt = SettleRow(first, end, law, joined, t, watch) ?? Told(told, t, first);
            }

            if (halt is null && t >= until)
            {
                halt = new RowHalt(until, Halt.Limit);
            }

            if (records)
            {
                RecordRow(first, end, law, joined);
                sinceRecord = 0;
            }
        }

        return halt.Value;
    }

    private static RowHalt? Told(Halt? told, double t, int first) =>
        told is { } reason ? new RowHalt(t, reason, reason == Halt.StopVolts ? first : -1) : null;

    // one step: up to the end of the series, a knot, or the first thing that happens; true if something may have switched
    private bool StepRow(int first, int end, bool joined, ref double t, double limit, in RowWatch watch, bool push, out Halt? told)
    {
        int knotMember = kernel.FindKnot(out bool turns);
        double span = kernel.Span;
        told = null;
        bool found = !push && FindExit(first, end, joined, ref span, watch, out told);
        span = push ? Math.Min(span, pushSeconds) : span;
        bool atKnot = knotMember >= 0 && span == kernel.Span;
        Account(first, end, joined, span);
        NoteCeiling(first, end, t, span);
        kernel.Move(span);
        double next = span == limit - t ? limit : t + span;
        progress = next - t;
        t = next;
        cellTime.AsSpan(first, end - first).Fill(t);
        if (!atKnot)
        {
            return found;
        }

        kernel.Pass(knotMember, turns);
        if (!turns && kernel.Knot == 0)
        {
            kernel.Store(RowStates(first, end));
            Reversal(CellOf(first, knotMember), t, falls: kernel.RateOf(knotMember) < 0);
        }

        return found;
    }

    // a member that starts empty, or beyond, meets no knot there
    private void NoteEmpty(int first, int end)
    {
        int offset = model.FirstMember[first];
        for (int c = first; c < end; c++)
        {
            bool empty = false;
            bool falls = false;
            for (int m = model.FirstMember[c]; m < model.FirstMember[c + 1]; m++)
            {
                empty |= states[m].Z <= 0;
                falls |= states[m].Z == 0 && model.Members[m].SocRate(kernel.MemberAmps(m - offset)) < 0;
            }

            if (empty)
            {
                Reversal(c, cellTime[c], falls);
            }
        }
    }

    private int CellOf(int first, int member)
    {
        int c = first;
        while (model.FirstMember[c + 1] - model.FirstMember[first] <= member)
        {
            c++;
        }

        return c;
    }

    private double RowPending(int first, int end)
    {
        double least = double.PositiveInfinity;
        for (int c = first; c < end; c++)
        {
            least = Math.Min(least, NextPending(c));
        }

        return least;
    }

    // charge passed and bled in the step that is about to be taken
    private void Account(int first, int end, bool joined, double span)
    {
        rowAh += kernel.Integral(kernel.Amps, 0, 1, span) / 3600;
        for (int c = first; c < end; c++)
        {
            if (!flags[c].Shunt)
            {
                continue;
            }

            int node = joined ? 0 : c - first;
            double coulombs = flags[c].Held
                ? kernel.HeldCoulombs(node, span)
                : shunt.Amps * span;
            if (shunt.Siemens > 0 && !flags[c].Held)
            {
                coulombs += shunt.Siemens * kernel.Integral(kernel.NodeVolts, node, kernel.NodeCount, span);
            }

            flags[c].BledAh += coulombs / 3600;
        }
    }

    // nothing moves: the rest of the time passes at once, or, if it has no end, never
    private bool SkipFrozen(int first, int end, ref double t, double limit, double until, out RowHalt? halt)
    {
        halt = null;
        if (double.IsInfinity(until) && double.IsInfinity(RowPending(first, end)))
        {
            kernel.Store(RowStates(first, end));
            halt = new RowHalt(t, Halt.Stuck);
            return true;
        }

        double span = limit - t;
        if (span <= kernel.Span)
        {
            return false;
        }

        kernel.Straighten();
        NoteCeiling(first, end, t, span);
        Account(first, end, joined: kernel.NodeCount == 1 && end - first > 1, span);
        kernel.Move(span);
        kernel.Store(RowStates(first, end));
        t = limit;
        cellTime.AsSpan(first, end - first).Fill(t);
        if (t >= until)
        {
            halt = new RowHalt(until, Halt.Limit);
        }

        return true;
    }

    private void RecordRow(int first, int end, in SourceLaw law, bool joined)
    {
        for (int c = first; c < end; c++)
        {
            Record(c, first, end, law, joined);
        }
    }

    /// <summary>Brings the flags of a row up to its voltages, which jump as shunts switch, until nothing switches any more.</summary>
    private RowHalt? SettleRow(int first, int end, in SourceLaw law, bool joined, double t, in RowWatch watch)
    {
        cellTime.AsSpan(first, end - first).Fill(t);
        kernel.Load(model.Members, model.FirstMember[first], RowStates(first, end));
        for (int round = 0; ; round++)
        {
            LoadNodes(first, end, joined);
            if (!kernel.Solve(law))
            {
                return new RowHalt(t, Halt.Infeasible);
            }

            kernel.Store(RowStates(first, end));

            // where the source's limits act, the cells are not judged at a current that will not flow
            if (Beyond(watch, t) is { } limited)
            {
                return limited;
            }

            bool jumped = false;
            for (int c = first; c < end; c++)
            {
                jumped |= Switch(c, t, kernel.NodeVolts[joined ? 0 : c - first], ReachedInRow);
                jumped |= SwitchHeld(c, joined ? 0 : c - first, t);
            }

            // what a regulator has let go of is judged at the voltage it comes to then
            jumped = jumped || SwitchRelative(first, end, t);
            if (!jumped)
            {
                break;
            }

            if (round == MostRounds)
            {
                // whatever else would switch must wait: what is on and what the row is solved with must be the same
                LoadNodes(first, end, joined);
                if (!kernel.Solve(law))
                {
                    return new RowHalt(t, Halt.Infeasible);
                }

                kernel.Store(RowStates(first, end));
                break;
            }
        }

        return AfterSettling(first, end, law, t, watch);
    }

    private RowHalt? Beyond(in RowWatch watch, double t) =>
        kernel.Volts[0] > watch.SumHigh + ReachedInRow ? new RowHalt(t, Halt.SumHigh)
        : kernel.Amps[0] > watch.AmpsHigh ? new RowHalt(t, Halt.AmpsHigh)
        : TakesBack(watch) ? new RowHalt(t, Halt.AmpsLow)
        : null;

    // a charger or supply set below its cells would have to take charge back, which it does not
    private bool TakesBack(in RowWatch watch) => kernel.Amps[0] < 0 && kernel.Amps[0] < watch.AmpsLow;

    private RowHalt? AfterSettling(int first, int end, in SourceLaw law, double t, in RowWatch watch)
    {
        for (int c = first; c < end && watch.StopOnOpen; c++)
        {
            if (flags[c].Open != 0)
            {
                return new RowHalt(t, Halt.Opened, c);
            }
        }

        if (watch.WaitFor != WaitFor.Nothing && AllArrived(first, end, watch.WaitFor))
        {
            return new RowHalt(t, Halt.All);
        }

        double volts = kernel.Volts[0];
        double amps = kernel.Amps[0];
        return volts >= watch.SumHigh - ReachedInRow ? new RowHalt(t, Halt.SumHigh)
            : volts <= watch.SumLow + ReachedInRow ? new RowHalt(t, Halt.SumLow)
            : amps <= watch.AmpsLow ? new RowHalt(t, Halt.AmpsLow)
            : amps >= watch.AmpsHigh ? new RowHalt(t, Halt.AmpsHigh)
            : watch.ReturnOnClosedForm && IsClosedForm(first) ? new RowHalt(t, Halt.ClosedForm)
            : null;
    }

    private bool AllArrived(int first, int end, WaitFor what)
    {
        for (int c = first; c < end; c++)
        {
            if (!Arrived(c, what))
            {
                return false;
            }
        }

        return true;
    }

    private bool Arrived(int cell, WaitFor what) => what == WaitFor.Red ? flags[cell].Shunt : !flags[cell].AboveRest;
}
