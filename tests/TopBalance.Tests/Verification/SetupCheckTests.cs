using System.Globalization;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Verification;
using TopBalance.Verification.Setup;

namespace TopBalance.Tests.Verification;

public class SetupCheckTests
{
    [Fact]
    public void The_papers_pack_has_no_error_and_one_warning_about_the_shunts()
    {
        var findings = SetupCheck.Examine(Setups.Paper());

        findings.ShouldNotContain(f => f.Severity == Severity.Error);
        findings.Where(f => f.Severity == Severity.Warning).ShouldHaveSingleItem().Code.ShouldBe("charger-current");
    }

    [Fact]
    public void Where_all_is_right_only_the_shunts_the_tools_the_reminder_and_the_hours_are_spoken_of()
    {
        PackSpec pack = Setups.Paper(Setups.Charger(8 * 3.59), series: 8, parallel: 1) with
        {
            Cells = [.. Enumerable.Range(1, 8).Select(k => new CellKnowledge(new CellNumber(k)) { Soc = 0.5 })],
            Unknowns = new Unknowns { ThresholdSigma = new Volts(0), TemperatureSigma = 5 },
            Tools = new ToolSpecs
            {
                BenchSupplies = [Setups.Supply(5, 0.01), Setups.Supply(5, 0.01)],
                DrainLoad = DrainLoadSpec.Resistor(new Ohms(3.3), new Watts(10)),
            },
        };

        var findings = SetupCheck.Examine(pack);

        findings.Select(f => f.Code).Distinct()
            .ShouldBe(["charger-current", "drain-load", "bench-set-point", "interlock", "first-charge-hours"]);
        findings.Skip(1).ShouldAllBe(f => f.Severity == Severity.Note);
    }

    [Fact]
    public void The_worst_comes_first_and_everything_is_told_at_once()
    {
        PackSpec pack = Setups.Paper(Setups.Charger(190)) with
        {
            Temperature = new Celsius(-5),
            Tools = Setups.Bench(Setups.Supply(10, 0.024)),
        };

        var findings = SetupCheck.Examine(pack);

        findings.Select(f => f.Severity).ShouldBeInOrder();
        findings.Where(f => f.Severity == Severity.Error).Select(f => f.Code)
            .ShouldBe(["charger-set-point", "set-point-above-max", "temperature"]);
    }

    [Fact]
    public void Every_rule_has_a_code_of_its_own_in_kebab_case()
    {
        SetupRules.All.Select(r => r.Code).ShouldBeUnique();
        SetupRules.All.SelectMany(r => r.Code.Split('-'))
            .ShouldAllBe(word => word.Length > 0 && word.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)));
    }

    [Fact]
    public void Random_packs_never_throw_and_are_spoken_of_in_finite_numbers()
    {
        for (ulong seed = 1; seed <= 200; seed++)
        {
            PackSpec pack = RandomPack.Of(seed);
            foreach (ISetupRule rule in SetupRules.All)
            {
                foreach (Finding finding in rule.Examine(pack))
                {
                    Check(finding, rule.Code, seed);
                }
            }
        }
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void Numbers_have_a_decimal_point_whatever_the_locale(string locale)
    {
        PackSpec pack = Setups.Paper() with { Tools = Setups.Bench(Setups.Supply(10, 0.024)) };
        var expected = SetupCheck.Examine(pack);
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(locale);
            SetupCheck.Examine(pack).ShouldBe(expected);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static void Check(Finding finding, string code, ulong seed)
    {
        string text = $"{finding.Seen} {finding.Why} {finding.Do}";
        finding.Code.ShouldBe(code, $"seed {seed}");
        new[] { finding.Seen, finding.Why, finding.Do }.ShouldAllBe(s => s.Length > 10 && s.EndsWith('.'), $"seed {seed}: {text}");
        text.ShouldNotContain("NaN", Case.Sensitive, $"seed {seed}");
        text.ShouldNotContain("∞", Case.Sensitive, $"seed {seed}");
        text.ShouldNotContain("  ", Case.Sensitive, $"seed {seed}");
        text.ShouldNotContain("E-", Case.Sensitive, $"seed {seed}");
    }
}
