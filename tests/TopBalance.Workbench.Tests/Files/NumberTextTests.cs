using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Tests.Files;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData("3.55", 3.55)]
    [InlineData("-40", -40)]
    [InlineData("+5", 5)]
    [InlineData("1.1e-3", 0.0011)]
    [InlineData("1E3", 1000)]
    [InlineData(".5", 0.5)]
    public void A_number_has_a_decimal_point_and_may_have_an_exponent(string text, double expected)
    {
        NumberText.TryParse(text, out double value).ShouldBeTrue();
        value.ShouldBe(expected);
    }

    [Theory]
    [InlineData("3,55")]
    [InlineData("1,000.5")]
    [InlineData("1_000")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e999")]
    [InlineData("0x10")]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1-")]
    [InlineData("e5")]
    [InlineData("٣")]
    [InlineData("−5")]
    [InlineData("(5)")]
    [InlineData("180 V")]
    public void Anything_else_is_no_number(string text)
    {
        NumberText.TryParse(text, out double value).ShouldBeFalse();
        value.ShouldBe(0);
    }

    [Theory]
    [InlineData("3,55", "3.55")]
    [InlineData("1,000.5", "1000.5")]
    [InlineData("180 V", "180")]
    [InlineData("50%", "50")]
    [InlineData("abc", null)]
    [InlineData("1e999", null)]
    [InlineData("1.000,5", null)]
    public void What_was_meant_is_suggested(string text, string? hint) => NumberText.Hint(text).ShouldBe(hint);

    [Fact]
    public void A_person_may_type_a_comma()
    {
        NumberText.TryParseTyped(" 3,55 ", out double value).ShouldBeTrue();
        value.ShouldBe(3.55);
        NumberText.TryParseTyped("1,000.5", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("")]
    public void The_locale_changes_nothing(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            NumberText.TryParse("-1234.5", out double value).ShouldBeTrue();
            value.ShouldBe(-1234.5);
            NumberText.Write(-1234.5).ShouldBe("-1234.5");
            Samples.Complaint(Samples.Least + "temperature_c: 20.5.1\n").ShouldContain(
                "saw '20.5.1', expected a number in °C from -40 to 80");
            Samples.Pack(Samples.Least + "temperature_c: -20.5\n").Temperature.Value.ShouldBe(-20.5);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void What_is_written_reads_back_to_the_last_bit() =>
        Prop.ForAll<NormalFloat>(number => NumberText.TryParse(NumberText.Write(number.Get), out double back) && back.Equals(number.Get))
            .QuickCheckThrowOnFailure();
}
