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
