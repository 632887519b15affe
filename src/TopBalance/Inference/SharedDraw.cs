using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Inference;

/// <summary>
/// One draw of what all cells of a pack share and nobody sees: the ammeter's error, the temperature, and how wrong the curve is. The cells
/// are independent given this and the string current.
/// </summary>
internal sealed class SharedDraw
{
    // two errors of the knee, one for its lower and one for its upper part; at 3.40 and 3.60 V they correlate by cos(1)
    private const double HalfAngle = 0.5;

    private const double SlowRate = 0.05;

    // what is wrong is a part of the charge still to come: where none is, nothing is wrong
    private const double MostOfToCome = 0.4;

    private static readonly (double Sine, double Cosine) OnPlateau = Math.SinCos(HalfAngle);

    private readonly PackSpec pack;
    private readonly double lowKnee, highKnee, fullShare;

    private SharedDraw(PackSpec pack, double lowKnee, double highKnee, TopCurve curve)
    {
        this.pack = pack;
        (this.lowKnee, this.highKnee) = (lowKnee, highKnee);
        Curve = curve;

        // at rest the axis of charge is wrong by what it is wrong where a slow charge passes the same place; a fast one has errors of its own
        fullShare = FullShare(curve);
        double off = pack.Module.ShuntOff.Value;
        double capacityAh = pack.Cell.Capacity.Value * pack.Parallel;
        double amps = Math.Min(pack.Charger.Current.Value, SlowRate * capacityAh);
        double share = curve.ShareAt(off);
        RestKneeError = KneeError(amps / capacityAh, off + (amps * curve.ChargeOhmsAt(share)), share);
    }

    /// <summary>Error of the knee of a cell that bleeds to its shunt's off level, as a share of capacity.</summary>
    public double RestKneeError { get; }

    /// <summary>True current over noted current.</summary>
    public double CurrentFactor { get; private set; }

    /// <summary>Error of the plateau's OCV, V.</summary>
    public double PlateauVolts { get; private init; }

    /// <summary>Error of the charger's set-point, relative.</summary>
    public double SetpointError { get; private init; }

    /// <summary>State of charge that all cells have more than their own draw says.</summary>
    public double CommonSoc { get; private init; }

    /// <summary>The circuit of a whole cell of factor 1.</summary>
    public TopCurve Curve { get; }

    /// <summary>Draws from the errors stated.</summary>
    public static SharedDraw From(PackSpec pack, ModelError error, RandomStream random)
    {
        double celsius = pack.Temperature.Value + (error.TemperatureSigma * random.NextNormal());
        double law = Math.Exp(error.ResistanceLawSigma * random.NextNormal());
        var curve = new TopCurve(pack.Cell.At(new Celsius(celsius)), pack.Parallel, law);
        return new SharedDraw(pack, random.NextNormal(), random.NextNormal(), curve)
        {
            CurrentFactor = Math.Max(0.2, 1 + (error.CurrentSigma * random.NextNormal())),
            PlateauVolts = error.PlateauSigma.Value * random.NextNormal(),
            SetpointError = error.SetpointSigma * random.NextNormal(),
            CommonSoc = (pack.Unknowns?.SocCommonSigma ?? 0) * random.NextNormal(),
        };
    }

    /// <summary>Nothing is wrong with anything.</summary>
    public static SharedDraw Nominal(PackSpec pack) =>
        new(pack, 0, 0, new TopCurve(pack.Cell.At(pack.Temperature), pack.Parallel, 1)) { CurrentFactor = 1 };

    /// <summary>A copy with another error of the ammeter.</summary>
    public SharedDraw With(double currentFactor)
    {
        var copy = (SharedDraw)MemberwiseClone();
        copy.CurrentFactor = currentFactor;
        return copy;
    }

    /// <summary>How far this draw's charge to full lies from the curve's where the cell shows a voltage, as a share of capacity.</summary>
    /// <param name="cRate">Current over capacity, 1/h.</param>
    /// <param name="volts">What it shows, V.</param>
    /// <param name="share">Its charge to full by the curve, as a share of capacity.</param>
    public double KneeError(double cRate, double volts, double share)
    {
        double high = pack.Cell.FullVoltage.Value;
        double along = Math.Clamp(1 - (2 * (volts - (high - 0.2)) / 0.2), -1, 1);
        double sigma = Math.Min(
            ModelError.KneeShare(pack.Cell, cRate, Math.Max(volts, high - 0.2)), MostOfToCome * Math.Max(0, share - fullShare));

        // most points lie on the plateau, where the angle is the same for all
        (double sine, double cosine) = along == 1 ? OnPlateau : Math.SinCos(HalfAngle * along);
        double drawn = (cosine * highKnee) + (sine * lowKnee);

        // below the knee the curve is a plateau: what is wrong there fades with the charge that is still to come
        return sigma * Math.Clamp(drawn, -2.5, 2.5);
    }

    // the end of the charge to which the file's errors are stated: held at the full voltage the cell takes C/20
    private double FullShare(TopCurve curve)
    {
        double amps = SlowRate * pack.Cell.Capacity.Value * pack.Parallel;
        int k = TopCurve.Shares.Length - 1;
        while (k > 0 && Settled(k) > pack.Cell.FullVoltage.Value)
        {
            k--;
        }

        return TopCurve.Shares[k];

        double Settled(int at) => curve.Ocv[at] + curve.HysteresisVolts + (amps * (curve.R0[at] + curve.R1[at] + curve.R2[at]));
    }
}

/// <summary>OCV and resistances of a whole cell drawn against charge to full, on one grid that is fine near the top.</summary>
internal sealed class TopCurve
{
    /// <summary>Charge to full as a share of capacity, falling.</summary>
    public static readonly ImmutableArray<double> Shares = MakeShares();

    public TopCurve(CellParameters cell, int parallel, double law)
    {
        double scale = law / parallel;
        Ocv = [.. Shares.Select(x => cell.Ocv.At(1 - x))];
        R0 = [.. Shares.Select(x => scale * cell.R0.At(1 - x, charging: true))];
        (R1, Tau1) = Pair(cell, 0, scale, charging: true);
        (R2, Tau2) = Pair(cell, 1, scale, charging: true);
        double top = 0.99;
        BleedOhms0 = scale * cell.R0.At(top, charging: false);
        BleedOhms1 = cell.RcPairs.Length > 0 ? scale * cell.RcPairs[0].Resistance.At(top, charging: false) : 0;
        BleedOhms2 = cell.RcPairs.Length > 1 ? scale * cell.RcPairs[1].Resistance.At(top, charging: false) : 0;
        HysteresisVolts = cell.Hysteresis.Value;
        HysteresisRate = cell.HysteresisRate;
        Efficiency = cell.Efficiency;
    }

    public double[] Ocv { get; }

    public double[] R0 { get; }

    public double[] R1 { get; }

    public double[] R2 { get; }

    public double Tau1 { get; }

    public double Tau2 { get; }

    /// <summary>Ω of a nearly full cell while it is discharged.</summary>
    public double BleedOhms0 { get; }

    public double BleedOhms1 { get; }

    public double BleedOhms2 { get; }

    public double HysteresisVolts { get; }

    public double HysteresisRate { get; }

    public double Efficiency { get; }

    /// <summary>OCV in V at a charge to full; beyond the grid with its end slopes.</summary>
    public double OcvAt(double share)
    {
        int low = 0;
        int high = Shares.Length - 1;
        while (high - low > 1)
        {
            int middle = (low + high) >> 1;
            (low, high) = Shares[middle] >= share ? (middle, high) : (low, middle);
        }

        return Ocv[low] + ((Shares[low] - share) / (Shares[low] - Shares[high]) * (Ocv[high] - Ocv[low]));
    }

    /// <summary>Charge to full (share) at which the OCV is a voltage near the top.</summary>
    public double ShareAt(double volts)
    {
        int k = 1;
        while (k < Ocv.Length - 1 && Ocv[k] < volts)
        {
            k++;
        }

        double rise = Ocv[k] - Ocv[k - 1];
        return rise > 0 ? Shares[k - 1] + ((volts - Ocv[k - 1]) / rise * (Shares[k] - Shares[k - 1])) : Shares[k];
    }

    /// <summary>Ω of a long charge at a charge to full, R0 and both RC pairs; of the grid's next point.</summary>
    public double ChargeOhmsAt(double share)
    {
        int k = 0;
        while (k < Shares.Length - 1 && Shares[k] > share)
        {
            k++;
        }

        return R0[k] + R1[k] + R2[k];
    }

    /// <summary>The hysteresis state after a charge (positive) or discharge, given as a share of capacity.</summary>
    public double HysteresisAfter(double state, double share)
    {
        double sign = Math.Sign(share);
        return sign - ((sign - state) * Math.Exp(-HysteresisRate * Math.Abs(share)));
    }

    private static (double[] Ohms, double Tau) Pair(CellParameters cell, int pair, double scale, bool charging) =>
        pair >= cell.RcPairs.Length
            ? (new double[Shares.Length], 1)
            : ([.. Shares.Select(x => scale * cell.RcPairs[pair].Resistance.At(1 - x, charging))], cell.RcPairs[pair].TimeConstant.Value);

    private static ImmutableArray<double> MakeShares()
    {
        var shares = new List<double>();
        void Down(double to, double step)
        {
            double from = shares.Count == 0 ? 1 : shares[^1];
            int count = (int)Math.Round((from - to) / step);
            for (int k = shares.Count == 0 ? 0 : 1; k <= count; k++)
            {
                shares.Add(from - (k * step));
            }
        }

        Down(0.20, 0.02);
        Down(0.06, 0.005);
        Down(0.03, 0.0025);
        Down(-0.01, 0.0005);
        Down(-0.06, 0.005);
        return [.. shares];
    }
}
