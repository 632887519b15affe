using TopBalance.Simulation;

namespace TopBalance.Tests.Oracle;

/// <content>The gap functions: each is above 0 as long as its event has not come.</content>
internal sealed partial class OraclePlayer
{
    private const double Never = 1e300;

    private readonly double[] gaps;
    private readonly double[] gapsMiddle;
    private readonly double[] gapsAhead;
    private readonly double[] gapsTrial;
    private readonly bool[] armed;

    // three per member: lower knot, upper knot, turn of the current
    private int FirstCellGap => 3 * circuit.Members.Length;

    // three per cell: shunt, HVC, LVC
    private int FirstModeGap => FirstCellGap + (3 * circuit.Cells);

    // three modes of the source, then these
    private int TaperGap => FirstModeGap + 3;

    private int WaitGap => FirstModeGap + 4;

    private int ChargeGap => FirstModeGap + 5;

    private int PowerGap => FirstModeGap + 6;

    private int GapCount => FirstModeGap + 7;

    // how far below 0 a gap that has just been left must fall to count again: above rounding, far below what a test can see
    private double Slack(int gap) => gap >= FirstCellGap ? 1e-12 : gap % 3 == 2 ? 0 : 1e-13;

    private void FillGaps(double[] state, double[] result)
    {
        circuit.Solve(state);
        for (int m = 0; m < circuit.Members.Length; m++)
        {
            double z = state[4 * m];
            result[3 * m] = z - circuit.Members[m].LowerKnot;
            result[(3 * m) + 1] = circuit.Members[m].UpperKnot - z;
            result[(3 * m) + 2] = circuit.TurnGap(m);
        }

        double lowest = circuit.Volts.Min();
        for (int c = 0; c < circuit.Cells; c++)
        {
            int at = FirstCellGap + (3 * c);
            result[at] = ShuntGap(c, lowest);
            result[at + 1] = HvcGap(c);
            result[at + 2] = LvcGap(c);
        }

        FillPackGaps(state, result);
    }

    private double Reading(int c) => circuit.Volts[c] + model.Cells[c].ReadingOffsetVolts;

    private double ShuntGap(int c, double lowest)
    {
        CellModel cell = model.Cells[c];
        if (cell.ShuntStuckOn || cell.ShuntDead)
        {
            return Never;
        }

        bool conducts = circuit.ShuntConducts[c];
        double absolute = conducts ? Reading(c) - cell.Levels.ShuntOff : cell.Levels.ShuntOn - Reading(c);
        if (model.Module.Relative is not { } rule)
        {
            return absolute;
        }

        double above = circuit.Volts[c] - lowest;
        return conducts ? Math.Min(absolute, above - rule.OffAbove.Value) : Math.Max(absolute, rule.OnAbove.Value - above);
    }

    private double HvcGap(int c)
    {
        ModuleLevels levels = model.Cells[c].Levels;
        return contacts[c] switch
        {
            _ when model.Cells[c].ContactDead => Never,
            Contact.AboveHvc => Reading(c) - levels.HvcClear,
            Contact.HvcPending => Reading(c) - levels.Hvc,
            Contact.Closed => levels.Hvc - Reading(c),
            _ => Never,
        };
    }

    private double LvcGap(int c)
    {
        ModuleLevels levels = model.Cells[c].Levels;
        return contacts[c] switch
        {
            _ when model.Cells[c].ContactDead => Never,
            Contact.BelowLvc => levels.LvcClear - Reading(c),
            Contact.LvcPending => levels.Lvc - Reading(c),
            Contact.Closed => Reading(c) - levels.Lvc,
            _ => Never,
        };
    }

    private void FillPackGaps(double[] state, double[] result)
    {
        result.AsSpan(FirstModeGap).Fill(Never);
        result[WaitGap] = waitVolts is { } volts ? (waitCell < 0 ? circuit.Volts.Max() : circuit.Volts[waitCell]) - volts : Never;
        if (circuit.Source is not { } s)
        {
            return;
        }

        result[TaperGap] = s.Mode == OracleMode.ConstantVoltage ? (circuit.SourceAmps - taperAmps) * circuit.SourceOhms : Never;
        result[ChargeGap] = chargeUntilAh is { } ah ? state[circuit.StringAhAt] - ah : Never;
        if (s.IsLoad)
        {
            double e = circuit.SourceEmf;
            result[PowerGap] = s.Mode == OracleMode.ConstantPower ? 1 + (4 * circuit.SourceOhms * s.Watts / (e * e)) : Never;
            return;
        }

        foreach (OracleMode mode in Enum.GetValues<OracleMode>())
        {
            result[FirstModeGap + (int)mode] = mode == s.Mode ? Never : ModeGap(s, mode);
        }
    }

    // in V; below 0 once the source would give less in that mode
    private double ModeGap(OracleSource s, OracleMode mode)
    {
        double amps = s.AmpsIn(mode, circuit.SourceEmf, circuit.SourceOhms);
        return double.IsInfinity(amps) ? Never : (amps - circuit.SourceAmps) * circuit.SourceOhms;
    }
}
