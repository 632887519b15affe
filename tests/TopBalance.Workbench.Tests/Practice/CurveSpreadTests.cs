using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Practice;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Workbench.Files;
using Xunit.Abstractions;

namespace TopBalance.Workbench.Tests.Practice;

/// <summary>True curves differ from the nominal one by as much as the cell file says that its model is wrong.</summary>
public sealed class CurveSpreadTests(ITestOutputHelper output)
{
    private const int Draws = 600;
    private const double StartSoc = 0.8;

    // asked of the plant; 600 draws know a standard deviation to 3 %
    private const double SigmaMargin = 0.25;

    public static TheoryData<string, double[]> Cells => new()
    {
        { "calb-ca100", [3.45, 3.50, 3.55] },
        { "winston-lyp100", [3.65, 3.70, 3.75] },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public void Charge_still_to_come_spreads_as_the_cell_file_states_its_model_error(string id, double[] levels)
    {
        CellSpec cell = PartLibrary.BesideProgram.Cell(id);
        double[] rates = [0.05, 0.1];
        var misses = new List<string>();
        foreach ((double rate, double level) in rates.SelectMany(r => levels.Select(l => (r, l))))
        {
            double nominal = Percent(cell, level, rate, null);
            double[] drawn = [.. Enumerable.Range(0, Draws).Select(k => Percent(cell, level, rate, (ulong)k))];
            double mean = drawn.Average();
            double sigma = Math.Sqrt(drawn.Average(d => (d - mean) * (d - mean)));
            double asked = cell.ModelError!.Percent(rate, new(level));
            output.WriteLine($"{id} {rate:0.00} C {level:0.00} V: to come {nominal:0.000} %, mean {mean:0.000}, sigma {sigma:0.000}, asked {asked:0.000}");

            // a shift of the mean well inside the spread is no matter
            if (Math.Abs(sigma / asked - 1) > SigmaMargin || Math.Abs(mean - nominal) > 0.3 * asked)
            {
                misses.Add($"{rate} C at {level} V: {mean - nominal:0.000} % ± {sigma:0.000}, asked 0 ± {asked:0.000}");
            }
        }

        misses.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_cell_held_at_its_full_voltage_until_C20_is_as_full_as_the_nominal_one(string id, double[] levels)
    {
        CellSpec cell = PartLibrary.BesideProgram.Cell(id);
        levels.ShouldAllBe(l => l < cell.FullVoltage.Value);
        double nominal = HeldSoc(cell, null);
        double[] held = [.. Enumerable.Range(0, 200).Select(k => HeldSoc(cell, (ulong)k))];
        output.WriteLine($"{id}: full at {nominal:0.00000}, drawn {held.Min():0.00000} to {held.Max():0.00000}");

        // what resistance and time constants leave at C/20
        held.ShouldAllBe(z => Math.Abs(z - nominal) < 4e-4);
    }

    private static double Percent(CellSpec cell, double level, double rate, ulong? seed)
    {
        PackRun run = Charge(cell, level, rate, 2 * level, seed);
        run.Steps[0].Reason.ShouldBe(EndReason.Hvc, $"{cell.Id}, {level} V, seed {seed}");
        return 100 * (1 - Soc(run));
    }

    private static double HeldSoc(CellSpec cell, ulong? seed)
    {
        PackRun run = Charge(cell, cell.FullVoltage.Value + 0.1, 0.0505, cell.FullVoltage.Value, seed);
        run.Steps[0].Reason.ShouldBe(EndReason.Charged);
        return Soc(run);
    }

    private static double Soc(PackRun run) => run.StateAt(new(run.EndSeconds), new CellNumber(1)).Soc;

    // one cell without any other error, whose contact opens at the level
    private static PackRun Charge(CellSpec cell, double level, double rate, double setPoint, ulong? seed)
    {
        var none = new ShuntSpec.ConstantCurrent(new(0));
        var module = new CellModuleSpec(
            "level", new(level - 0.01), new(level - 0.02), none, new(level), new(level - 0.01), new(2), new(2.1));
        var charger = new ChargerSpec(new(setPoint), new(rate * cell.Capacity.Value), new(0.05 * cell.Capacity.Value));
        var spec = new PackSpec("one cell", 1, 1, cell, module, charger)
        {
            Unknowns = new Unknowns
            {
                SocMin = StartSoc,
                SocMax = StartSoc,
                CapacitySigma = 0,
                ResistanceSigma = 0,
                ThresholdSigma = new Volts(0),
                TemperatureSigma = 0,
                CurrentSigma = 0,
            },
        };
        // the charger's own error is none of the curve's
        PackModel model = seed is { } s
            ? new PackModel(TruePack.Draw(spec, s).Model.Cells, module, charger, cell.MaxVoltage)
            : PackDraw.Draw(spec);
        return new PackSimulator().Run(model, new Charge());
    }
}
