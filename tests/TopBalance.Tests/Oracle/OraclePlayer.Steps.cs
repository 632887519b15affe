using TopBalance.Simulation;

namespace TopBalance.Tests.Oracle;

/// <content>What each step connects, and what ends it.</content>
internal sealed partial class OraclePlayer
{
    private Step? step;
    private (EndReason Reason, int Cell)? end;
    private bool starting;
    private bool latched;
    private double endAt;
    private double stageEndsAt;
    private int stage;
    private double taperAmps;
    private double? waitVolts;
    private int waitCell;
    private double? chargeUntilAh;

    private void Begin(Step next)
    {
        step = next;
        end = null;
        starting = true;
        circuit.Source = null;
        circuit.Drain = null;
        (endAt, stageEndsAt) = (double.PositiveInfinity, double.PositiveInfinity);
        (waitVolts, waitCell, chargeUntilAh) = (null, -1, null);
        switch (next)
        {
            case Charge charge:
                BeginCharge(charge);
                break;
            case Rest rest:
                LimitTo(rest.Duration);
                waitVolts = rest.UntilHighestAt?.Value;
                break;
            case ResetIgnition:
                latched = false;
                end = (EndReason.Time, -1);
                break;
            case DrainCell drain:
                (circuit.Drain, circuit.DrainedCell) = (drain.Load, drain.Cell.Index);
                LimitTo(drain.Duration);
                (waitVolts, waitCell) = (drain.StopAt?.Value, drain.Cell.Index);
                break;
            case ChargeCells supply:
                BeginSupply(supply);
                break;
            case Drive drive:
                BeginDrive(drive);
                break;
            default:
                throw new OracleException($"does not play {next.GetType().Name}");
        }
    }

    private void LimitTo(Quantities.Seconds? duration) => endAt = duration is { } d ? time + d.Value : double.PositiveInfinity;

    private void BeginCharge(Charge charge)
    {
        if (latched || model.LoopCut || Enumerable.Range(0, circuit.Cells).Any(IsOpen))
        {
            end = (EndReason.Loop, -1);
            return;
        }

        LimitTo(charge.Limit);
        taperAmps = model.Charger.TerminationCurrent.Value;
        circuit.Source = new OracleSource(0, circuit.Cells - 1, (charge.Current ?? model.Charger.Current).Value)
        {
            Volts = model.Charger.Voltage.Value,
            Watts = model.Charger.PowerLimit?.Value ?? double.PositiveInfinity,
            IsString = true,
        };
    }

    private void BeginSupply(ChargeCells supply)
    {
        LimitTo(supply.Limit);
        circuit.Source = new OracleSource(supply.Cells[0].Index, supply.Cells[^1].Index, supply.Supply.Current.Value)
        {
            LeadOhms = supply.Supply.Lead.Value,
        };
        stage = -1;
        NextStage();
    }

    private void BeginDrive(Drive drive)
    {
        LimitTo(drive.Limit);
        chargeUntilAh = drive.Charge is { } ah ? y[circuit.StringAhAt] - ah.Value : null;
        circuit.Source = new OracleSource(0, circuit.Cells - 1, -(drive.Current?.Value ?? 0))
        {
            Watts = -(drive.Power?.Value ?? double.NegativeInfinity),
            Mode = drive.Power is null ? OracleMode.ConstantCurrent : OracleMode.ConstantPower,
            IsString = true,
            IsLoad = true,
        };
    }

    // after its last stage the supply is off
    private void NextStage()
    {
        var supply = (ChargeCells)step!;
        stage++;
        stageEndsAt = double.PositiveInfinity;
        if (stage == supply.Supply.Stages.Length)
        {
            circuit.Source = null;
            return;
        }

        SupplyStage now = supply.Supply.Stages[stage];
        circuit.Source!.Volts = now.Voltage.Value;
        taperAmps = Math.Max(supply.UntilTaperedTo?.Value ?? -1, now.EndsAt?.Value ?? -1);
        stageEndsAt = now.EndsAfter is { } after ? time + after.Value : double.PositiveInfinity;
    }

    private void Tapered()
    {
        if (step is not ChargeCells supply)
        {
            end = (EndReason.Charged, -1);
        }
        else if (supply.UntilTaperedTo?.Value == taperAmps)
        {
            end = (EndReason.Tapered, -1);
        }
        else
        {
            NextStage();
        }
    }

    private void LoopOpened(int cell)
    {
        EndReason? reason = step switch
        {
            Charge => EndReason.Hvc,
            Drive { ObeysLoop: true } => EndReason.Lvc,
            DrainCell { Attended: true } or ChargeCells { Attended: true } => EndReason.Alarm,
            _ => null,
        };
        latched |= reason == EndReason.Hvc;
        end ??= reason is { } r ? (r, cell) : null;
    }

    private bool IsAllRed() =>
        step is ChargeCells { UntilRed: true } supply && supply.Cells.All(c => circuit.ShuntConducts[c.Index]);
}
