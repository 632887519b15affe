using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Workbench.Fitting;

namespace TopBalance.Workbench.Tests.Fitting;

/// <summary>
/// A cell whose parameters are known, played by the engine through what a careful owner would log: pulses on the way down, a slow discharge
/// to empty, a charge until full, and slowly down and up again. Read by a meter of 1 mV and 10 mA with noise.
/// </summary>
internal sealed class SyntheticCell
{
    public const double CapacityAh = 20, FullVolts = 3.6, EmptyVolts = 2.5;

    private const double MostSeconds = 60, MostVolts = 0.004;

    public SyntheticCell(int seed)
    {
        var random = new Random(seed);
        double Between(double low, double high) => low + ((high - low) * random.NextDouble());
        double r0 = Between(0.6, 1.4), r1 = Between(0.6, 1.4), r2 = Between(0.6, 1.4);
        FastSeconds = Between(12, 40);
        SlowSeconds = Between(400, 1200);
        Parameters = new CellParameters(
            Ocv(Between(-0.01, 0.01), Between(0.012, 0.02)),
            Curve(0.0012 * r0, 1.2, 1.3, 1.1),
            [
                new RcPair(Curve(0.001 * r1, 2, 5, 1.2), new Seconds(FastSeconds)),
                new RcPair(Curve(0.0022 * r2, 3, 12, 1.3), new Seconds(SlowSeconds)),
            ],
            new Volts(Between(0.003, 0.015)),
            Between(30, 100));
    }

    public CellParameters Parameters { get; }

    public double FastSeconds { get; }

    public double SlowSeconds { get; }

    public CellLog Log(int seed, double voltStep = 0.001, double ampStep = 0.01)
    {
        const double c = CapacityAh;
        var steps = new List<Step> { Charge(c / 5), Rest(3600) };
        for (int k = 0; k < 17; k++)
        {
            steps.AddRange([Discharge(c / 2, 360), Rest(900), Discharge(c, 30), Rest(60), Push(c, 30), Rest(600)]);
        }

        // empty opens the loop, and the key closes it again
        steps.AddRange([Discharge(c / 20, 90_000), Rest(3600), new ResetIgnition(), Charge(c / 5), Rest(7200)]);
        steps.AddRange([Discharge(c / 20, 90_000), Rest(1800), new ResetIgnition(), Charge(c / 20), Rest(3600)]);
        PackRun run = Play([.. steps]);
        return Read(run, new Random(seed), voltStep, ampStep);
    }

    private static Charge Charge(double amps) => new() { Current = new Amperes(amps) };

    private static Charge Push(double amps, double seconds) => new() { Current = new Amperes(amps), Limit = new Seconds(seconds) };

    private static Rest Rest(double seconds) => new() { Duration = new Seconds(seconds) };

    private static Drive Discharge(double amps, double limit) => new() { Current = new Amperes(amps), Limit = new Seconds(limit) };

    private PackRun Play(ImmutableArray<Step> steps)
    {
        var module = new CellModuleSpec(
            "none",
            new Volts(4.1),
            new Volts(4.0),
            new ShuntSpec.ConstantCurrent(new Amperes(0)),
            new Volts(4.2),
            new Volts(4.15),
            new Volts(EmptyVolts),
            new Volts(EmptyVolts + 0.02));
        var cell = new CellSpec(
            "truth", new AmpereHours(CapacityAh), new Volts(FullVolts), new Volts(3.65), [new CellAtTemperature(new Celsius(25), Parameters)]);
        var charger = new ChargerSpec(new Volts(FullVolts), new Amperes(CapacityAh), new Amperes(CapacityAh / 30));
        var spec = new PackSpec("one", 1, 1, cell, module, charger)
        {
            Cells = [new CellKnowledge(new CellNumber(1)) { Soc = 0.95 }],
        };
        return new PackSimulator().Run(PackDraw.Draw(spec), steps.AsSpan());
    }

    // a logger that looks every second and keeps a row when something has changed, and one a minute
    private static CellLog Read(PackRun run, Random random, double voltStep, double ampStep)
    {
        var cells = new CellState[1];
        List<double> seconds = [], amps = [], volts = [];
        (double Seconds, double Amps, double Volts) before = default;
        for (int k = 0; k < run.EndSeconds; k++)
        {
            (double now, _) = run.StateAt(new Seconds(k), cells);
            double current = Math.Round(now / ampStep) * ampStep;
            double voltage = Math.Round((cells[0].VoltageVolts + (Gauss(random) * voltStep)) / voltStep) * voltStep;
            bool switched = k > 0 && Math.Abs(current - before.Amps) > 0.02 * CapacityAh;
            if (switched && before.Seconds > seconds[^1])
            {
                Keep(before);
            }

            before = (k, current, voltage);
            if (k == 0 || switched || k - seconds[^1] >= MostSeconds || Math.Abs(voltage - volts[^1]) > MostVolts)
            {
                Keep(before);
            }
        }

        return new CellLog("synthetic", [new LogStretch("synthetic", [.. seconds], [.. amps], [.. volts]) { Temperature = new Celsius(25) }]);

        void Keep((double Seconds, double Amps, double Volts) row)
        {
            seconds.Add(row.Seconds);
            amps.Add(row.Amps);
            volts.Add(row.Volts);
        }
    }

    private static double Gauss(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static OcvCurve Ocv(double tilt, double knee)
    {
        double[] soc = [.. Enumerable.Range(0, 151).Select(k => k < 20 ? k * 0.005 : k < 110 ? 0.1 + ((k - 20) * 0.0095) : 0.955 + ((k - 110) * 0.045 / 40))];
        soc[^1] = 1;
        double Volts(double z) => 3.29 + (tilt * (z - 0.5)) + (0.03 * z) + (0.02 / (1 + Math.Exp(-(z - 0.7) / 0.02)))
            + (0.02 / (1 + Math.Exp(-(z - 0.3) / 0.05))) - (0.7 * Math.Exp(-z / 0.03)) + (0.15 * Math.Exp((z - 1) / (knee / 3)));
        return new OcvCurve([.. soc], [.. soc.Select(Volts)]);
    }

    private static ResistanceCurve Curve(double ohms, double atEmpty, double atFull, double discharge) => new(
        [0, 0.1, 0.3, 0.5, 0.7, 0.92, 0.97, 1],
        [ohms * atEmpty, ohms * 1.2, ohms * 1.1, ohms, ohms, ohms * 1.2, ohms * (1 + ((atFull - 1) / 2)), ohms * atFull],
        [ohms * atEmpty * 2, ohms * 1.3 * discharge, ohms * discharge, ohms * discharge, ohms, ohms, ohms, ohms]);
}
