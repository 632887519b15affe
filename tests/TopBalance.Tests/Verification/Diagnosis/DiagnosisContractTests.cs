using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Verification.Diagnosis;

namespace TopBalance.Tests.Verification.Diagnosis;

public class DiagnosisContractTests
{
    [Fact]
    public void Every_hypothesis_has_a_code_of_its_own_and_a_question()
    {
        Hypotheses.All.Select(h => h.Code).ShouldBeUnique();
        Hypotheses.All.ShouldAllBe(h => h.InWords.EndsWith('?'));
        Hypotheses.All.OfType<CellFault>().ShouldAllBe(f => f.PriorOdds > 0 && f.PriorOdds < 0.05);
    }

    [Fact]
    public void Every_hypothesis_but_the_one_about_the_log_has_a_pack_that_shows_it() =>
        Hypotheses.All.Select(h => h.Code).Where(c => c != "not-enough-seen").Order(StringComparer.Ordinal).ShouldBe(Scenarios.ByCode.Keys);

    [Theory]
    [InlineData("shunt-dead")]
    [InlineData("set-point-below-balance")]
    public void A_finding_says_what_was_seen_why_it_matters_how_to_confirm_it_and_what_to_do(string code)
    {
        Scenario scenario = Scenarios.ByCode[code](1);

        var findings = PackDiagnosis.Of(scenario.Pack, scenario.Seen, 1);

        findings.ShouldNotBeEmpty();
        foreach (DiagnosisFinding f in findings)
        {
            f.Probability.ShouldBeInRange(PackDiagnosis.Floor, 1);
            foreach (string text in new string[] { f.Seen, f.Why, f.Confirm, f.Do })
            {
                text.ShouldEndWith(".");
                text.ShouldNotContain("NaN");
            }
        }
    }

    [Fact]
    public void The_same_log_and_seed_give_the_same_answer()
    {
        Scenario scenario = Scenarios.ByCode["rogue-cell"](1);

        PackDiagnosis.Of(scenario.Pack, scenario.Seen, 7).ShouldBe(PackDiagnosis.Of(scenario.Pack, scenario.Seen, 7));
    }

    [Fact]
    public void A_log_without_lamps_is_not_taken_for_a_sound_pack()
    {
        PackSpec pack = Scenarios.Pack();
        var charge = new ChargeSeen(new Charge { Limit = new Seconds(3600) }, ChargeEnding.Stopped);

        PackDiagnosis.Of(pack, [], 1).ShouldHaveSingleItem().Code.ShouldBe("not-enough-seen");
        PackDiagnosis.Of(pack, [charge], 1)[0].Code.ShouldBe("not-enough-seen");
    }

    [Fact]
    public void A_measured_pack_voltage_counts_more_than_the_set_point_in_the_file()
    {
        Scenario low = Scenarios.ByCode["set-point-below-balance"](1);
        PackSpec believed = low.Pack with { Charger = low.Pack.Charger with { Voltage = new Volts(3.6 * Scenarios.Series) } };
        Observation[] measured =
            [.. low.Seen.Select(s => s is ChargeSeen c ? c with { PackVoltage = new Volts(3.45 * Scenarios.Series) } : s)];

        PackDiagnosis.Of(believed, measured, 1).ShouldContain(f => f.Code == "set-point-below-balance" && f.Probability > 0.9);
    }
}
