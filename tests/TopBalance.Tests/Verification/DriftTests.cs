using System.Collections.Immutable;
using TopBalance.Inference;
using TopBalance.Packs;
using TopBalance.Procedure;
using TopBalance.Tests.Frozen;
using TopBalance.Tests.Procedure;
using TopBalance.Verification;

namespace TopBalance.Tests.Verification;

/// <summary>How cells walk away from each other between sessions.</summary>
public class DriftTests
{
    private static readonly PackSpec Pack = FrozenPack.Of(0.6, 0.6, 0.6, 0.6, 0.6);

    [Fact]
    [Trait("Row", "15")]
    public void A_cell_that_lost_two_Ah_in_half_a_year_walks_away()
    {
        PackDrift drift = PackDrift.Of(Pack, [Period(6, 0, 0, 2, 0.02, -0.02)]);

        drift.Walking.ShouldBe([new CellNumber(3)]);
        drift.Cells[2].AhPerMonth.P50.ShouldBe(1 / 3.0, 1e-9);
        drift.Cells[0].Measurable.ShouldBeFalse();
        drift.Replace.ShouldBeEmpty();
        drift.NextCheckMonths.ShouldBe(2.7, 0.4);   // 1 Ah at 0.33 to 0.4 Ah a month
    }

    [Fact]
    public void A_drift_is_not_measurable_where_it_is_smaller_than_what_is_known()
    {
        PackDrift drift = PackDrift.Of(Pack, [Period(1, 0.05, -0.05, 0.1, 0, 0)]);

        drift.Cells.ShouldAllBe(c => !c.Measurable);
        drift.Walking.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Row", "15")]
    public void A_cell_that_keeps_walking_the_same_way_is_to_be_replaced()
    {
        PackDrift same = PackDrift.Of(Pack, [Period(6, 0, 0, 2, 0, 0), Period(6, 0, 0, 1.8, 0, 0)]);
        PackDrift back = PackDrift.Of(Pack, [Period(6, 0, 0, 2, 0, 0), Period(6, 0, 0, -1.8, 0, 0)]);

        same.Replace.ShouldBe([new CellNumber(3)]);
        back.Replace.ShouldBeEmpty();
        back.Walking.ShouldBe([new CellNumber(3)]);
    }

    [Fact]
    [Trait("Row", "15")]
    public void A_check_up_begins_with_how_the_cells_were_left_and_not_with_how_full_they_are()
    {
        var since = new CheckUp("s1", [Known(0.2), Known(0.2), Known(1.2), Known(0.2), Known(0.2)], 6);
        Session session = Guide.Begin(new SessionEntry(1, Stamp.Now(PlayedSession.Noon), new SessionBegun(Pack, 1) { CheckUp = since }));

        Interval90[] cells = [.. Belief.Before(session.Pack, 1, BeliefSize.Usual).Cells().Select(c => c.ToFullAh)];

        session.Phase.ShouldBe(Phase.CheckUp);
        session.Interlock.ShouldBe(Interlock.Untested);
        cells[0].Width.ShouldBeGreaterThan(30);
        Belief.Before(session.Pack, 1, BeliefSize.Usual).Draws(300, 1).Average(d => d.ToFullAh()[2] - d.ToFullAh()[0]).ShouldBe(1, 0.2);
    }

    private static DriftPeriod Period(double months, params double[] moved) =>
        new([.. moved.Select(_ => Known(0.3))], [.. moved.Select(m => Known(0.8 + m))], months);

    private static Interval90 Known(double ah) => new(ah - 0.15, ah, ah + 0.15);
}
