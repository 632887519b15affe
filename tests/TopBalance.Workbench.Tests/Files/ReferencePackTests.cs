using TopBalance.Packs;
using TopBalance.Simulation;

namespace TopBalance.Workbench.Tests.Files;

/// <summary>Packs with an OCV table of their own: constant resistances, exactly as given.</summary>
public sealed class ReferencePackTests
{
    private const string Ocv = "soc,ocv_v\n0.000,2.1606\n0.5,3.2947\n1,3.5900\n";
    private const string Pack = Samples.Least + "cells_csv: cells.csv\nocv_csv: ocv.csv\n";

    private const string Cells = """
        cell,capacity_ah,r0_ohm,r1_ohm,c1_f,soc0
        0,98.464749,0.000943998,0.000813103,60000,0.439607467
        1,99.698332,0.001129123,0.000873139,60000,0.612832028
        2,99.314054,0.001019250,0.000822252,60000,0.618323887
        3,99.183271,0.000966744,0.000809451,60000,0.581021491

        """;

    [Fact]
    public void Resistances_and_time_constants_come_out_to_the_last_bit()
    {
        PackModel drawn = PackDraw.Draw(Samples.Pack(Pack, ("cells.csv", Cells), ("ocv.csv", Ocv)));

        MemberModel second = drawn.Cells[1].Members[0];
        (second.R0Scale * second.Parameters.R0.At(0.9, charging: true)).ShouldBe(0.001129123);
        (second.R0Scale * second.Parameters.R0.At(0.1, charging: false)).ShouldBe(0.001129123);
        (second.R1Scale * second.Parameters.RcPairs[0].Resistance.At(0.9, charging: true)).ShouldBe(0.000873139);
        second.Tau1Seconds.ShouldBe(0.000873139 * 60000);
        second.CapacityAh.ShouldBe(99.698332);
        second.InitialSoc.ShouldBe(0.612832028);
    }

    [Fact]
    public void There_is_no_hysteresis_no_loss_and_no_pair_that_was_not_given()
    {
        var parameters = Samples.Pack(Pack, ("cells.csv", Cells), ("ocv.csv", Ocv)).Cell.Temperatures.ShouldHaveSingleItem().Parameters;

        parameters.RcPairs.Length.ShouldBe(1);
        parameters.Hysteresis.Value.ShouldBe(0);
        parameters.Efficiency.ShouldBe(1);
        parameters.SelfDischarge.Value.ShouldBe(0);
        parameters.Ocv.Volts.ShouldBe([2.1606, 3.2947, 3.59]);
    }

    [Fact]
    public void Without_r1_there_is_no_pair_and_r0_not_given_is_the_cell_files_at_half()
    {
        PackModel drawn =
            PackDraw.Draw(Samples.Pack(Pack, ("cells.csv", "cell,soc0,r0_ohm\n1,0.5,0.002\n2,0.5,\n3,0.5,\n4,0.5,\n"), ("ocv.csv", Ocv)));

        drawn.Cells[0].Members[0].Parameters.RcPairs.ShouldBeEmpty();
        double[] r0 = [.. drawn.Cells.Select(c => c.Members[0].R0Scale * c.Members[0].Parameters.R0.At(0.5, charging: true))];
        // one rounding of the factor and one of the product
        r0[0].ShouldBe(0.002, 4e-19);
        r0[1].ShouldBe(0.010 * 2.5 / 100, 1e-18);
    }

    [Fact]
    public void A_pair_for_some_cells_only_is_refused()
    {
        Samples.Complaint(Pack, ("cells.csv", "cell,soc0,r1_ohm,c1_f\n1,0.5,0.002,60000\n2,0.5,,\n"), ("ocv.csv", Ocv))
            .ShouldBe("pack.yaml:6: ocv_csv: with ocv_csv, r1_ohm is given for some cells only; "
                + "give it for every cell or for none; correct it");
    }

    [Theory]
    [InlineData("soc,ocv_v\n0,3\n0.5,2.9\n1,3.5\n", "ocv.csv:3: ocv_v: saw 2.9 after 3, expected no fall; correct it")]
    [InlineData("soc,ocv_v\n0,3\n0,3.1\n1,3.5\n", "ocv.csv:3: soc: saw 0 after 0, expected it to rise; sort the rows")]
    [InlineData(
        "soc,ocv_v\n0.1,3\n1,3.5\n", "ocv.csv:3: the OCV table must run from a state of charge of exactly 0 to exactly 1; correct it")]
    [InlineData("soc,ocv_v\n0,3\n1,NaN\n", "ocv.csv:3: ocv_v: saw 'NaN', expected a number in V from 0 to 6; correct it")]
    [InlineData(
        "soc,ocv_v\n0,3\n", "ocv.csv:2: the OCV table needs at least 2 points and as many values as states of charge, not 1 and 1; correct it")]
    public void A_table_that_is_no_open_circuit_voltage_is_refused(string ocv, string complaint) =>
        Samples.Complaint(Pack, ("cells.csv", Cells), ("ocv.csv", ocv)).ShouldBe(complaint);
}
