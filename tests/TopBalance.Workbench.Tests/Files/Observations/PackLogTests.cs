using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Tests.Files.Observations;

public sealed class PackLogTests
{
    private const string Entry = "- log: { file: cells.csv }";

    private static readonly PackSpec Four = Samples.Pack(Samples.Least);

    private static LogSeen Read(string csv) => (LogSeen)ObservationSamples.Read(Entry, Four, csv).Entries[0].Seen;

    [Fact]
    public void A_log_holds_time_current_and_the_voltage_of_every_cell()
    {
        LogSeen log = Read(ObservationSamples.Log(4));

        log.TimeSeconds.ShouldBe([0, 60]);
        log.CurrentAmps.ShouldBe([10, 9.5]);
        log.CellVolts.Length.ShouldBe(4);
        log.CellVolts[2].ShouldBe([3.35, 3.355]);
        log.CellVolts[1].ShouldBe([double.NaN, 3.36]);
        log.Resolution.ShouldBe(new Volts(0.005));
    }

    [Theory]
    [InlineData("time_s;current_a;v1;v2;v3;v4\n0;10;3,35;;3,35;3,35\n60;9,5;3,36;3,36;3,36;3,36\n")]
    [InlineData("# a BMS\n\ntime_s\tcurrent_a\tv1\tv2\tv3\tv4\n0\t10\t3,35\t\t3,35\t3,35\n60\t9,5\t3.36\t3.36\t3.36\t3.36\n")]
    [InlineData("V4,V3,soc1,V2,V1,Time_s,Current_A\n3.35,3.35,90,,3.35,0,10\n3.36,3.36,90,3.36,3.36,60,9.5\n")]
    [InlineData("time_s,current_a,v1,v2,v3,v4\n0,10,3.35,,3.35,3.35\n0,10,3.35,,3.35,3.35\n60,9.5,3.36,3.36,3.36,3.36\n")]
    public void Semicolons_decimal_commas_other_columns_and_a_repeated_time_change_nothing(string csv)
    {
        LogSeen log = Read(csv);

        log.TimeSeconds.ShouldBe([0, 60]);
        log.CurrentAmps.ShouldBe([10, 9.5]);
        log.CellVolts[0].ShouldBe([3.35, 3.36]);
        log.CellVolts[1].ShouldBe([double.NaN, 3.36]);
        log.Resolution.ShouldBe(new Volts(0.01));
    }

    [Theory]
    [InlineData("", "o.yaml:1: entry[1].log.file: 'cells.csv' is empty, expected text; check the file")]
    [InlineData(
        "# nothing\n",
        "cells.csv: holds no log, expected a header 'time_s,current_a,v1,v2 …' and at least two rows; check the file")]
    [InlineData("time_s,current_a,v1,v2,v3,v4\n0,10,3,3,3,3\n", "cells.csv: holds no log")]
    [InlineData("time_s,v1,v2,v3,v4\n", "cells.csv:1: there is no column 'current_a', expected a header")]
    [InlineData("time_s,current_a,v1,v2,v3\n", "cells.csv:1: there is no column 'v4', expected a header")]
    [InlineData("time_s,current_a,v1,v1,v2,v3,v4\n", "cells.csv:1: the column 'v1' is there twice; remove one of them")]
    [InlineData("time_s,current_a,v0,v1,v2,v3\n", "cells.csv:1: saw a column 'v0', expected v1 to v4, which the pack has; rename it")]
    [InlineData("time_s,current_a,v1,v2,v3,v4,v5\n", "cells.csv:1: saw a column 'v5', expected v1 to v4, which the pack has; rename it")]
    [InlineData("time_s,current_a,v1,v2,v3,v4\n0,10,3\n", "cells.csv:2: saw 3 fields, expected 6 as in the header")]
    [InlineData(
        "time_s,current_a,v1,v2,v3,v4\n0,,3,3,3,3\n",
        "cells.csv:2: current_a: saw '', expected a number; correct the row or take it out")]
    [InlineData("time_s,current_a,v1,v2,v3,v4\n0,NaN,3,3,3,3\n", "cells.csv:2: current_a: saw 'NaN', expected a number")]
    [InlineData("time_s,current_a,v1,v2,v3,v4\n0,1e9,3,3,3,3\n", "cells.csv:2: current_a: saw 1000000000, expected amperes; convert it")]
    [InlineData("time_s,current_a,v1,v2,v3,v4\n0,1,x,3,3,3\n", "cells.csv:2: v1: saw 'x', expected a number")]
    [InlineData(
        "time_s,current_a,v1,v2,v3,v4\n0,1,3,3350,3,3\n",
        "cells.csv:2: v2: saw 3350, expected V from -6 to 6; convert millivolts to volts")]
    [InlineData(
        "time_s,current_a,v1,v2,v3,v4\n0,1,3,65,3,3\n",
        "cells.csv:2: v2: saw 65, expected V from -6 to 6; empty the field if there was no reading")]
    [InlineData(
        "time_s,current_a,v1,v2,v3,v4\n5,1,3,3,3,3\n4,1,3,3,3,3\n",
        "cells.csv:3: saw 4 s after 5 s, expected the time to rise; sort the rows, or cut the file there")]
    [InlineData("time_s;current_a;v1;v2;v3;v4\n0;1;3;3;3;\"3\n", "cells.csv:2: a quote is not closed on this line; close it")]
    public void A_log_that_is_none_of_this_pack_is_refused_with_its_line(string csv, string complaint) =>
        ObservationSamples.Complaint(Entry, csv, Four).ShouldStartWith(complaint);

    [Fact]
    public void A_log_that_is_not_there_is_reported_at_the_entry_that_names_it() =>
        ObservationSamples.Complaint("- log: { file: cell.csv }").ShouldBe(
            "o.yaml:1: entry[1].log.file: 'cell.csv' is not among the files given; add it; the nearest name there is 'cells.csv'");
}
