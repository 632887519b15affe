using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Quantities;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Fitting;

namespace TopBalance.Workbench.Tests.Fitting;

public class PartialLogs
{
    private static readonly FitOptions Options = new() { Full = new Volts(3.6), Min = new Volts(2.5) };

    [Fact]
    public void A_charge_to_the_top_alone_says_what_is_still_to_come()
    {
        CellLog log = Top(new SyntheticCell(3).Log(3));

        ChargeTail tail = ChargeTail.Find([log], Options).ShouldHaveSingleItem();

        tail.Amps.ShouldBe(SyntheticCell.CapacityAh / 5, 0.02);
        tail.Knee.Select(k => k.ToFullVoltsAh).ShouldBeInOrder(SortDirection.Descending);
        tail.Knee[^1].ToFullVoltsAh.ShouldBeInRange(0, 0.02 * SyntheticCell.CapacityAh);
        tail.Knee.ShouldAllBe(k => k.ToFullAh >= k.ToFullVoltsAh);
        tail.Taper.Select(t => t.ToFullAh).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public void Without_a_discharge_the_capacity_is_asked_for()
    {
        CellLog log = Top(new SyntheticCell(3).Log(3));

        InputException wrong = Should.Throw<InputException>(() => CellFitter.Fit([log], Options));

        wrong.Message.ShouldContain("--capacity");
        wrong.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void A_log_of_the_top_needs_a_cell_that_lends_the_rest()
    {
        CellLog log = Top(new SyntheticCell(3).Log(3));
        FitOptions known = Options with { Capacity = new AmpereHours(SyntheticCell.CapacityAh) };

        Should.Throw<InputException>(() => CellFitter.Fit([log], known)).Message.ShouldContain("--like");

        CellSpec like = PartLibrary.BesideProgram.Cell("a123-26650");
        FittedCell fit = CellFitter.Fit([log], known with { Like = like });
        fit.Soc.Lowest.ShouldBeGreaterThan(0.5);
        fit.Undetermined.ShouldContain(u => u.Contains("discharge", StringComparison.Ordinal));
        fit.Notes.ShouldContain(n => n.Contains(like.Name, StringComparison.Ordinal));
        FittedStretch charge = fit.Temperatures.Single().Stretches.Single();
        charge.Rms(soc => soc > 0.97).ShouldBeLessThan(0.02);
    }

    // the last charge at C/5 from half full on, and the rest after it
    private static CellLog Top(CellLog log)
    {
        LogStretch all = log.Stretches[0];
        int full = Enumerable.Range(0, all.Seconds.Length).Last(k => all.Amps[k] > 0.19 * SyntheticCell.CapacityAh && all.Amps[k] < 0.21 * SyntheticCell.CapacityAh);
        int first = Enumerable.Range(0, full).First(k => all.Seconds[k] > all.Seconds[full] - (2.3 * 3600));
        int last = Enumerable.Range(full, all.Seconds.Length - full).First(k => all.Seconds[k] > all.Seconds[full] + 5000);
        var range = new Range(first, last);
        var stretch = new LogStretch(
            "top", [.. all.Seconds[range].Select(s => s - all.Seconds[first])], all.Amps[range], all.Volts[range]);
        return new CellLog("top", [stretch]);
    }
}
