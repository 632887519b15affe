using TopBalance.Packs;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Tests.Files.Observations;

/// <summary>Every message is one line: where, what was seen, what was expected, what to do.</summary>
public sealed class ObservationFileErrorTests
{
    [Theory]
    [InlineData("", "o.yaml: is empty, expected text; check the file")]
    [InlineData("# nothing yet\n", "o.yaml: holds nothing but comments; write its keys")]
    [InlineData(
        "charge: { minutes: 5 }",
        "o.yaml:1: saw a map of keys, expected a list of entries; begin each with '- ', as in '- rest: { hours: 10 }'")]
    [InlineData("[]", "o.yaml:1: entry: saw a list of 0, expected a list of 1 to 10000 items; correct it")]
    [InlineData(
        "- charge\n",
        "o.yaml:1: entry[1]: saw 'charge', expected a map of keys (loop_test, charge, drain, charge_cell, voltages, use …); correct it")]
    [InlineData("- {}\n", "o.yaml:1: entry[1]: is empty, expected what was done or seen; write it, or remove the dash")]
    [InlineData("- at: 2026-05-01T10:00:00Z\n", "saw neither; add one of them")]
    [InlineData("- [1, 2]\n", "o.yaml:1: entry[1]: saw a list, expected a map of keys")]
    public void What_is_no_list_of_entries_is_said_in_one_line(string yaml, string complaint) =>
        ObservationSamples.Complaint(yaml).ShouldContain(complaint);

    [Theory]
    [InlineData(
        "- chrage: { minutes: 5 }",
        "o.yaml:1: entry[1].chrage: is an unknown key; the nearest known key is 'charge'; rename or remove it")]
    [InlineData(
        "- rest: { hours: 1 }\n  use: { ah: 3 }",
        "o.yaml:2: entry[1].use: stands in one entry with 'rest'; begin it with a dash of its own")]
    [InlineData(
        "- rest:\n  hours: 1",
        "o.yaml:2: entry[1].hours: stands beside 'rest', expected it inside; indent it further, or put it between the braces")]
    [InlineData(
        "- rest:\n",
        "o.yaml:1: entry[1].rest: saw no value, expected a map of keys (hours, minutes, at, temperature_c, time_sigma_min); write e.g. { hours: "
            + "10 } or remove the key")]
    [InlineData("- reset: key", "o.yaml:1: entry[1].reset: saw 'key', expected ignition; write e.g. ignition")]
    [InlineData(
        "- reset: ignition\n- reset: ignition\n- rest: { hour: 1 }",
        "o.yaml:3: entry[3].rest.hour: is an unknown key; the nearest known key is 'hours'; rename or remove it")]
    public void A_slip_in_the_form_is_explained(string yaml, string complaint) => ObservationSamples.Complaint(yaml).ShouldBe(complaint);

    [Theory]
    [InlineData("ended: hvc", ": expected 'minutes' or 'hours', saw neither; add one of them")]
    [InlineData("minutes: 5", ".ended: is missing, expected hvc, charged, stopped or mains; add e.g. 'ended: hvc'")]
    [InlineData("minutes: 5, hours: 1, ended: hvc", ".hours: cannot stand beside 'minutes'; remove one of them")]
    [InlineData("minutes: -5, ended: hvc", ".minutes: saw '-5', expected a number in min from 0 to 100000; write e.g. 62")]
    [InlineData("minutes: 1e9, ended: hvc", ".minutes: saw '1e9', expected a number in min from 0 to 100000; write e.g. 62")]
    [InlineData("minutes: .nan, ended: hvc", ".minutes: saw '.nan', expected a number in min")]
    [InlineData("minutes: nan, ended: hvc", ".minutes: saw 'nan', expected a number in min")]
    [InlineData("minutes: 5 min, ended: hvc", ".minutes: saw '5 min', expected a number in min from 0 to 100000; write 5")]
    [InlineData("minutes: [5], ended: hvc", ".minutes: saw a list, expected a number in min")]
    [InlineData("minutes: 5,5, ended: hvc", ".5: saw a key '5', expected no decimal comma; write minutes: 5.5")]
    [InlineData("minutes: 5, ended: hcv", ".ended: saw 'hcv', expected hvc, charged, stopped or mains; did you mean 'hvc'?")]
    [InlineData("minutes: 5, ended: hvc, red: [0]", ".red[1]: saw '0', expected a whole number from 1 to 400; correct it")]
    [InlineData("minutes: 5, ended: hvc, red: [1.5]", ".red[1]: saw '1.5', expected a whole number from 1 to 400; correct it")]
    [InlineData("minutes: 5, ended: hvc, red: [51]", ".red: saw cell 51, expected 1 to 50, which the pack has; correct it")]
    [InlineData("minutes: 5, ended: hvc, red: 30", ".red: saw '30', expected a list of 0 to 400 items; write e.g. [3, 14, 30]")]
    [InlineData("minutes: 5, ended: hvc, red: [3, 4, 3]", ".red: cell 3 is there twice; remove one of them")]
    [InlineData(
        "minutes: 5, ended: hvc, red: [3], not_seen: [3]",
        ".not_seen: cell 3 is under 'red' too: it was seen or it was not; remove one of them")]
    [InlineData("minutes: 5, ended: hvc, not_seen: [3]", ".not_seen: means nothing without 'red'; add it, or remove this one")]
    [InlineData("minutes: 5, ended: hvc, red: [], not_seen: other", ".not_seen: saw 'other', expected others; did you mean 'others'?")]
    [InlineData(
        "minutes: 5, ended: stopped, tripped: 3", ".tripped: means nothing with 'ended: stopped', only with hvc; correct one of the two")]
    [InlineData(
        "minutes: 5, ended: hvc, tripped: [3]",
        ".tripped: saw a list, expected the number of the cell whose green lamp went out, unseen, or none if all stayed lit; write e.g. 30")]
    [InlineData("minutes: 5, ended: hvc, tripped: unsen", ".tripped: saw 'unsen', expected unseen or none; did you mean 'unseen'?")]
    [InlineData("minutes: 5, ended: hvc, tripped: true", ".tripped: saw 'true', expected the number of the cell")]
    [InlineData("minutes: 5, ended: hvc, tripped: 3.5", ".tripped: saw '3.5', expected a whole number from 1 to 400")]
    [InlineData("minutes: 5, ended: hvc, tripped: 77", ".tripped: saw cell 77, expected 1 to 50, which the pack has; correct it")]
    [InlineData(
        "minutes: 5, ended: hvc, red_after_min: { 30: 1,2 }",
        ".red_after_min: saw a key '2', expected no decimal comma; write 30: 1.2")]
    [InlineData("minutes: 5, ended: hvc, red_after_min: { x: 1 }", ".red_after_min: saw a key 'x', expected the number of a cell from 1")]
    [InlineData("minutes: 5, ended: hvc, red_after_min: { 30: -1 }", ".red_after_min.30: saw '-1', expected a number in min")]
    [InlineData("minutes: 5, ended: hvc, red_after_min: { 60: 1 }", ".red_after_min: saw cell 60, expected 1 to 50")]
    [InlineData(
        "minutes: 5, ended: hvc, red_after_min: { 30: 7 }",
        ".red_after_min: saw 7 min for cell 30, but the charge lasted 5 min; it counts from the start of this charge; correct one of them")]
    [InlineData("minutes: 5, ended: hvc, red_after_min: {}", ".red_after_min: saw a map of keys, expected a map of cell numbers")]
    [InlineData("minutes: 5, ended: hvc, at: yesterday", ".at: saw 'yesterday', expected a UTC time such as 2026-05-01T18:30:00Z")]
    [InlineData("minutes: 5, ended: hvc, at: 0001-01-01T00:00Z", ".at: saw '0001-01-01T00:00Z', expected a UTC time")]
    [InlineData("minutes: 5, ended: hvc, temperature_c: 400", ".temperature_c: saw '400', expected a number in °C from -40 to 80")]
    [InlineData(
        "minutes: 5, ended: hvc, curent_a: 3",
        ".curent_a: is an unknown key; the nearest known key is 'current_a'; rename or remove it")]
    public void A_wrong_charge_is_refused(string keys, string complaint) =>
        ObservationSamples.Complaint($"- charge: {{ {keys} }}").ShouldStartWith("o.yaml:1: entry[1].charge" + complaint);

    [Theory]
    [InlineData("cell: 0, minutes: 8", "cell: saw '0', expected a whole number from 1 to 400; write e.g. 30")]
    [InlineData("cell: 51, minutes: 8", "cell: saw cell 51, expected 1 to 50, which the pack has; correct it")]
    [InlineData("minutes: 8", "cell: is missing, expected a whole number from 1 to 400; add e.g. 'cell: 30'")]
    [InlineData("cell: 3, minutes: 8, load_ohm: 3, load_a: 1", "load_a: cannot stand beside 'load_ohm'; remove one of them")]
    [InlineData("cell: 3, minutes: 8, load_ohm: 0", "load_ohm: saw '0', expected a number in Ω above 0")]
    public void A_wrong_drain_is_refused(string keys, string complaint) =>
        ObservationSamples.Complaint($"- drain: {{ {keys} }}").ShouldStartWith("o.yaml:1: entry[1].drain." + complaint);

    [Fact]
    public void A_drain_with_no_load_anywhere_is_refused()
    {
        PackSpec pack = Samples.Pack(Samples.Least);

        ObservationSamples.Complaint("- drain: { cell: 3, minutes: 8 }", pack: pack).ShouldBe(
            "o.yaml:1: entry[1].drain.load_ohm: is missing, and the pack file has no tools.drain_load; add load_ohm or load_a");
    }

    [Theory]
    [InlineData(
        "cells: [5, 7]",
        "ended: red",
        "cells: saw cells 5 and 7, which are not neighbours, expected one cell or neighbours in series; write an entry for each supply")]
    [InlineData("cells: [5, 5]", "ended: red", "cells: cell 5 is there twice; remove one of them")]
    [InlineData("cells: [51]", "ended: red", "cells: saw cell 51, expected 1 to 50, which the pack has; correct it")]
    [InlineData("cells: []", "ended: red", "cells: saw a list of 0, expected a list of 1 to 400 items")]
    [InlineData("cells: 5", "ended: red", "cells: saw '5', expected all; write e.g. [5]")]
    [InlineData("cell: [5]", "ended: red", "cell: is an unknown key; the nearest known key is 'cells'; rename or remove it")]
    [InlineData(
        "cells: [5]",
        "ended: red, tripped: 5",
        "tripped: means nothing with 'ended: red', only with alarm; correct one of the two")]
    [InlineData("cells: [5]", "ended: stopped, red: [6]", "red: saw cell 6, which was not charged here; name cells under 'cells' only")]
    [InlineData("cells: [5]", "ended: hvc", "ended: saw 'hvc', expected red, tapered, stopped or alarm; write e.g. red")]
    [InlineData("cells: [5]", "ended: red, lead_ohm: 20", "lead_ohm: saw '20', expected a number in Ω from 0 to 10; write e.g. 0.02")]
    public void A_wrong_charge_of_single_cells_is_refused(string cells, string keys, string complaint) =>
        ObservationSamples.Complaint($"- charge_cell: {{ {cells}, supply_v: 3.55, supply_a: 5, minutes: 62, {keys} }}")
            .ShouldStartWith("o.yaml:1: entry[1].charge_cell." + complaint);

    [Theory]
    [InlineData("when: rest, v: { 1: 3.3 }", "hours: is missing, expected how long the pack had rested; add e.g. 'hours: 12'")]
    [InlineData(
        "when: end_of_charge, hours: 2, v: { 1: 3.3 }",
        "hours: means nothing with 'when: end_of_charge'; remove it, or write 'when: rest'")]
    [InlineData("when: end_of_charge", "v: is missing, expected a map of cell numbers, each with a number in V from -6 to 6")]
    [InlineData("when: end_of_charge, v: { 1: 3,355 }", "v: saw a key '355', expected no decimal comma; write 1: 3.355")]
    [InlineData("when: end_of_charge, v: { 1: 3355 }", "v.1: saw '3355', expected a number in V from -6 to 6; correct it")]
    [InlineData("when: end_of_charge, v: { 1: 3.3, 01: 3.4 }", "v: cell 1 is there twice; remove one of them")]
    [InlineData("when: end_of_charge, v: { 0: 3.3 }", "v: saw a key '0', expected the number of a cell from 1")]
    [InlineData("when: end_of_charge, v: { 51: 3.3 }", "v: saw cell 51, expected 1 to 50, which the pack has; correct it")]
    [InlineData("when: end_of_charge, v: [3.3]", "v: saw a list, expected a map of cell numbers")]
    [InlineData("when: yesterday, v: { 1: 3.3 }", "when: saw 'yesterday', expected end_of_charge or rest")]
    public void Wrong_voltages_are_refused(string keys, string complaint) =>
        ObservationSamples.Complaint($"- voltages: {{ {keys} }}").ShouldStartWith("o.yaml:1: entry[1].voltages." + complaint);

    [Theory]
    [InlineData("- use: { ah: 0 }", "entry[1].use.ah: saw '0', expected a number in Ah above 0, at most 100000; write e.g. 62")]
    [InlineData("- rest: { hours: -1 }", "entry[1].rest.hours: saw '-1', expected a number in h from 0 to 10000; write e.g. 10")]
    [InlineData("- rest: {}", "entry[1].rest: expected 'minutes' or 'hours', saw neither; add one of them")]
    [InlineData("- loop_test: { charger_stopped: 3 }", "entry[1].loop_test.charger_stopped: saw '3', expected yes or no; write e.g. true")]
    [InlineData(
        "- loop_test: { charger_stopped: true, seconds: -1 }",
        "entry[1].loop_test.seconds: saw '-1', expected a number in s from 0")]
    [InlineData(
        "- use: { ah: 3, at: 2026-05-01T10:00Z }\n  at: 2026-05-01T10:00Z",
        "entry[1].at: stands inside 'use' too; remove one of them")]
    [InlineData("- use: { ah: 3, ah: 4 }", "ah: is given twice, first in line 1; remove one of them")]
    public void What_else_is_wrong_is_refused(string yaml, string complaint) =>
        ObservationSamples.Complaint(yaml)["o.yaml:1: ".Length..].ShouldStartWith(complaint);

    [Fact]
    public void More_entries_than_any_pack_needs_are_refused() =>
        ObservationSamples.Complaint(string.Concat(Enumerable.Repeat("- reset: ignition\n", 10_001)))
            .ShouldBe("o.yaml:1: entry: saw a list of 10001, expected a list of 1 to 10000 items; correct it");

    [Fact]
    public void A_file_that_is_not_there_is_refused() =>
        Should.Throw<InputException>(() => ObservationFile.Read("no/such.yaml", ObservationSamples.Pack))
            .Message.ShouldStartWith("no/such.yaml: there is no such file");
}
