using TopBalance.Inference;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Tests.Frozen;
using Xunit.Abstractions;

namespace TopBalance.Tests.Inference;

/// <summary>What inference makes of a charge with one equation for all cells is what the engine plays cell by cell.</summary>
public sealed class ReducedCircuitTests(ITestOutputHelper output)
{
    // shares of capacity. A charge from the plateau is a drawing of the same circuit: only the grid and the shunt, taken as a constant
    // current, are in it; a tenth of the least error that a cell's curve is known by (docs/validation.md: 0.1 % at 3.55 V)
    private const double Tolerance = 1e-4;

    // what is left of the first charge is that of a nominal cell, and the shunt that draws during the rest is not in it
    private const double SecondTolerance = 3e-4;

    // seconds of bleeding between the instants that are looked at, at the rate of the shunt
    private const double BleedTolerance = 3e-4;

    // factors between the rows of the tables, too
    public static TheoryData<double, double> Charges
    {
        get
        {
            var data = new TheoryData<double, double>();
            foreach (double amps in (double[])[2, 5, 10, 20])
            {
                foreach (double factor in (double[])[0.7, 1, 1.25, 1.5])
                {
                    data.Add(amps, factor);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Charges))]
    public void A_charge_meets_the_levels_of_shunt_and_HVC_where_the_engine_does(double amps, double factor)
    {
        var cell = new OneCell(amps, factor);
        PackRun run = cell.Run(new Charge());
        run.Steps[0].Reason.ShouldBe(EndReason.Hvc);
        TopCharge top = cell.Reduced(run.EndSeconds, default);

        ShouldMeet("first", cell, run, 0, top, hysteresis: 1, Tolerance);
    }

    [Theory]
    [MemberData(nameof(Charges))]
    public void A_second_charge_after_a_quarter_of_an_hour_begins_with_the_memory_of_the_first(double amps, double factor)
    {
        var cell = new OneCell(amps, factor);
        PackRun run = cell.Run(new Charge(), new Rest { Duration = new Seconds(900) }, new ResetIgnition(), new Charge());
        run.Steps[3].Reason.ShouldBe(EndReason.Hvc);
        TopCharge first = cell.Reduced(run.Steps[0].EndSeconds, default);
        (double u1, double u2) = first.MemoryAt(first.DarkShare(cell.Pack.Module.ShuntOn.Value, 1, 1));
        TopCurve curve = cell.Shared.Curve;
        double bled = OneCell.ShareAt(run, run.Steps[1].EndSeconds) - OneCell.ShareAt(run, run.Steps[0].EndSeconds);
        StepOutcome again = run.Steps[3];
        double seconds = again.EndSeconds - again.StartSeconds;
        double hysteresis = curve.HysteresisAfter(curve.HysteresisAfter(1, -bled), seconds * amps / 3600 / OneCell.CapacityAh);
        TopCharge second = cell.Reduced(seconds, (u1 * Math.Exp(-900 / curve.Tau1), u2 * Math.Exp(-900 / curve.Tau2)));

        ShouldMeet("second", cell, run, 3, second, hysteresis, SecondTolerance);
    }

    [Theory]
    [MemberData(nameof(Charges))]
    public void A_shunt_takes_out_after_the_charge_what_the_engine_says(double amps, double factor)
    {
        var cell = new OneCell(amps, factor);
        PackRun run = cell.Run(new Charge(), new Rest { UntilShuntsOff = true, Duration = new Seconds(86400) });
        TopCharge top = cell.Reduced(run.Steps[0].EndSeconds, default);
        double end = run.Steps[0].EndSeconds;
        double engine = run.At(run.EndSeconds)[0].BledAh - run.At(end)[0].BledAh;
        double toFull = OneCell.CapacityAh * OneCell.ShareAt(run, end);
        var slice = new Slice
        {
            Weight = 1,
            Low = toFull,
            High = toFull,
            CapacityAh = OneCell.CapacityAh,
            Factor = factor,
            On = cell.Pack.Module.ShuntOn.Value,
            Off = cell.Pack.Module.ShuntOff.Value,
            Hvc = cell.Pack.Module.Hvc.Value,
            Hysteresis = 1,
            Lit = true,
        };
        var bleeding = new Bleeding(cell.Pack);
        bleeding.Begin(cell.Shared, top.MemoryAt(top.DarkShare(cell.Pack.Module.ShuntOn.Value, 1, 1)));
        bleeding.Bleed(ref slice, 86400);

        output.WriteLine($"{amps} A, factor {factor}: engine {engine:0.0000} Ah, inference {slice.Low - toFull:0.0000} Ah");
        slice.Lit.ShouldBeFalse();
        (slice.Low - toFull).ShouldBe(engine, BleedTolerance * OneCell.CapacityAh);
    }

    // a shunt that has not let go since the last charge does not come on again
    private void ShouldMeet(string which, OneCell cell, PackRun run, int step, TopCharge top, double hysteresis, double tolerance)
    {
        double on = OneCell.ShareAtShuntOn(run, step);
        double hvc = OneCell.ShareAt(run, run.Steps[step].EndSeconds);
        double onHere = top.DarkShare(cell.Pack.Module.ShuntOn.Value, cell.Factor, hysteresis);
        double hvcHere = Math.Min(onHere, top.RedShare(cell.Pack.Module.Hvc.Value, cell.Factor, hysteresis));
        output.WriteLine($"{which} charge, {cell.Amps} A, factor {cell.Factor}: shunt on {100 * on:0.000} %, off by {100 * (onHere - on):0.000}; "
            + $"HVC {100 * hvc:0.000} %, off by {100 * (hvcHere - hvc):0.000}");
        (double.IsNaN(on) ? 0 : onHere - on).ShouldBe(0, tolerance, "shunt on");
        hvcHere.ShouldBe(hvc, tolerance, "HVC");
    }
}
