using TopBalance.Chemistry;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Practice;
using TopBalance.Quantities;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Tests.Practice;

/// <summary>What an owner notes has the errors that are asked for, and no others.</summary>
public sealed class SimulatedOwnerTests
{
    private const int Many = 2000;

    // a standard deviation of 2000 draws is known to 1.6 %, a mean to 2.2 % of it: four of these
    private const double SigmaMargin = 0.07, MeanMargin = 0.09;

    private static readonly CellSpec Cell = PartLibrary.BesideProgram.Cell("calb-ca100");

    [Fact]
    public void Ammeter_errors_have_the_spread_of_the_pack_file()
    {
        double[] errors = [.. Enumerable.Range(0, Many).Select(k => TruePack.Draw(Pack(2), (ulong)k).AmmeterError)];

        ShouldSpread(errors, 0.02);
    }

    [Fact]
    public void A_noted_current_is_the_true_one_but_for_the_error_of_the_ammeter()
    {
        TruePack pack = TruePack.Draw(Pack(4), 3);
        pack.AmmeterError.ShouldNotBe(0);
        var owner = new SimulatedOwner(pack, 3);

        // a full hour of constant current
        ChargeSeen seen = owner.Charge(limit: new(3600));

        seen.Ended.ShouldBe(ChargeEnding.Stopped);
        seen.Step.Current.ShouldBeNull();
        owner.StringAh.ShouldBe(10 * (1 + pack.AmmeterError), 1e-9);
        pack.NotedOf(pack.TrueOf(new(10))).Value.ShouldBe(10, 1e-12);
        pack.Model.Charger.Current.ShouldBe(pack.TrueOf(new(10)));
    }

    [Fact]
    public void Noted_times_spread_by_half_a_minute_and_are_never_below_a_tenth()
    {
        var owner = new SimulatedOwner(TruePack.Draw(Pack(1), 4), 4);
        double[] misses = [.. Enumerable.Range(0, Many).Select(_ => (owner.Rest(new(600)).Step.Duration!.Value.Value - 600) / 60)];
        double[] brief = [.. Enumerable.Range(0, 100).Select(_ => owner.Rest(new(1)).Step.Duration!.Value.Value)];

        ShouldSpread(misses, 0.5);
        brief.Min().ShouldBe(6, 1e-9);
    }

    [Fact]
    public void Measured_voltages_spread_as_the_meter_does()
    {
        var owner = new SimulatedOwner(TruePack.Draw(Pack(100), 5), 5);
        CellNumber[] all = [.. Enumerable.Range(1, 100).Select(n => new CellNumber(n))];
        var misses = new List<double>();
        for (int k = 0; k < Many / 100; k++)
        {
            VoltagesSeen seen = owner.MeasureAtRest(new(60), all);
            misses.AddRange(seen.Cells.Select(v => v.Value.Value - owner.Cells[v.Key - 1].VoltageVolts));
        }

        ShouldSpread([.. misses], 0.005);
    }

    [Fact]
    public void Lamps_are_misread_and_missed_as_often_as_asked()
    {
        PackSpec pack = Pack(50) with { Unknowns = new Unknowns { SocMin = 0.9, SocMax = 0.95, LampError = 0.05 } };
        int wrong = 0;
        int looked = 0;
        int missed = 0;
        for (ulong seed = 0; seed < 40; seed++)
        {
            var owner = new SimulatedOwner(TruePack.Draw(pack, seed), seed, new OwnerHabits { LampMissed = 0.2, LeastBlink = default });
            LampsSeen lamps = owner.Charge().Lamps!;
            for (int c = 0; c < 50; c++)
            {
                LampSight sight = lamps.Of(new CellNumber(c + 1));
                missed += sight == LampSight.NotSeen ? 1 : 0;
                looked += sight != LampSight.NotSeen ? 1 : 0;
                wrong += sight != LampSight.NotSeen && (sight == LampSight.Lit) != owner.Cells[c].ShuntOn ? 1 : 0;
            }
        }

        // 2000 lamps: four standard deviations
        (missed / 2000.0).ShouldBe(0.2, 0.036);
        (wrong / (double)looked).ShouldBe(0.05, 0.022);
    }

    [Fact]
    public void The_tripping_cell_is_noted_rightly_wrongly_or_not_as_often_as_asked()
    {
        PackSpec pack = Pack(6) with { Unknowns = new Unknowns { SocMin = 0.85, SocMax = 0.95, WrongCell = 0.2 } };
        int right = 0;
        int unseen = 0;
        for (ulong seed = 0; seed < 400; seed++)
        {
            var owner = new SimulatedOwner(TruePack.Draw(pack, seed), seed, new OwnerHabits { TripUnseen = 0.25, LeastBlink = default });
            ChargeSeen seen = owner.Charge();
            int open = Enumerable.Range(0, 6).First(c => owner.Cells[c].ContactOpen);
            unseen += seen.Tripped.Sight == TripSight.Unseen ? 1 : 0;
            right += seen.Tripped.Cell?.Index == open ? 1 : 0;
        }

        // four standard deviations
        (unseen / 400.0).ShouldBe(0.25, 0.087);
        (right / (400.0 - unseen)).ShouldBe(0.8, 0.093);
    }

    [Fact]
    public void A_charge_after_a_trip_goes_on_although_nobody_noted_the_key()
    {
        PackSpec pack = Pack(8) with { Unknowns = new Unknowns { SocMin = 0.8, SocMax = 0.95 } };
        var owner = new SimulatedOwner(TruePack.Draw(pack, 6), 6);
        for (int k = 0; k < 5; k++)
        {
            double before = owner.StringAh;
            owner.Charge().Ended.ShouldBe(ChargeEnding.Hvc);
            owner.StringAh.ShouldBeGreaterThan(before);
        }

        owner.Noted.ShouldAllBe(o => o is ChargeSeen || o is RestSeen);
    }

    [Fact]
    public void Actions_that_follow_at_once_leave_no_gap()
    {
        var owner = new SimulatedOwner(TruePack.Draw(Pack(4), 7), 7, new OwnerHabits { LeastBlink = default });
        owner.Drain(new(1), DrainLoadSpec.ConstantCurrent(new(1)), new(600));
        owner.Elapsed.Value.ShouldBe(600, 1e-6);

        owner.Wait(new(0));
        owner.Drain(new(2), DrainLoadSpec.ConstantCurrent(new(1)), new(600));
        owner.Elapsed.Value.ShouldBe(1200, 1e-6);

        owner.Drain(new(2), DrainLoadSpec.ConstantCurrent(new(1)), new(600));
        owner.Elapsed.Value.ShouldBeInRange(1800, 1800 + 1800);
    }

    private static void ShouldSpread(double[] misses, double sigma)
    {
        double mean = misses.Average();
        mean.ShouldBe(0, MeanMargin * sigma);
        Math.Sqrt(misses.Average(m => (m - mean) * (m - mean))).ShouldBe(sigma, SigmaMargin * sigma);
    }

    private static PackSpec Pack(int series) => new(
        "owner", series, 1, Cell, PartLibrary.BesideProgram.Module("minibms-3.6"), new ChargerSpec(new(3.6 * series), new(10), new(5)));
}
