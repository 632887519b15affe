using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Tests.Frozen;

namespace TopBalance.Tests.Simulation;

public sealed class DrawsFromUnknowns
{
    [Fact]
    public void A_known_capacitance_makes_its_time_constant_with_the_resistance_that_was_drawn()
    {
        PackSpec pack = FrozenPack.Of(0.5) with
        {
            Cells = [new CellKnowledge(new CellNumber(1)) { Soc = 0.5, C1 = 1e5 }],
            Unknowns = new Unknowns { ResistanceSigma = 0.3 },
        };

        MemberModel member = PackDraw.Draw(pack).Cells[0].Members[0];

        member.R1Scale.ShouldNotBe(1);
        member.Tau1Seconds!.Value.ShouldBe(1e5 * member.R1Scale * 0.0004, 1e-9);
    }

    [Fact]
    public void A_temperature_that_is_not_known_is_drawn_once_for_the_pack_and_moves_nothing_else()
    {
        var cold = new CellAtTemperature(new Celsius(5), FrozenPack.Parameters);
        CellParameters thin = new(FrozenPack.Ocv, ResistanceCurve.Constant(0.0005), FrozenPack.Parameters.RcPairs);
        var cell = new CellSpec("two", new(100), new(3.6), new(3.65), [cold, new CellAtTemperature(new Celsius(45), thin)]);
        PackSpec frozen = FrozenPack.Of(0.5, 0.6);
        var unknowns = new Unknowns { CapacitySigma = 0.05, ThresholdSigma = new Volts(0.02) };
        PackSpec known = new PackSpec("two", 2, 1, cell, frozen.Module, frozen.Charger) { Cells = frozen.Cells, Unknowns = unknowns };
        PackSpec vague = known with { Unknowns = unknowns with { TemperatureSigma = 5 } };

        PackModel one = PackDraw.Draw(known);
        PackModel other = PackDraw.Draw(vague);

        double Ohms(PackModel model, int c) => model.Cells[c].Members[0].Parameters.R0.At(0.5, charging: true);
        Ohms(one, 0).ShouldBe(cell.At(known.Temperature).R0.At(0.5, charging: true));
        Ohms(other, 0).ShouldNotBe(Ohms(one, 0));
        Ohms(other, 1).ShouldBe(Ohms(other, 0));
        other.Cells.Select(c => (c.Levels, c.Members[0].CapacityAh)).ShouldBe(one.Cells.Select(c => (c.Levels, c.Members[0].CapacityAh)));
        Ohms(PackDraw.Draw(vague, seed: 2), 0).ShouldNotBe(Ohms(other, 0));
    }

    [Fact]
    public void What_is_known_of_one_cell_changes_nothing_that_is_drawn_for_another()
    {
        var unknowns = new Unknowns
        {
            SocMin = 0.3,
            SocMax = 0.7,
            SocCommonSigma = 0.01,
            CapacitySigma = 0.05,
            ResistanceSigma = 0.1,
            ThresholdSigma = new Volts(0.02),
        };
        PackSpec blind = FrozenPack.Of(0.5, 0.5, 0.5) with { Cells = [], Unknowns = unknowns };
        var known = new CellKnowledge(new CellNumber(2)) { Soc = 0.9, Capacity = new AmpereHours(90), R0 = new Ohms(0.002) };

        PackModel one = PackDraw.Draw(blind);
        PackModel other = PackDraw.Draw(blind with { Cells = [known] });

        foreach (int cell in new[] { 0, 2 })
        {
            other.Cells[cell].Levels.ShouldBe(one.Cells[cell].Levels);
            other.Cells[cell].Members[0].ShouldBe(one.Cells[cell].Members[0]);
        }
    }
}
