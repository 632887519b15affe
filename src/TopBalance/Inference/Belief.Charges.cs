using TopBalance.Inference.Observations;
using TopBalance.Simulation;

namespace TopBalance.Inference;

/// <summary>The charges as they are noted.</summary>
public sealed partial class Belief
{
    // a maker's taper where the person noted none, docs: 0.032C at 3.55 V
    private const double UsualTaperRate = 0.032;

    private void ObserveCharge(ChargeSeen seen)
    {
        double amps = seen.Step.Current?.Value ?? pack.Charger.Current.Value;
        bool charged = seen.Ended == ChargeEnding.Charged;
        Charge(new RowCharge
        {
            Cells = (0, pack.Series),
            Amps = amps,
            Seconds = Lasted(seen.Step.Limit),
            Volts = pack.Charger.Voltage.Value,
            EndAmps = seen.EndCurrent?.Value ?? (charged ? pack.Charger.TerminationCurrent.Value : null),
            MeteredAh = seen.Charge?.Value,
            TimeSigma = seen.TimeSigma?.Value,
            MayTaper = charged || seen.EndCurrent is { } end && end.Value < 0.95 * amps,
            End = charged ? RowEnd.AtVoltage
                : seen.Ended == ChargeEnding.Hvc && seen.Tripped.Sight != TripSight.None ? RowEnd.FirstAtHvc : RowEnd.Nothing,
            Tripped = seen.Tripped,
            Lamps = seen.Lamps,
            SumVolts = seen.PackVoltage?.Value,
            RedAfter = seen.RedAfter.IsEmpty ? null : seen.RedAfter.ToDictionary(p => p.Key - 1, p => p.Value.Value),
        });
        Progress = Progress.After(seen, pack, amps);
        for (int c = 0; c < pack.Series; c++)
        {
            stories[c].Charged(seen.Lamps?.Of(Packs.CellNumber.FromIndex(c)) ?? LampSight.NotSeen, seen.Tripped.Cell?.Index == c);
        }
    }

    private void ObserveCellCharge(CellChargeSeen seen)
    {
        int first = Checked(seen.Step.Cells[0]);
        int last = Checked(seen.Step.Cells[^1]);
        SupplySetting supply = seen.Step.Supply;
        int count = last - first + 1;
        bool tapered = seen.Ended == CellChargeEnding.Tapered;

        // the other cells' shunts bleed on meanwhile
        Wait(Lasted(seen.Step.Limit), (first, last + 1));
        Charge(new RowCharge
        {
            Cells = (first, count),
            Amps = supply.Current.Value,
            Seconds = Lasted(seen.Step.Limit),
            Volts = supply.Stages[0].Voltage.Value,
            LeadOhms = supply.Lead.Value,
            EndAmps = seen.EndCurrent?.Value
                ?? (tapered ? seen.Step.UntilTaperedTo?.Value ?? Math.Min(UsualTaperRate * capacityAh, supply.Current.Value) : null),
            MeteredAh = seen.Charge?.Value,
            TimeSigma = seen.TimeSigma?.Value,
            MayTaper = true,
            End = seen.Ended switch
            {
                CellChargeEnding.Red => RowEnd.LastRed,
                CellChargeEnding.Tapered => RowEnd.AtVoltage,
                CellChargeEnding.Alarm => RowEnd.FirstAtHvc,
                _ => RowEnd.Nothing,
            },
            Tripped = seen.Tripped,
            Lamps = seen.Lamps,
        });
        for (int c = first; c <= last; c++)
        {
            stories[c].ChargedSingly(seen.Ended);
        }

    }

    // all at one voltage for long: each lacks what the curve says for that voltage and its share of the current
    private void ObserveParallel(ParallelChargeSeen seen)
    {
        SupplySetting supply = seen.Step.Supply;
        double amps = seen.EndCurrent?.Value ?? seen.Step.UntilTaperedTo?.Value ?? 0.02 * capacityAh;
        double each = Math.Max(amps / pack.Series, 1e-3 * capacityAh / 100);
        double hours = Lasted(seen.Step.Limit) / 3600;
        for (int j = 0; j < size.Packs; j++)
        {
            top.Draw(shared[j], capacityAh, each, 36000, default, pack.Module.ShuntOn.Value, 0);
            double volts = supply.Stages[0].Voltage.Value * (1 + shared[j].SetpointError);
            for (int c = 0; c < pack.Series; c++)
            {
                foreach (ref Slice s in Of(j, c).Items)
                {
                    double share = top.DarkShare(volts, s.Factor, 1);
                    double reached = seen.Ended == CellChargeEnding.Tapered ? 0 : Math.Max(0, s.Middle - (supply.Current.Value * hours / pack.Series));
                    double middle = Math.Max(s.CapacityAh * share, seen.Ended == CellChargeEnding.Tapered ? double.NegativeInfinity : reached);
                    double half = Math.Max(Blur * s.CapacityAh, 0.002 * s.CapacityAh);
                    (s.Low, s.High, s.Hysteresis, s.Lit) = (middle - half, middle + half, 1, false);
                }
            }
        }

        foreach (CellStory story in stories)
        {
            story.ChargedSingly(seen.Ended);
        }
    }

    private static double Lasted(Quantities.Seconds? limit) => limit?.Value is { } s && s > 0
        ? s
        : throw new ArgumentException("a charge must say how long it lasted");
}
