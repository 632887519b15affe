using TopBalance.Inference.Observations;
using TopBalance.Quantities;

namespace TopBalance.Inference;

/// <summary>Voltages of single cells: telling at the top of a charge, nearly nothing at rest on the plateau.</summary>
public sealed partial class Belief
{
    private const double WrongReading = 0.01;

    private void ObserveVoltages(VoltagesSeen seen)
    {
        if (seen.Rested is null)
        {
            ObserveAtTop(seen);
        }
        else
        {
            ObserveAtRest(seen);
        }
    }

    // measured with the current still flowing: the tables of the last charge hold
    private void ObserveAtTop(VoltagesSeen seen)
    {
        foreach ((int number, Volts volts) in seen.Cells)
        {
            stories[Checked(new Packs.CellNumber(number))].Measured(volts.Value);
        }

        // the plateau's error is one for all cells and ends below the knee, where these readings tell anything
        double sigma = error.MeterSigmaVolts;
        for (int j = 0; j < size.Packs; j++)
        {
            if (lastCharge[j].Amps <= 0)
            {
                continue;
            }

            // polarisation is that of the charge as it was: one of a minute has hardly built up any
            top.Draw(shared[j], capacityAh, lastCharge[j], pack.Module.ShuntOn.Value);
            foreach ((int number, Volts volts) in seen.Cells)
            {
                logWeights[j] += Read(j, number - 1, volts.Value, sigma, atTop: true);
            }
        }
    }

    private void ObserveAtRest(VoltagesSeen seen)
    {
        double hours = Math.Max(seen.Rested!.Value.Value / 3600, 0.02);
        double settling = 0.02 * Math.Exp(-hours / 2);
        foreach ((int number, Volts volts) in seen.Cells)
        {
            int cell = Checked(new Packs.CellNumber(number));
            for (int j = 0; j < size.Packs; j++)
            {
                double sigma = Root(error.MeterSigmaVolts, error.RestSigma.Value, settling, 0.6 * shared[j].Curve.HysteresisVolts);
                logWeights[j] += Read(j, cell, volts.Value - shared[j].PlateauVolts, sigma, atTop: false);
            }
        }
    }

    private static double Root(params ReadOnlySpan<double> sigmas)
    {
        double sum = 0;
        foreach (double sigma in sigmas)
        {
            sum += sigma * sigma;
        }

        return Math.Sqrt(sum);
    }

    // slices are cut where the voltage changes, finely at the knee, and each piece is weighed at its middle
    private double Read(int draw, int cell, double volts, double sigma, bool atTop)
    {
        SliceSet set = Of(draw, cell);
        bleeding.Begin(shared[draw], memories[draw]);
        Span<double> cuts = stackalloc double[RowFigures.MostParts + 1];
        int written = 0;
        double sum = 0;
        foreach (Slice s in set.Items)
        {
            int parts = Cut(s, sigma, atTop, cuts);
            for (int p = 0; p < parts; p++)
            {
                Slice piece = s;
                (piece.Low, piece.High) = (cuts[p], cuts[p + 1]);
                double distance = (VoltsOf(piece, piece.Middle, atTop) - volts) / sigma;
                double share = s.Width > 0 ? piece.Width / s.Width : 1;
                piece.Weight = s.Weight * share * (((1 - WrongReading) * Bell(distance)) + (WrongReading * 0.05));
                sum += piece.Weight;
                row.Pieces[written++] = piece;
            }
        }

        Settle(set, written);
        return Math.Log(Math.Max(sum, Least));
    }

    // the edges of a slice's pieces; none of them is so wide that the voltage changes much within it
    private int Cut(in Slice s, double sigma, bool atTop, Span<double> cuts)
    {
        cuts[0] = s.Low;
        double change = Math.Abs(VoltsOf(s, s.Low, atTop) - VoltsOf(s, s.High, atTop));
        if (s.Width <= 0 || change < 0.3 * sigma)
        {
            cuts[1] = s.High;
            return 1;
        }

        int parts = 0;
        foreach (double share in KneeShares)
        {
            double edge = share * s.CapacityAh;
            if (edge > s.Low && edge < s.High)
            {
                cuts[++parts] = edge;
            }
        }

        double beyond = cuts[parts];
        const int even = 6;
        for (int k = 1; k <= even; k++)
        {
            cuts[++parts] = beyond + ((s.High - beyond) * k / even);
        }

        return parts;
    }

    // charge to full, as shares of capacity, between which the curve bends
    private static readonly double[] KneeShares = [-0.005, -0.0025, 0, 0.0025, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.03, 0.045, 0.07, 0.12];

    private double VoltsOf(in Slice s, double toFullAh, bool atTop)
    {
        double share = toFullAh / s.CapacityAh;
        return !atTop ? bleeding.RestVolts(share)
            : s.Lit ? reading.RedVolts(share, s.Factor, s.Hysteresis) : reading.DarkVolts(share, s.Factor, s.Hysteresis);
    }

    /// <summary>
    /// A log is taken as the charges and rests it holds: their charge by its ammeter, and the voltages that stand above the plateau at the
    /// end of each charge; a reading beside a shunt that is on counts less.
    /// </summary>
    private void ObserveLog(LogSeen log)
    {
        double resolution = log.Resolution.Value / Math.Sqrt(12);
        int n = log.TimeSeconds.Length;
        int from = 0;
        while (from < n - 1)
        {
            int to = from + 1;
            int sign = SignAt(log, from);
            while (to < n - 1 && SignAt(log, to) == sign)
            {
                to++;
            }

            ObserveStretch(log, from, to, sign, resolution);
            from = to;
        }
    }

    private int SignAt(LogSeen log, int k) => Math.Abs(log.CurrentAmps[k]) < 1e-3 * capacityAh ? 0 : Math.Sign(log.CurrentAmps[k]);

    private void ObserveStretch(LogSeen log, int from, int to, int sign, double resolution)
    {
        double seconds = log.TimeSeconds[to] - log.TimeSeconds[from];
        double ah = 0;
        for (int k = from; k < to; k++)
        {
            ah += log.CurrentAmps[k] * (log.TimeSeconds[k + 1] - log.TimeSeconds[k]) / 3600;
        }

        if (sign == 0)
        {
            Wait(seconds);
            return;
        }

        if (sign < 0)
        {
            ObserveUse(new UseSeen(new AmpereHours(Math.Max(-ah, 1e-6))));
            return;
        }

        double ampsAtEnd = log.CurrentAmps[Math.Max(from, to - 1)];
        Charge(new RowCharge
        {
            Cells = (0, pack.Series),
            Amps = ah * 3600 / seconds,
            Seconds = seconds,
            EndAmps = ampsAtEnd,
            MeteredAh = ah,
            End = RowEnd.Nothing,
        });
        Sensors(log, to - 1, resolution);
    }

    // readings of one instant: what the sensors say at the end of the charge
    private void Sensors(LogSeen log, int at, double resolution)
    {
        for (int j = 0; j < size.Packs; j++)
        {
            double amps = Math.Max(log.CurrentAmps[at], 1e-3 * capacityAh) * shared[j].CurrentFactor;
            top.Draw(shared[j], capacityAh, amps, 36000, memories[j], pack.Module.ShuntOn.Value, Math.Min(shuntAmps, 0.95 * amps));
            for (int c = 0; c < pack.Series; c++)
            {
                double volts = log.CellVolts[c][at];
                if (double.IsNaN(volts))
                {
                    continue;
                }

                bool shunting = volts > pack.Module.ShuntOff.Value;
                double sigma = Root(error.MeterSigmaVolts, resolution, error.PlateauSigma.Value, shunting ? 0.01 : 0);
                logWeights[j] += Read(j, c, volts, sigma, atTop: true);
            }
        }
    }
}
