using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Fitting;

namespace TopBalance.Workbench.Tests.Fitting;

/// <summary>Whatever a log holds, it is read or refused in one line, soon; what is read keeps its promises.</summary>
public sealed class HostileLogTests
{
    // a failure prints its seed; 20 000 of each have passed
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(300);

    // far above what any of these takes; it guards against hanging, not against slowness
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static bool IsReadOrRefused(byte[] bytes)
    {
        var files = new MemoryFiles(new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["log.csv"] = bytes });
        long begin = Stopwatch.GetTimestamp();
        foreach (LogSign sign in new[] { LogSign.AsIs, LogSign.Flip })
        {
            try
            {
                CellLog log = CellLogFile.Read(files, "log.csv", new LogOptions { Sign = sign });
                log.Stretches.ShouldNotBeEmpty();
                foreach (LogStretch stretch in log.Stretches)
                {
                    stretch.Seconds.Length.ShouldBeGreaterThan(1);
                    stretch.Amps.Length.ShouldBe(stretch.Seconds.Length);
                    stretch.Volts.Length.ShouldBe(stretch.Seconds.Length);
                    stretch.Seconds.Concat(stretch.Amps).All(double.IsFinite).ShouldBeTrue();
                    stretch.Volts.All(v => v is > 0 and <= 6).ShouldBeTrue();
                    stretch.Seconds.Zip(stretch.Seconds.Skip(1)).All(p => p.Second > p.First).ShouldBeTrue();
                }

                log.Notes.Any(n => n.Any(char.IsControl)).ShouldBeFalse();
            }
            catch (InputException e)
            {
                e.Message.Any(char.IsControl).ShouldBeFalse();
                e.Message.ShouldStartWith("log.csv");
            }
        }

        Stopwatch.GetElapsedTime(begin).ShouldBeLessThan(Soon);
        return true;
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    [Fact]
    public void Random_bytes() => Prop.ForAll<byte[]>(bytes =>
            IsReadOrRefused(bytes)
            && IsReadOrRefused([0x1F, 0x8B, 8, .. bytes])
            && IsReadOrRefused([.. Bytes("time_s,current_a,voltage_v\n"), .. bytes]))
        .Check(Many);

    [Fact]
    public void Random_tables()
    {
        Gen<string> header = Gen.Elements(
            "time_s", "t [h]", "time", "Time (min)", "date", "current_a", "I [mA]", "current_A_discharge_positive", "voltage_v", "U [mV]", "V",
            "A", "temperature_c", "t [°C]", "script", "step", "soc", "", "charge_Ah", "\"x\"");
        Gen<string> field = Gen.OneOf(
            Gen.Choose(0, 40).Select(n => (n * 10).ToString()),
            Gen.Choose(-50, 60).Select(n => (n / 10.0).ToString("R", System.Globalization.CultureInfo.InvariantCulture)),
            Gen.Choose(2500, 3700).Select(n => (n / 1000.0).ToString("R", System.Globalization.CultureInfo.InvariantCulture)),
            Gen.Elements(
                "", "3,3", "nan", "1e300", "-1e300", "1e-320", "12:00:00", "23:59:59", "00:00:01", "2026-05-01 12:00:00", "99999999999999",
                "\"", "\u0000", "é", "x"));
        Gen<string> separator = Gen.Elements(",", ";", "\t");
        Gen<string> file =
            from s in separator
            from columns in header.ListOf(4)
            from rows in field.ListOf(4).ListOf()
            select string.Join(s, columns) + "\n" + string.Join('\n', rows.Select(r => string.Join(s, r)));

        Prop.ForAll(file.ToArbitrary(), text => IsReadOrRefused(Bytes(text))).Check(Many);
    }

    [Fact]
    public void A_valid_log_with_pieces_put_in_or_taken_out()
    {
        string valid = "script,time_s,current_a,voltage_v,temperature_c\n" + string.Concat(Enumerable.Range(0, 60).Select(
            k => FormattableString.Invariant($"{1 + (k / 30)},{k % 30 * 10},{(k % 30 == 0 ? 0 : 5)},{3.3 + (0.001 * k)},25\n")));
        Gen<string> piece = Gen.Elements(
            ",", ";", "\t", "\n", "\"", "-", ".", "e", "E9", "0", "9999", "nan", "time_s", "\u0000", "\u0085", "\u2028", "é", "🔋", "#",
            "\r", " ");
        Gen<(int At, int Cut, string Put)> edit =
            from at in Gen.Choose(0, valid.Length) from cut in Gen.Choose(0, 30) from put in piece select (at, cut, put);

        Prop.ForAll(edit.NonEmptyListOf().ToArbitrary(), edits =>
        {
            string text = valid;
            foreach ((int at, int cut, string put) in edits)
            {
                int start = at % (text.Length + 1);
                text = text[..start] + put + text[Math.Min(text.Length, start + cut)..];
            }

            return IsReadOrRefused(Bytes(text));
        }).Check(Many);
    }

    [Theory]
    [InlineData(",", 2_000_000)]
    [InlineData("\n", 4_000_000)]
    [InlineData("#\n", 2_000_000)]
    [InlineData("1,", 2_000_000)]
    [InlineData("\"", 1_000_000)]
    [InlineData("1,5,3.3\n", 1_000_000)]
    [InlineData("time_s,current_a,voltage_v\n", 500_000)]
    [Trait("Category", "Slow")]
    public void A_large_file_of_one_thing(string piece, int times)
    {
        string text = string.Concat(Enumerable.Repeat(piece, times));

        IsReadOrRefused(Bytes(text));
        IsReadOrRefused(Bytes("time_s,current_a,voltage_v\n" + text));
    }
}
