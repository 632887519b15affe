using System.Text.Json;
using TopBalance.Chemistry;
using TopBalance.Cli;
using TopBalance.Cli.Output;
using TopBalance.Packs;
using TopBalance.Workbench.Json;
using TopBalance.Workbench.Simulations;

namespace TopBalance.Workbench.Tests.Cli;

public sealed class SimulationTextTests
{
    [Fact]
    public void Names_the_tripping_cell_and_what_it_lacks()
    {
        string text = Render(Summaries.Tripped(Summaries.Pack(4), 4));

        text.ShouldContain("Cell 4 tripped HVC after 3 h 02 min 15 s");
        text.ShouldContain("30.38 Ah delivered");
        text.ShouldContain("[R-]");
        text.ShouldContain("72.86 Ah now, 97.11 Ah when balanced");
        text.ShouldContain("SIMULATION");
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(50, true)]
    [InlineData(400, true)]
    [InlineData(50, false)]
    public void Every_line_fits_80_columns(int series, bool plain)
    {
        string text = Render(Summaries.Tripped(Summaries.Pack(series), 3, 1, 2), plain);

        text.Split('\n').ShouldAllBe(line => line.Length <= 80);
        text.Split('\n').ShouldAllBe(line => line.TrimEnd() == line);
        text.ShouldNotContain("\u001b");
    }

    [Fact]
    public void A_pack_outside_of_what_was_measured_is_told_so_in_text_and_in_JSON()
    {
        PackSpec inside = Summaries.Pack(4);
        var range = new TrustedRange(0, 1, 0.05, 1, new(5), new(20));
        PackSpec outside = new(
            "cold", 4, 1, inside.Cell with { Trusted = range }, inside.Module, inside.Charger);
        SimulationSummary summary = Summaries.Tripped(outside, 4);

        const string sentence = "Outside of where the curves of CALB CA100 were measured: 25\u00a0°C instead of 5 to 20\u00a0°C, "
            + "a charge at 0.1\u00a0C instead of at most C/20. Figures near full are rough.";
        SimulationAdvice.Of(summary).Outside.ShouldBe(sentence);
        Render(summary).ShouldContain("Outside of where the curves of CALB CA100 were measured");
        JsonText.Of(summary).ShouldContain("\"outside_trusted\": \"Outside of where");
        JsonText.Of(Summaries.Tripped(inside, 4)).ShouldNotContain("outside_trusted");
    }

    [Fact]
    public void Plain_output_is_ascii_whatever_the_pack_is_called()
    {
        string text = Render(Summaries.Tripped(Summaries.Pack(8, name: "Jörgs Boot ⚡\u001b[31m"), 3));

        System.Text.Ascii.IsValid(text).ShouldBeTrue(text);
        text.ShouldNotContain("\u001b");
        text.ShouldContain("Joergs Boot");
    }

    [Fact]
    public void Lamps_hang_as_the_boxes_do()
    {
        var layout = new PackLayout(6, [new BoxLayout(2, 2, NumberingDirection.Snake), new BoxLayout(1, 2)]);

        string[] lines = Render(Summaries.Tripped(Summaries.Pack(6, layout), 4, 1)).Split('\n');

        int first = Array.IndexOf(lines, "Box 1");
        lines[first + 1].ShouldBe("  1   2");
        lines[first + 2].ShouldBe(" RG  .G");
        lines[first + 3].ShouldBe("  4   3");
        lines[first + 4].ShouldBe("[R-] .G");
        lines[first + 5].ShouldBe("Box 2");
        lines[first + 6].ShouldBe("  5   6");
    }

    [Fact]
    public void Colour_goes_to_a_terminal_only_and_never_against_no_color()
    {
        SimulationSummary summary = Summaries.Tripped(Summaries.Pack(4), 4);

        Render(summary, plain: false, outIsTerminal: true).ShouldContain("\u001b[");
        Render(summary, plain: false, outIsTerminal: true, noColour: true).ShouldNotContain("\u001b");
        Render(summary, plain: false).ShouldNotContain("\u001b");
    }

    [Fact]
    public void Json_has_the_fields_people_script_against_with_full_precision()
    {
        using JsonDocument document = JsonDocument.Parse(JsonText.Of(Summaries.Tripped(Summaries.Pack(4), 4)));
        JsonElement root = document.RootElement;

        root.EnumerateObject().Select(p => p.Name).ShouldBe(
            ["pack", "ended", "trips_s", "restarts_s", "delivered_ah", "pack_voltage_v", "usable_ah", "hazards", "cells"]);
        root.GetProperty("ended").EnumerateObject().Select(p => p.Name).ShouldBe(["reason", "cell", "time_s"]);
        root.GetProperty("ended").GetProperty("time_s").GetRawText().ShouldBe("10935.301194673502");
        root.GetProperty("usable_ah").EnumerateObject().Select(p => p.Name).ShouldBe(["now", "balanced"]);
        root.GetProperty("cells")[0].EnumerateObject().Select(p => p.Name).ShouldBe(
            ["cell", "soc", "voltage_v", "red", "green", "to_full_ah"]);
        root.GetProperty("cells")[3].GetProperty("green").GetBoolean().ShouldBeFalse();
    }

    private static string Render(SimulationSummary summary, bool plain = true, bool outIsTerminal = false, bool noColour = false)
    {
        var output = new StringWriter();
        var terminal = new Terminal { Out = output, Error = TextWriter.Null, OutIsTerminal = outIsTerminal, NoColour = noColour };
        SimulationText.Write(new Screen(terminal, plain), summary);
        return output.ToString();
    }
}
