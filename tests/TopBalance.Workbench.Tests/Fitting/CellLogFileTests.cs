using System.Globalization;
using System.IO.Compression;
using System.Text;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Fitting;

namespace TopBalance.Workbench.Tests.Fitting;

public sealed class CellLogFileTests
{
    private const string Header = "time_s,current_a,voltage_v";

    private static CellLog Read(string text, LogOptions? options = null) => Read(Encoding.UTF8.GetBytes(text), options);

    private static CellLog Read(byte[] bytes, LogOptions? options = null)
    {
        var files = new MemoryFiles(new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["log.csv"] = bytes });
        return CellLogFile.Read(files, "log.csv", options ?? new LogOptions());
    }

    private static string Complaint(string text, LogOptions? options = null)
    {
        string message = Should.Throw<InputException>(() => Read(text, options)).Message;
        message.Any(char.IsControl).ShouldBeFalse();
        return message;
    }

    private static string Rows(params string[] rows) => string.Join('\n', rows) + "\n";

    // a charge at 5 A: 0.1 mV a second, a step of 50 mV with the current
    private static IEnumerable<string> Charge(int count, int every = 10, double from = 0) => Enumerable.Range(0, count).Select(
        k => FormattableString.Invariant($"{from + (k * every)},{(k == 0 ? 0 : 5)},{3.3 + (k == 0 ? 0 : 0.05) + (1e-4 * k):0.0000}"));

    private static string ChargeFile(int count = 100) => Rows([Header, .. Charge(count)]);

    [Fact]
    public void A_plain_log_is_read_as_it_stands()
    {
        CellLog log = Read("# of the left box\n" + ChargeFile());

        log.Name.ShouldBe("log.csv");
        log.Stretches.Length.ShouldBe(1);
        log.Stretches[0].Seconds[..3].ShouldBe([0, 10, 20]);
        log.Stretches[0].Amps[..3].ShouldBe([0, 5, 5]);
        log.Stretches[0].Volts[0].ShouldBe(3.3);
        log.Stretches[0].Temperature.ShouldBeNull();
        log.Stretches[0].Source.ShouldBe("log.csv:3");
        log.Notes[0].ShouldBe("Used 100 of 100 rows.");
    }

    [Theory]
    [InlineData("time_s,current_a,voltage_v", 1, 1, 1)]
    [InlineData("TIME_S,CURRENT_A,VOLTAGE_V", 1, 1, 1)]
    [InlineData("Time [s],I [A],U [V]", 1, 1, 1)]
    [InlineData("t(s),I(A),V(V)", 1, 1, 1)]
    [InlineData("Test_Time(s),Current(A),Voltage(V)", 1, 1, 1)]
    [InlineData("time/s,I/mA,Ecell/V", 1, 1e-3, 1)]
    [InlineData("time_min,current_mA,voltage_mv", 60, 1e-3, 1e-3)]
    [InlineData("time_h,current_ma,Voltage [mV]", 3600, 1e-3, 1e-3)]
    [InlineData("Elapsed Time (min),Battery Current (mA),Battery Voltage (mV)", 60, 1e-3, 1e-3)]
    [InlineData("TestTime_s,CellCurrent_A,CellVoltage_V", 1, 1, 1)]
    [InlineData("seconds,amps,volts", 1, 1, 1)]
    [InlineData("s,A,V", 1, 1, 1)]
    [InlineData("time_s,current_A_charge_positive,voltage_V", 1, 1, 1)]
    [InlineData("time_s,current_A_discharge_positive,voltage_V", 1, -1, 1)]
    [InlineData("\"Zeit [s]\",\"Strom [A]\",\"Spannung [V]\"", 1, 1, 1)]
    [InlineData("elapsed_ms,current_a,voltage_v", 1e-3, 1, 1)]
    public void Units_and_sign_come_from_the_column_names(string header, double second, double amp, double volt)
    {
        static string Number(double value) => value.ToString("0.########", CultureInfo.InvariantCulture);
        IEnumerable<string> rows = Enumerable.Range(0, 20).Select(k => string.Join(
            ',', Number(k * 10 / second), Number((k == 0 ? 0 : 2) / amp), Number((3.3 + (k * 0.001)) / volt)));

        LogStretch stretch = Read(Rows([header, .. rows])).Stretches.Single();

        stretch.Seconds[2].ShouldBe(20, 1e-4);
        stretch.Amps[2].ShouldBe(2, 1e-9);
        stretch.Volts[2].ShouldBe(3.302, 1e-9);
    }

    [Theory]
    [InlineData("temperature_c", "25", 25)]
    [InlineData("surface_temperature_degC", "25", 25)]
    [InlineData("Temp [°C]", "25", 25)]
    [InlineData("T(K)", "298.15", 25)]
    [InlineData("temperature_f", "77", 25)]
    [InlineData("fixture_or_air_temperature_degC,surface_temperature_degC", "20,25", 25)]
    [InlineData("t [°C]", "", double.NaN)]
    public void A_temperature_is_taken_along_and_that_of_the_cell_before_that_of_the_air(string column, string value, double celsius)
    {
        CellLog log = Read(Rows([$"{Header},{column}", .. Charge(20).Select(r => r + "," + value)]));

        Math.Round(log.Stretches[0].Temperature?.Value ?? double.NaN, 9).ShouldBe(celsius);
    }

    [Fact]
    public void A_temperature_from_outside_stands_where_the_log_has_none()
    {
        Read(ChargeFile(), new LogOptions { Temperature = new(12) }).Stretches[0].Temperature.ShouldBe(new(12));
        Read(Rows([Header + ",temperature_c", .. Charge(20).Select(r => r + ",25")]), new LogOptions { Temperature = new(12) })
            .Stretches[0].Temperature.ShouldBe(new(25));
    }

    [Theory]
    [InlineData(';', false)]
    [InlineData(';', true)]
    [InlineData('\t', false)]
    [InlineData('\t', true)]
    [InlineData(',', true)]
    public void Columns_may_be_separated_otherwise_and_numbers_may_then_have_a_decimal_comma(char separator, bool commas)
    {
        // between commas a number with a decimal comma stands in quotes
        string text = string.Join('\n', ChargeFile().Split('\n').Select(line => string.Join(
            separator, line.Split(',').Select(f => !commas ? f : separator == ',' ? f.Replace('.', '.') : f.Replace('.', ',')))));

        LogStretch stretch = Read(text).Stretches.Single();

        stretch.Volts[1].ShouldBe(3.3501);
        stretch.Seconds.Length.ShouldBe(100);
    }

    [Fact]
    public void Extra_columns_and_a_preamble_are_left_aside()
    {
        string text = Rows(
            ["Bench supply 7", "Serial;none", "", "step_index,charge_Ah,soc,time_s,step_time_s,current_a,voltage_v,power_w,note",
                .. Charge(30).Select((r, k) => $"1,0,0.5,{r.Split(',')[0]},{k % 7},{r.Split(',')[1]},{r.Split(',')[2]},1,\"a, b\"")]);

        CellLog log = Read(text);

        log.Stretches.Single().Seconds[2].ShouldBe(20);
        log.Notes.ShouldContain("Columns: time from 'time_s', current from 'current_a', voltage from 'voltage_v'.");
        log.Notes[0].ShouldBe("Used 30 of 30 rows.");
    }

    [Fact]
    public void A_name_without_a_unit_is_taken_in_the_base_unit_and_says_so() =>
        Read(Rows(["time,current,voltage", .. Charge(20)])).Notes.ShouldContain(
            "The column 'current' names no unit; it is taken as A.");

    [Theory]
    [InlineData("yyyy-MM-ddTHH:mm:ssZ")]
    [InlineData("yyyy-MM-dd HH:mm:ss")]
    [InlineData("yyyy-MM-dd HH:mm:ss.fff")]
    [InlineData("yyyy-MM-ddTHH:mm:ss+01:00")]
    [InlineData("yyyy/MM/dd HH:mm:ss")]
    [InlineData("dd.MM.yyyy HH:mm:ss")]
    [InlineData("HH:mm:ss")]
    public void Stamps_of_a_clock_are_counted_from_the_first_across_midnight(string format)
    {
        var start = new DateTime(2026, 5, 1, 23, 58, 0, DateTimeKind.Unspecified);
        string text = Rows(["timestamp,current_a,voltage_v", .. Charge(30).Select((r, k) =>
            start.AddSeconds(10 * k).ToString(format, CultureInfo.InvariantCulture) + r[r.IndexOf(',')..])]);

        LogStretch stretch = Read(text).Stretches.Single();

        (stretch.Seconds[29] - stretch.Seconds[0]).ShouldBe(290, 1e-6);
    }

    [Fact]
    public void Hours_of_a_day_may_be_more_than_24() =>
        Read(Rows(["time,current_a,voltage_v", "23:59:50,0,3.3", "24:00:00,5,3.35", "24:04:00.5,5,3.36"]))
            .Stretches[0].Seconds.ShouldBe([86390, 86400, 86640.5]);

    [Fact]
    public void A_packed_file_is_unpacked()
    {
        LogStretch stretch = Read(Packed(ChargeFile())).Stretches.Single();

        stretch.Seconds.Length.ShouldBe(100);
    }

    [Fact]
    public void A_packed_file_that_is_cut_short_is_refused_or_read_as_far_as_it_goes()
    {
        byte[] packed = Packed(ChargeFile(5000));
        foreach (int length in new[] { 2, 5, 12, 40, packed.Length / 2, packed.Length - 9 })
        {
            try
            {
                Read(packed[..length]).Stretches.Length.ShouldBe(1);
            }
            catch (InputException e)
            {
                e.Message.ShouldStartWith("log.csv");
            }
        }
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void What_unpacks_to_more_than_memory_is_refused()
    {
        byte[] row = Encoding.UTF8.GetBytes("\n\n\n\n\n\n\n\n\n\n");
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            byte[] block = [.. Enumerable.Repeat(row, 100_000).SelectMany(b => b)];
            for (int k = 0; k < 430; k++)
            {
                gzip.Write(block);
            }
        }

        Should.Throw<InputException>(() => Read(packed.ToArray())).Message.ShouldContain("unpacks to more than 400 MB");
    }

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    [Fact]
    public void A_flipped_sign_turns_the_current()
    {
        string turned = ChargeFile().Replace(",5,", ",-5,", StringComparison.Ordinal);

        Read(turned, new LogOptions { Sign = LogSign.Flip }).Stretches[0].Amps[1].ShouldBe(5);
    }

    [Fact]
    public void A_new_stretch_begins_where_the_clock_begins_anew()
    {
        CellLog log = Read(Rows([Header, .. Charge(50), .. Charge(30)]));

        log.Stretches.Select(s => s.Seconds.Length).ShouldBe([50, 30]);
    }

    [Fact]
    public void A_new_stretch_begins_with_another_script_even_if_the_clock_goes_on()
    {
        string text = Rows(["script," + Header, .. Charge(50).Select(r => "1," + r), .. Charge(30, from: 700).Select(r => "2," + r)]);

        Read(text).Stretches.Select(s => s.Seconds.Length).ShouldBe([50, 30]);
    }

    [Fact]
    public void A_clock_that_goes_back_with_the_step_is_placed_but_one_that_just_goes_back_is_not()
    {
        string[] rows = [.. Charge(50), .. Charge(30, from: 250)];
        string text = Rows([Header + ",step_index", .. rows.Select((r, k) => $"{r},{(k < 50 ? 1 : 2)}")]);

        Read(text).Stretches.Length.ShouldBe(2);
        Complaint(Rows([Header, .. rows])).ShouldBe(
            "log.csv:52: the clock goes back from 490 s to 250 s and on from there; "
                + "cut the file there, or give its parts a column 'segment'");
    }

    [Fact]
    public void Damaged_rows_are_thrown_away_and_counted()
    {
        List<string> rows = [.. Charge(100)];
        rows[10] = "100,,3.36";
        rows[11] = "110,5,nan";
        rows[12] = "120,5,9.99";
        rows[13] = "130,5,0";
        rows[14] = "130,5,3.36";
        rows[15] = "130,5,3.36";
        rows[16] = "35,5,3.36";
        rows[17] = "170,900,3.36";
        rows[18] = "180,5,1.2";
        rows[19] = "190,5,3.36,7";
        rows[20] = "200,5";
        rows[21] = "\0\0\0\0";

        CellLog log = Read(Rows([Header, .. rows]));

        log.Notes[0].ShouldBe("Used 89 of 100 rows; threw away 11: 4 without a number where one is needed (first in line 12), "
            + "1 with more fields than columns (first in line 21), 2 with a voltage outside 0 to 6 V (first in line 14), "
            + "1 with a current far above all others (first in line 19), 1 with a voltage that jumps away for one row (first in line 20), "
            + "1 with the time of the row before (first in line 17), 1 out of order in time (first in line 18).");
        log.Stretches.Length.ShouldBe(1);
    }

    [Fact]
    public void A_real_pulse_of_a_few_rows_stays()
    {
        string[] rows = [.. Charge(100).Select((r, k) => k is 50 or 51 ? $"{10 * k},80,3.9" : r)];

        Read(Rows([Header, .. rows])).Stretches[0].Amps.Max().ShouldBe(80);
    }

    [Fact]
    public void A_gap_with_the_same_current_on_both_sides_is_bridged_and_said()
    {
        CellLog log = Read(Rows([Header, .. Charge(500), .. Charge(300, from: 6200).Skip(1)]));

        log.Stretches.Length.ShouldBe(1);
        log.Notes.ShouldContain("20 min without rows before line 502, with 5 A on both sides: taken to have flowed all the time.");
    }

    [Fact]
    public void A_rest_that_nobody_logged_splits_the_log_where_the_current_comes_on()
    {
        IEnumerable<string> rest = ["5000,0,3.36", "5010,0,3.355"];
        CellLog log = Read(Rows([Header, .. Charge(500), .. rest, .. Charge(300, from: 9000).Skip(1)]));

        log.Stretches.Select(s => s.Seconds.Length).ShouldBe([502, 299]);
        log.Notes.ShouldContain(n => n.Contains("taken as a rest", StringComparison.Ordinal));
    }

    [Fact]
    public void A_gap_in_which_nobody_knows_what_flowed_is_refused() =>
        Complaint(Rows([Header, .. Charge(500), "30000,2,3.4", "30010,2,3.401"])).ShouldBe(
            "log.csv:502: the clock jumps by 6.9 h from 5 A to 2 A, and what flowed meanwhile is not known; "
                + "cut the file there and fit its parts, or log without a gap");

    [Fact]
    public void A_clock_set_forward_by_years_is_refused() =>
        Complaint(Rows([Header, .. Charge(500), .. Charge(300, from: 1e9).Skip(1)])).ShouldContain("the clock jumps by 11574 days");

    [Fact]
    [Trait("Category", "Slow")]
    public void A_log_of_a_million_rows_is_thinned_and_no_charge_is_lost()
    {
        const int count = 1_000_000;
        var text = new StringBuilder("time_s,current_a,voltage_v\n");
        double charge = 0;
        for (int k = 0; k < count; k++)
        {
            double amps = k == 0 ? 0 : (k / 5000 % 2) == 0 ? 5.001 : 4.5;
            charge += amps;
            text.Append(CultureInfo.InvariantCulture, $"{k},{amps},{3.3 + (k * 2e-7) + (amps * 0.001):0.0000}\n");
        }

        CellLog log = Read(text.ToString());

        log.Stretches.Single().Seconds.Length.ShouldBeLessThan(400_000);
        log.Notes[1].ShouldStartWith("Thinned to ");
        Ah(log).ShouldBe(charge / 3600, 1e-6 * charge / 3600);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void A_noisy_log_of_a_million_rows_keeps_its_resolution()
    {
        var noise = new Random(1);
        var text = new StringBuilder("time_s,current_a,voltage_v\n");
        for (int k = 0; k < 1_500_000; k++)
        {
            double volts = 3.2 + (k * 1e-7) + (0.001 * noise.NextDouble());
            text.Append(CultureInfo.InvariantCulture, $"{k},{5 + (0.02 * noise.NextDouble()):0.000},{volts:0.0000}\n");
        }

        CellLog log = Read(text.ToString());

        log.Stretches.Single().Seconds.Length.ShouldBeInRange(50_000, 400_000);
        Ah(log).ShouldBe(5.01 * 1_500_000 / 3600, 0.1);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void A_log_of_nothing_but_stretches_is_refused()
    {
        string rows = string.Concat(Enumerable.Range(0, 500_000).Select(k => FormattableString.Invariant($"{k},{k},5,3.3\n")));

        Complaint($"script,{Header}\n{rows}")
            .ShouldBe("log.csv: falls into more than 100,000 stretches; check the columns of the time and of the script");
    }

    private static double Ah(CellLog log) => log.Stretches.Sum(
        s => Enumerable.Range(1, s.Seconds.Length - 1).Sum(k => s.Amps[k] * (s.Seconds[k] - s.Seconds[k - 1]))) / 3600;

    [Theory]
    [InlineData("time_s,voltage_v\n0,3.3\n10,3.4\n", "log.csv:1: there is no column for the current among 'time_s', 'voltage_v'; name it")]
    [InlineData("time_s,current_a\n0,3.3\n10,3.4\n", "there is no column for the voltage among 'time_s', 'current_a'; name it")]
    [InlineData("current_a,voltage_v\n0,3.3\n10,3.4\n", "there is no column for the time among")]
    [InlineData("0,0,3.3\n10,5,3.4\n", "there is no column for the time among '0', '0', '3.3'; name it in the header, as in 'time_s")]
    [InlineData(
        "time_s,current_1_a,current_2_a,voltage_v\n0,0,0,3.3\n",
        "log.csv:1: several columns could be the current: 'current_1_a', 'current_2_a'; leave one of them, or name one 'current_a'")]
    [InlineData("time_s,current_a,voltage_v\n", "log.csv: holds a header and no rows; check the file")]
    [InlineData(
        "time_s,current_a,voltage_v\n0,5,3.3\n", "log.csv: holds a single row that can be used; log a charge from beginning to end")]
    [InlineData("time_s,current_a,voltage_v\n0,5,3300\n10,5,3310\n", "is 'voltage_v' in mV, or of a whole pack?")]
    [InlineData("time_s,current_a,voltage_v\n0,5,3,300\n10,5,3,310\n", "write decimal points, or semicolons between the columns")]
    [InlineData("time_s,current_a,voltage_v\nx,5,3.3\ny,5,3.3\n", "none of its 2 rows can be used; threw away 2: 2 without a number")]
    [InlineData(
        "time_s,current_a,voltage_v\n0,0,3.3\n10,0,3.3\n20,0.001,3.3\n", "no current flows anywhere in it, at most 0.001 A in 'current_a'")]
    [InlineData("\n\n# nothing\n", "log.csv: is empty, expected a header and rows; check the file")]
    [InlineData("PK\u0003\u0004abc", "is a zip archive or a spreadsheet, expected CSV; export the table as CSV")]
    [InlineData("MZ\u0001\u0002abc", "log.csv:1: saw the character 0x01, expected CSV text; check that it is the right file")]
    [InlineData("time_s,current_a,voltage_v\n3,5,3.3\n2,5,3.3\n1,5,3.3\n0,5,3.3\n", "holds a single row that can be used; threw away 3")]
    public void A_log_that_tells_nothing_ends_in_one_line(string text, string complaint) => Complaint(text).ShouldContain(complaint);

    [Fact]
    public void An_empty_file_ends_in_one_line() => Complaint("").ShouldBe("log.csv: is empty, expected text; check the file");

    [Fact]
    public void A_very_large_file_ends_in_one_line() => Should.Throw<InputException>(() => Read(new byte[(100 << 20) + 1])).Message
        .ShouldBe("log.csv: has 104857601 bytes, expected at most 100 MB; check that it is the right file");

    [Fact]
    public void A_line_without_end_ends_in_one_line() =>
        Complaint(Header + "\n" + new string('1', 50_000)).ShouldContain("log.csv:2: saw a line of more than 10000 characters");

    [Fact]
    public void A_wrong_sign_is_found_by_the_voltage_over_hours()
    {
        string turned = ChargeFile(500).Replace(",5,", ",-5,", StringComparison.Ordinal);

        Complaint(turned).ShouldBe("log.csv:3: the voltage goes from 3.350 V to 3.400 V (lines 3 to 501) while the current says discharge, "
            + "so its sign is wrong; turn the current round with '--sign flip'");
    }

    [Fact]
    public void A_sign_turned_though_it_was_right_is_found_too() =>
        Complaint(ChargeFile(800), new LogOptions { Sign = LogSign.Flip }).ShouldContain("so its sign is wrong; leave '--sign flip' out");

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void The_language_of_the_computer_changes_nothing(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            A_plain_log_is_read_as_it_stands();
            Damaged_rows_are_thrown_away_and_counted();
            A_gap_in_which_nobody_knows_what_flowed_is_refused();
            Read(Rows(["TIME [S];I [A];VOLTAGE [V]", "0,5;0;3,3", "1,5;2;3,31"])).Stretches[0].Seconds.ShouldBe([0.5, 1.5]);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
