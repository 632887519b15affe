using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Verification;

namespace TopBalance.Tests.Verification;

public class PackRuleTests
{
    private const string Lvc = "cell-below-lvc";

    [Fact]
    [Trait("Row", "1")]
    public void Modules_are_counted_by_cells_not_by_members()
    {
        Finding found = Setups.Paper().Only("module-count");

        found.Seen.ShouldContain("50S2P: 100 members");
        found.Why.ShouldContain("50 modules");
        Setups.Paper(parallel: 1).Findings("module-count").ShouldBeEmpty();
    }

    [Fact]
    public void The_interlock_is_always_spoken_of() => Setups.Paper().Only("interlock").Do.ShouldContain("the charger must stop");

    [Fact]
    public void Above_60_V_a_pack_is_dangerous_to_touch()
    {
        Setups.Paper().Only("high-voltage").Severity.ShouldBe(Severity.Note);
        Setups.Paper(Setups.Charger(57.6), series: 16).Findings("high-voltage").ShouldBeEmpty();
        Setups.Paper(Setups.Charger(61.2), series: 17).Findings("high-voltage").Length.ShouldBe(1);
    }

    [Theory]
    [InlineData(-5, 0, Severity.Error)]
    [InlineData(46, 0, Severity.Error)]
    [InlineData(8, 5, Severity.Warning)]
    [InlineData(8, 0, null)]
    [InlineData(20, 5, null)]
    public void Cells_are_charged_within_their_range_of_temperature(double celsius, double spread, Severity? expected)
    {
        PackSpec pack = Setups.Paper() with { Temperature = new Celsius(celsius), Unknowns = new Unknowns { TemperatureSigma = spread } };

        pack.Findings("temperature").Select(f => (Severity?)f.Severity).ShouldBe(expected is null ? [] : [expected]);
    }

    [Theory]
    [InlineData(25, 60, 0)]
    [InlineData(5, 200, 0)]
    [InlineData(4, 60, 1)]
    [InlineData(46, 200.1, 2)]
    public void Curves_are_trusted_where_they_were_measured(double celsius, double amps, int findings)
    {
        CellSpec cell = Setups.Calb() with { Trusted = new TrustedRange(0, 1, 1, 4, new Celsius(5), new Celsius(45)) };
        PackSpec pack = Setups.Paper(Setups.Charger(180, amps), cell) with { Temperature = new Celsius(celsius) };

        pack.Findings("trusted-range").Select(f => f.Severity).ShouldBe(Enumerable.Repeat(Severity.Warning, findings));
        (Setups.Paper(Setups.Charger(180, amps)) with { Temperature = new Celsius(celsius) }).Findings("trusted-range").ShouldBeEmpty();
    }

    [Fact]
    public void A_charger_above_what_was_measured_is_told_in_multiples_of_capacity()
    {
        CellSpec cell = Setups.Calb() with { Trusted = new TrustedRange(0.9, 1, 0.033, 0, new Celsius(20), new Celsius(20)) };
        Finding found = Setups.Paper(Setups.Charger(180, 100), cell).Findings("trusted-range")[1];

        found.Seen.ShouldBe("The charger gives 100 A: 0.5 C of a cell's capacity per hour.");
        found.Why.ShouldStartWith("The curves of CALB test cell were measured up to C/30.");
    }

    [Fact]
    public void A_known_cell_below_LVC_keeps_the_charger_off()
    {
        PackSpec pack = Setups.Paper() with
        {
            Cells = [Known(7, 0.02), Known(9, 0.01), Known(8, 0.1)],
        };

        Finding found = pack.Only(Lvc);

        found.Severity.ShouldBe(Severity.Error);
        found.Seen.ShouldContain("Cell 9 is at 1 % SoC");
        found.Seen.ShouldContain("So low, too: 7.");
        found.Why.ShouldContain("LVC of 2.50 V");
    }

    [Fact]
    public void A_members_own_state_of_charge_counts_in_its_cell()
    {
        PackSpec pack = Setups.Paper() with
        {
            Cells = [Known(7, 0.01, member: 1), Known(7, 0.5, member: 2)],
        };

        pack.Findings(Lvc).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0.0, 0.01, Severity.Error)]
    [InlineData(0.0, 0.5, Severity.Warning)]
    [InlineData(0.1, 0.5, null)]
    public void Cells_nobody_measured_may_be_below_LVC_too(double min, double max, Severity? expected)
    {
        // LVC is reached at 2.4 % SoC: of 50 cells from 0 to 50 % the lowest is under it with 1 − 0.952⁵⁰ = 91 %, so likely
        PackSpec pack = Setups.Paper(series: expected == Severity.Warning ? 3 : 50) with
        {
            Unknowns = new Unknowns { SocMin = min, SocMax = max },
        };

        pack.Findings(Lvc).Select(f => (Severity?)f.Severity).ShouldBe(expected is null ? [] : [expected]);
    }

    [Fact]
    public void The_first_charge_lasts_until_the_fullest_cell_is_full()
    {
        Finding found = Setups.Paper().Only("first-charge-hours");

        // the fullest of 50 from 30 to 60 % is at 59.6 % (median), 80.8 Ah short of 200 Ah: 8.1 h at 10 A
        found.Severity.ShouldBe(Severity.Note);
        found.Seen.ShouldContain("fullest cell is expected at 60 % SoC, the emptiest at 30 %; the charger gives 10 A");
        found.Why.ShouldContain("about 8.1 h");
        found.Why.ShouldContain("The emptiest is then at about 71 %");
    }

    [Fact]
    public void A_known_full_cell_and_a_power_limit_change_the_hours()
    {
        PackSpec pack = Setups.Paper(Setups.Charger(180) with { PowerLimit = new Watts(50 * 3.35 * 4) }) with
        {
            Cells = [Known(4, 0.72)],
        };

        // 28 % of 200 Ah at 4 A
        pack.Only("first-charge-hours").Seen.ShouldContain("fullest cell is expected at 72 % SoC");
        pack.Only("first-charge-hours").Why.ShouldContain("about 14 h");
    }

    [Fact]
    public void Cells_as_shipped_stand_in_where_the_file_is_silent_and_it_says_so() =>
        (Setups.Paper() with { Unknowns = null }).Only("first-charge-hours").Seen.ShouldContain("does not say how full all the cells are");

    [Fact]
    public void A_normal_spread_of_state_of_charge_is_taken_too()
    {
        PackSpec pack = Setups.Paper() with { Unknowns = new Unknowns { SocMean = 0.45, SocSigma = 0.03 } };

        // the median of the highest of 50 normal draws lies 2.2 σ above the mean
        pack.Only("first-charge-hours").Seen.ShouldContain("at 52 % SoC, the emptiest at 38 %");
    }

    [Fact]
    public void Shunts_take_days_where_a_bench_supply_takes_hours_for_the_emptiest_cell()
    {
        PackSpec pack = Setups.Paper() with { Tools = Setups.Bench(Setups.Supply(5)) };

        // 58.3 Ah (medians of highest and lowest): 90 h at 0.648 A, 11.7 h at 5 A
        string why = pack.Only("balancing-hours").Why;
        why.ShouldContain("Shunts alone take 3.8 days");
        why.ShouldContain("5 A takes 12 h for the emptiest cell");
    }

    [Fact]
    public void Equal_cells_need_no_balancing() =>
        (Setups.Paper() with { Unknowns = new Unknowns { SocMin = 0.5, SocMax = 0.502 } }).Findings("balancing-hours").ShouldBeEmpty();

    [Fact]
    public void Numbers_without_a_source_are_named()
    {
        CellSpec cell = Setups.Calb() with
        {
            Sources =
            [
                new Provenance("r0_ohm", Sureness.Placeholder, "?"),
                new Provenance("capacity_ah", Sureness.DataSheet, "sheet"),
                new Provenance("curves", Sureness.Placeholder, "?"),
            ],
        };

        Finding found = Setups.Paper(cell: cell).Only("placeholder-data");

        found.Seen.ShouldBe("CALB test cell: r0_ohm, curves are placeholders.");
        Setups.Paper().Findings("placeholder-data").ShouldBeEmpty();
    }

    private static CellKnowledge Known(int cell, double soc, int? member = null) =>
        new(new CellNumber(cell)) { Soc = soc, Member = member };
}
