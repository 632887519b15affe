using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Fitting;
using TopBalance.Workbench.Validation.Cases.Profiles;

namespace TopBalance.Workbench.Tests.Validation;

public sealed class ProfileTests
{
    // what is judged along a profile is the model the engine plays
    [Fact]
    public void A_profile_is_played_as_the_engine_plays_it()
    {
        CellSpec cell = PartLibrary.BesideProgram.Cell("a123-26650");
        CellParameters parameters = cell.At(new Celsius(25));
        parameters = new CellParameters(parameters.Ocv, parameters.R0, parameters.RcPairs, parameters.Hysteresis, parameters.HysteresisRate);
        double[] seconds = [.. Enumerable.Range(0, 3601).Select(k => (double)k)];

        double[] played = new CellPlayback(parameters, 2.5).Play(Stretch(seconds, [.. seconds.Select(_ => 1.2)], 0.5));

        var module = new CellModuleSpec(
            "m", new Volts(4), new Volts(3.9), new ShuntSpec.Resistor(new Ohms(5)), new Volts(4.2), new Volts(4.1), new Volts(2), new Volts(2.1));
        var model = new PackModel(
            [new CellModel([new MemberModel(parameters, 2.5, 0.5)], ModuleLevels.Of(module))],
            module, new ChargerSpec(new Volts(4.1), new Amperes(1.2), default), new Volts(4.2));
        PackRun run = new PackSimulator().Run(model, new Charge { Limit = new Seconds(3600) });
        foreach (int k in (int[])[1, 10, 100, 1000, 3600])
        {
            // resistances are taken once a second: a few µV where they change steeply
            played[k].ShouldBe(run.StateAt(new Seconds(k), new CellNumber(1)).VoltageVolts, 2e-5, $"after {k} s");
        }
    }

    [Fact]
    public void Constants_are_found_again_in_a_profile_made_from_them()
    {
        var ocv = new OcvCurve([0, 0.2, 0.8, 1], [2.5, 3.2, 3.33, 3.6]);
        ImmutableArray<RcPair> pairs = [new(Ohms(0.03), new Seconds(30)), new(Ohms(0.04), new Seconds(3000))];
        var truth = new CellParameters(ocv, Ohms(0.025), pairs, new Volts(0.02), 20);
        double[] seconds = [.. Enumerable.Range(0, 30_000).Select(k => (double)k)];
        double[] amps = [.. seconds.Select(s => (Math.Floor(s / 7000) % 2 == 0 ? 0.5 : -0.5) + (s % 300 < 60 ? 0.8 : 0) - (s % 450 < 40 ? 0.9 : 0))];
        FitStretch stretch = Stretch(seconds, amps, 0.4);
        new CellPlayback(truth, 1.2).Play(stretch).CopyTo(stretch.Volts, 0);

        CellParameters found = new ConstantFit(ocv, 0.02, 1.2, stretch, [.. Enumerable.Range(0, seconds.Length)]).Fit(CancellationToken.None);

        // three sweeps of a search one by one: near, not exact
        found.R0.At(0.5, charging: true).ShouldBe(0.025, 0.001);
        found.RcPairs[0].Resistance.At(0.5, charging: true).ShouldBe(0.03, 0.003);
        found.RcPairs[1].Resistance.At(0.5, charging: true).ShouldBe(0.04, 0.006);
        found.RcPairs[0].TimeConstant.Value.ShouldBe(30, 4);
        found.HysteresisRate.ShouldBe(20, 5);
    }

    private static FitStretch Stretch(double[] seconds, double[] amps, double soc)
    {
        var stretch = new FitStretch("profile", seconds, amps, new double[seconds.Length]) { StartSoc = soc };
        stretch.Count(efficiency: 1);
        Array.Fill(stretch.Weights, 1);
        return stretch;
    }

    private static ResistanceCurve Ohms(double ohms) => new([0.5], [ohms], [ohms]);
}
