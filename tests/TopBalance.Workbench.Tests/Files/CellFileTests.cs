using TopBalance.Chemistry;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Tests.Files;

public sealed class CellFileTests
{
    private const string Cell = """
        capacity_ah: 100
        full_v: 3.6
        max_v: 3.65
        temperatures:
          - temperature_c: 25
            ocv: [ [0, 2.16], [1, 3.59] ]
            r0: [ [0, 0.002], [0.5, 0.001] ]
            rc: [ { tau_s: 30, r: 0.0008 }, { tau_s: 600, r: [ [0, 0.001, 0.002] ] } ]
            hysteresis: { m_v: 0.02, gamma: 50 }
            efficiency: 0.999

        """;

    private static CellSpec Read(string cell) =>
        Samples.Pack(Samples.Least.Replace("calb-ca100", "x.yaml", StringComparison.Ordinal), ("x.yaml", cell)).Cell;

    private static string Complaint(string cell) =>
        Samples.Complaint(
            Samples.Least.Replace("calb-ca100", "x.yaml", StringComparison.Ordinal), ("x.yaml", cell), ("curves.yaml", Samples.Curves));

    [Fact]
    public void Four_keys_are_enough_and_the_rest_has_defaults()
    {
        CellSpec cell = Read(Cell);

        cell.Id.ShouldBe("x");
        cell.Name.ShouldBe("x");
        cell.MinVoltage.ShouldBe(new Volts(2.5));
        cell.ChargeMinTemperature.ShouldBe(new Celsius(0));
        cell.ChargeMaxTemperature.ShouldBe(new Celsius(45));
        cell.TerminationRate.ShouldBe(0.05);
        cell.ModuleHvc.ShouldBeNull();
    }

    [Fact]
    public void A_resistance_is_one_number_or_a_table_with_a_column_for_each_direction()
    {
        CellParameters parameters = Read(Cell).Temperatures[0].Parameters;

        parameters.R0.At(0.25, charging: true).ShouldBe(0.0015, 1e-18);
        parameters.R0.At(0.25, charging: false).ShouldBe(0.0015, 1e-18);
        parameters.RcPairs[0].Resistance.IsConstant.ShouldBeTrue();
        parameters.RcPairs[0].TimeConstant.ShouldBe(new Seconds(30));
        parameters.RcPairs[1].Resistance.At(0.5, charging: false).ShouldBe(0.002);
        parameters.Hysteresis.ShouldBe(new Volts(0.02));
        parameters.HysteresisRate.ShouldBe(50);
        parameters.Efficiency.ShouldBe(0.999);
    }

    [Fact]
    public void What_the_cell_itself_says_goes_before_what_its_temperature_says()
    {
        CellParameters parameters =
            Read(Cell + "efficiency: 0.99\nhysteresis: { m_v: 0, gamma: 0 }\nself_discharge_a: 0.0002\n").Temperatures[0].Parameters;

        parameters.Efficiency.ShouldBe(0.99);
        parameters.Hysteresis.ShouldBe(new Volts(0));
        parameters.SelfDischarge.ShouldBe(new Amperes(0.0002));
    }

    [Fact]
    public void A_larger_cell_borrows_curves_with_smaller_resistances()
    {
        CellSpec cell = Samples.Library.Cell("calb-ca100");

        // 2.5 Ah measured, 100 Ah rated
        cell.Temperatures[1].Parameters.R0.At(0.5, charging: true).ShouldBe(0.010 / 40, 1e-18);
        cell.Temperatures[1].Parameters.RcPairs[0].Resistance.At(1, charging: true).ShouldBe(0.03 / 40, 1e-18);
        cell.Temperatures[1].Parameters.RcPairs[0].TimeConstant.ShouldBe(new Seconds(30));
        cell.Sources.ShouldContain(s => s.Key == "curves.temperatures" && s.Sure == Sureness.Measured);
    }

    [Fact]
    public void A_measured_R0_scales_every_resistance_at_every_temperature()
    {
        CellSpec cell = Read(Cell + "r0_ohm: 0.0005\n");

        cell.Temperatures[0].Parameters.R0.At(0.5, charging: true).ShouldBe(0.0005, 1e-18);
        cell.Temperatures[0].Parameters.R0.At(0, charging: true).ShouldBe(0.001, 1e-18);
        cell.Temperatures[0].Parameters.RcPairs[0].Resistance.At(0, charging: true).ShouldBe(0.0004, 1e-18);
    }

    private const string Trust = """
        trusted: { soc: [0.1, 1], charge_c_rate: 1, discharge_c_rate: 4, temperature_c: [5, 45] }
        model_error: [ [0.033, 3.45, 0.3], [0.33, 3.45, 0.5] ]
        fit_error_v: 0.006

        """;

    [Fact]
    public void A_cell_says_how_far_it_can_be_trusted()
    {
        CellSpec cell = Read(Cell + Trust);

        cell.Trusted.ShouldBe(new TrustedRange(0.1, 1, 1, 4, new(5), new(45)));
        cell.ModelError!.Percent(1, new Volts(3.5)).ShouldBe(0.5);
        cell.FitError.ShouldBe(new Volts(0.006));
        Read(Cell).Trusted.ShouldBeNull();
        Read(Cell).ModelError.ShouldBeNull();
        Read(Cell).FitError.ShouldBeNull();
    }

    [Fact]
    public void A_cell_that_borrows_curves_inherits_how_far_they_can_be_trusted()
    {
        const string borrowed = "capacity_ah: 100\nfull_v: 3.6\nmax_v: 3.65\ncurves: c.yaml\n";
        string pack = Samples.Least.Replace("calb-ca100", "x.yaml", StringComparison.Ordinal);
        CellSpec Borrow(string cell) => Samples.Pack(pack, ("x.yaml", cell), ("c.yaml", Trust + Samples.Curves)).Cell;

        Borrow(borrowed).Trusted!.ChargeRate.ShouldBe(1);
        Borrow(borrowed).FitError.ShouldBe(new Volts(0.006));
        Borrow(borrowed + "fit_error_v: 0.02\n").FitError.ShouldBe(new Volts(0.02));
        Borrow(borrowed + "fit_error_v: 0.02\n").ModelError.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("soc: [0.1, 1]", "soc: [1, 0.1]", "x.yaml:11: trusted.soc: saw 0.1, expected 1 to 1; correct it")]
    [InlineData(
        "temperature_c: [5, 45]", "temperature_c: [45, 5]", "x.yaml:11: trusted.temperature_c: saw 5, expected 45 to 100; correct it")]
    [InlineData("charge_c_rate: 1,", "", "x.yaml:11: trusted.charge_c_rate: is missing")]
    [InlineData(
        "[0.33, 3.45, 0.5]", "[0.033, 3.45, 0.5]", "x.yaml:12: model_error: a model error has the same rate and voltage twice; correct it")]
    [InlineData(
        "[0.33, 3.45, 0.5]", "[0.33, 3.45]", "x.yaml:12: model_error[2]: saw a row of 2 values, expected a row [c_rate, volts, percent]")]
    public void A_wrong_trust_says_where_and_what(string old, string replacement, string complaint) =>
        Complaint(Cell + Trust.Replace(old, replacement, StringComparison.Ordinal)).ShouldContain(complaint);

    [Theory]
    [InlineData("max_v: 3.65", "max_v: 3.5", "x.yaml:3: max_v: saw 3.5, expected 3.6 to 6; correct it")]
    [InlineData("max_v: 3.65", "max_v: 3.65\nmin_v: 3.6", "x.yaml:4: min_v: is not below full_v")]
    [InlineData(
        "max_v: 3.65", "max_v: 3.65\ncharge_temperature_c: [45, 0]", "x.yaml:4: charge_temperature_c: saw a first temperature not below")]
    [InlineData(
        "max_v: 3.65", "max_v: 3.65\ncharge_temperature_c: [0]",
        "x.yaml:4: charge_temperature_c: saw a row of 1 values, expected a row [min, max]")]
    [InlineData("max_v: 3.65", "max_v: 3.65\ncurves: curves.yaml", "cannot stand beside 'curves'; remove one of them")]
    [InlineData(
        "[0, 2.16]", "[0.1, 2.16]",
        "x.yaml:6: temperatures[1].ocv: the OCV table must run from a state of charge of exactly 0 to exactly 1; correct it")]
    [InlineData("[0, 2.16]", "[0, 3.6]", "x.yaml:6: temperatures[1].ocv: the OCV table must rise; point 2 does not; correct it")]
    [InlineData(
        "[0, 2.16]", "[0, 2,16]",
        "x.yaml:6: temperatures[1].ocv[1]: saw a row of 3 values, expected a row [soc, ocv_v]; check decimal points and commas")]
    [InlineData(
        "[0, 2.16]", "[0, 21.6]", "x.yaml:6: temperatures[1].ocv[1].ocv_v: saw '21.6', expected a number in V from 0 to 6; correct it")]
    [InlineData(
        "r: 0.0008", "r: -0.0008",
        "x.yaml:8: temperatures[1].rc[1].r: saw '-0.0008', expected a number in Ω above 0, at most 100; write e.g. 0.0008")]
    [InlineData(
        "tau_s: 30, r: 0.0008", "tau_s: 30",
        "x.yaml:8: temperatures[1].rc[1].r: is missing, expected a number in Ω above 0, at most 100, "
            + "or a list of 1 to 2000 items; add e.g. 'r: 0.0008'")]
    [InlineData(
        "capacity_ah: 100", "capacity: 100",
        "x.yaml:1: capacity: is an unknown key; the nearest known key is 'capacity_ah'; rename or remove it")]
    public void A_wrong_cell_file_says_where_and_what(string old, string replacement, string complaint) =>
        Complaint(Cell.Replace(old, replacement, StringComparison.Ordinal)).ShouldContain(complaint);

    [Fact]
    public void Temperatures_must_rise_and_have_the_same_pairs()
    {
        const string entry = "  - { temperature_c: 45, ocv: [ [0, 2.16], [1, 3.59] ], r0: 0.001 }\n";

        Complaint(Cell + entry).ShouldContain("same number of RC pairs");
        Complaint(Cell + entry.Replace("45", "20", StringComparison.Ordinal)).ShouldContain("must rise");
    }

    [Fact]
    public void Curves_that_are_not_there_are_reported_at_the_key() =>
        Complaint("capacity_ah: 100\nfull_v: 3.6\nmax_v: 3.65\ncurves: curve.yaml\n")
            .ShouldBe("x.yaml:4: curves: 'curve.yaml' is not among the files given; add it; the nearest name there is 'curves.yaml'");

    [Fact]
    public void A_file_that_leads_back_to_itself_is_refused()
    {
        Complaint("capacity_ah: 100\nfull_v: 3.6\nmax_v: 3.65\ncurves: x.yaml\n").ShouldBe(
            "x.yaml:4: curves: 'x.yaml' leads back to itself; name another file");
        Samples.Complaint(Samples.Least.Replace("calb-ca100", "pack.yaml", StringComparison.Ordinal)).ShouldContain("leads back to itself");
    }
}
