using TopBalance.Simulation;

namespace TopBalance.Tests.Oracle;

/// <content>What switches at an event, and what that switches in turn.</content>
internal sealed partial class OraclePlayer
{
    private readonly Contact[] contacts;
    private readonly double[] pendingSince;

    private enum Contact
    {
        Closed,
        HvcPending,
        LvcPending,
        AboveHvc,
        BelowLvc,
    }

    private bool IsPending(int c) => contacts[c] is Contact.HvcPending or Contact.LvcPending;

    private bool IsOpen(int c) => contacts[c] is Contact.AboveHvc or Contact.BelowLvc;

    private double NextDeadline()
    {
        double deadline = Math.Min(endAt, stageEndsAt);
        for (int c = 0; c < circuit.Cells; c++)
        {
            deadline = IsPending(c) ? Math.Min(deadline, pendingSince[c] + model.Module.Delay.Value) : deadline;
        }

        return deadline < 1e9 || time < 1e7 ? deadline : throw new OracleException("the step does not end");
    }

    private void PassDeadline()
    {
        if (time >= endAt)
        {
            end = (EndReason.Time, -1);
            return;
        }

        if (time >= stageEndsAt)
        {
            NextStage();
        }

        for (int c = 0; c < circuit.Cells; c++)
        {
            if (IsPending(c) && time >= pendingSince[c] + model.Module.Delay.Value)
            {
                Open(c, contacts[c] == Contact.HvcPending ? Contact.AboveHvc : Contact.BelowLvc);
            }
        }

        Settle();
    }

    private void Log(RunEventKind kind, int cell) => run.Events.Add(new RunEvent(time, kind, cell));

    private void Fire(int gap)
    {
        if (gap < FirstCellGap)
        {
            FireMember(circuit.Members[gap / 3], gap % 3);
        }
        else if (gap < FirstModeGap)
        {
            FireCell((gap - FirstCellGap) / 3, (gap - FirstCellGap) % 3);
        }
        else if (gap < TaperGap)
        {
            ChangeMode((OracleMode)(gap - FirstModeGap));
        }
        else if (gap == TaperGap)
        {
            Tapered();
        }
        else
        {
            end ??= (gap == PowerGap ? EndReason.Stuck : EndReason.Reached, waitCell);
        }
    }

    private static void FireMember(OracleMember member, int what)
    {
        if (what == 2)
        {
            member.Turn();
        }
        else
        {
            member.Cross(what == 1 ? 1 : -1);
        }
    }

    private void FireCell(int c, int what)
    {
        if (what == 0)
        {
            circuit.ShuntConducts[c] = !circuit.ShuntConducts[c];
            Log(circuit.ShuntConducts[c] ? RunEventKind.ShuntOn : RunEventKind.ShuntOff, c);
        }
        else if (IsOpen(c))
        {
            Log(contacts[c] == Contact.AboveHvc ? RunEventKind.HvcCleared : RunEventKind.LvcCleared, c);
            contacts[c] = Contact.Closed;
        }
        else if (IsPending(c))
        {
            contacts[c] = Contact.Closed;
        }
        else if (model.Module.Delay.Value > 0)
        {
            pendingSince[c] = time;
            contacts[c] = what == 1 ? Contact.HvcPending : Contact.LvcPending;
        }
        else
        {
            Open(c, what == 1 ? Contact.AboveHvc : Contact.BelowLvc);
        }
    }

    private void Open(int c, Contact how)
    {
        contacts[c] = how;
        Log(how == Contact.AboveHvc ? RunEventKind.HvcOpened : RunEventKind.LvcOpened, c);
        LoopOpened(c);
    }

    private void ChangeMode(OracleMode mode)
    {
        circuit.Source!.Mode = mode;
        if (!starting)
        {
            Log(mode switch
            {
                OracleMode.ConstantCurrent => RunEventKind.ConstantCurrent,
                OracleMode.ConstantPower => RunEventKind.ConstantPower,
                _ => RunEventKind.ConstantVoltage,
            }, -1);
        }
    }

    // lets everything that hangs on the new currents switch too, until nothing does
    private void Settle()
    {
        for (int pass = 0; pass < 300; pass++)
        {
            circuit.SettleDirections(y);
            if (ChooseMode())
            {
                continue;
            }

            FillGaps(y, gaps);
            if (!SwitchCells() && !SwitchPack())
            {
                for (int k = 0; k < GapCount; k++)
                {
                    armed[k] = gaps[k] > Slack(k);
                }

                return;
            }

            if (end is not null)
            {
                return;
            }
        }

        throw new OracleException("switches without end at one instant");
    }

    private bool ChooseMode()
    {
        if (circuit.Source is not { IsLoad: false } s)
        {
            return false;
        }

        OracleMode best = Enum.GetValues<OracleMode>().MinBy(m => m == s.Mode ? -Slack(FirstModeGap) : ModeGap(s, m));
        if (best == s.Mode)
        {
            return false;
        }

        ChangeMode(best);
        return true;
    }

    // a level reached by a jump counts as reached; a delay that has just begun is not ended by rounding
    private bool SwitchCells()
    {
        bool switched = false;
        for (int k = FirstCellGap; k < FirstModeGap; k++)
        {
            int c = (k - FirstCellGap) / 3;
            bool begun = (k - FirstCellGap) % 3 > 0 && IsPending(c);
            if (gaps[k] <= 0 && (!begun || gaps[k] < -Slack(k)))
            {
                FireCell(c, (k - FirstCellGap) % 3);
                switched = true;
            }
        }

        return switched;
    }

    private bool SwitchPack()
    {
        if (IsAllRed())
        {
            end = (EndReason.Red, -1);
            return true;
        }

        for (int k = TaperGap; k < GapCount; k++)
        {
            if (gaps[k] <= 0)
            {
                Fire(k);
                return true;
            }
        }

        return false;
    }
}
