using TopBalance.Tests.Oracle;

namespace TopBalance.Tests.Simulation;

/// <summary>
/// The cases in which no closed form exists: the engine against an independent integration in fine steps, 200 drawn packs each. A failure
/// names its seeds.
/// </summary>
public sealed class EngineAgainstFineSteps
{
    [Fact]
    public void A_charger_in_constant_voltage_tapers_to_its_termination() => OracleComparison.ShouldAgree(RandomScenario.ChargerInCv);

    [Fact]
    public void A_power_limit_holds_the_charger_below_its_current() => OracleComparison.ShouldAgree(RandomScenario.PowerLimit);

    [Fact]
    public void Unlike_members_share_the_current_and_redistribute_it_at_rest() =>
        OracleComparison.ShouldAgree(RandomScenario.UnlikeMembers);

    [Fact]
    public void A_bench_supply_goes_into_constant_voltage_through_its_leads() =>
        OracleComparison.ShouldAgree(RandomScenario.BenchSupply);

    [Fact]
    public void Resistor_shunts_bleed_cells_whose_resistance_depends_on_charge() =>
        OracleComparison.ShouldAgree(RandomScenario.ResistorShunts);

    [Fact]
    public void Resistor_shunts_bleed_cells_with_hysteresis() => OracleComparison.ShouldAgree(RandomScenario.Hysteresis);

    [Fact]
    public void Relative_shunts_follow_the_lowest_cell() => OracleComparison.ShouldAgree(RandomScenario.RelativeRule);

    [Fact]
    public void A_12_V_charger_sees_the_sum_of_four_cells() => OracleComparison.ShouldAgree(RandomScenario.TwelveVoltCharger);

    [Fact]
    public void A_drive_at_constant_power_ends_below_LVC() => OracleComparison.ShouldAgree(RandomScenario.DriveAtConstantPower);
}
