namespace TopBalance.Workbench.Tests.Files;

/// <summary>Every message is one line: where, what was seen, what was expected, what to do.</summary>
public sealed class PackFileErrorTests
{
    private static string With(string old, string replacement) =>
        Samples.Complaint(Samples.Least.Replace(old, replacement, StringComparison.Ordinal));

    [Fact]
    public void An_unknown_key_is_named_with_its_line_and_the_nearest_known_key() =>
        Samples.Complaint(Samples.Least + "temperatur_c: 20\n")
            .ShouldBe("pack.yaml:5: temperatur_c: is an unknown key; the nearest known key is 'temperature_c'; rename or remove it");

    [Fact]
    public void An_unknown_key_that_resembles_none_is_told_which_there_are() =>
        Samples.Complaint(Samples.Least + "wheels: 4\n").ShouldBe(
            "pack.yaml:5: wheels: is an unknown key; known here: cells, cell, tools, seed, name, series, module, faults …; rename or remove it");

    [Fact]
    public void A_key_where_none_can_stand_is_refused_without_a_suggestion() =>
        Samples.Complaint(Samples.Least + "faults: [ { kind: cut-loop, cell: 2 } ]\n")
            .ShouldBe("pack.yaml:5: faults[1].cell: is an unknown key; there is none to give here; remove it");

    [Theory]
    [InlineData("voltage", "voltage_v")]
    [InlineData("curent_a", "current_a")]
    [InlineData("termination_a", "termination_current_a")]
    [InlineData("power", "power_limit_w")]
    public void A_known_key_near_enough_is_what_was_meant(string written, string meant) =>
        With("voltage_v: 14.4", $"voltage_v: 14.4, {written}: 3").ShouldContain(
            $"charger.{written}: is an unknown key; the nearest known key is '{meant}'");

    [Fact]
    public void A_key_given_twice_is_refused_with_both_lines() =>
        Samples.Complaint(Samples.Least + "series: 5\n").ShouldBe(
            "pack.yaml:5: series: is given twice, first in line 1; remove one of them");

    [Theory]
    [InlineData(
        "voltage_v: 14.4", "voltage_v: abc",
        "pack.yaml:4: charger.voltage_v: saw 'abc', expected a number in V above 0, at most 2000; write e.g. 180")]
    [InlineData(
        "voltage_v: 14.4", "voltage_v: -180",
        "pack.yaml:4: charger.voltage_v: saw '-180', expected a number in V above 0, at most 2000; write e.g. 180")]
    [InlineData(
        "voltage_v: 14.4", "voltage_v: .nan",
        "pack.yaml:4: charger.voltage_v: saw '.nan', expected a number in V above 0, at most 2000; write e.g. 180")]
    [InlineData(
        "voltage_v: 14.4", "voltage_v: 1e999",
        "pack.yaml:4: charger.voltage_v: saw '1e999', expected a number in V above 0, at most 2000; write e.g. 180")]
    [InlineData(
        "voltage_v: 14.4", "voltage_v: 14.4 V",
        "pack.yaml:4: charger.voltage_v: saw '14.4 V', expected a number in V above 0, at most 2000; write 14.4")]
    [InlineData(
        "voltage_v: 14.4", "voltage_v: ",
        "pack.yaml:4: charger.voltage_v: saw no value, expected a number in V above 0, at most 2000; write e.g. 180 or remove the key")]
    [InlineData(
        "voltage_v: 14.4", "voltage_v: [14.4]",
        "pack.yaml:4: charger.voltage_v: saw a list, expected a number in V above 0, at most 2000; write e.g. 180")]
    [InlineData(
        "voltage_v: 14.4", "voltage_v: 14,4", "pack.yaml:4: charger.4: saw a key '4', expected no decimal comma; write voltage_v: 14.4")]
    [InlineData(
        "current_a: 10", "current_a: 0,5", "pack.yaml:4: charger.5: saw a key '5', expected no decimal comma; write current_a: 0.5")]
    [InlineData("series: 4", "series: 4,5", "pack.yaml:1: series: saw '4,5', expected a whole number from 1 to 400; write 4.5")]
    [InlineData("series: 4", "series: 0", "pack.yaml:1: series: saw '0', expected a whole number from 1 to 400; write e.g. 50")]
    [InlineData("series: 4", "series: 4.5", "pack.yaml:1: series: saw '4.5', expected a whole number from 1 to 400; write e.g. 50")]
    [InlineData("series: 4", "name: x", "pack.yaml:1: series: is missing, expected a whole number from 1 to 400; add e.g. 'series: 50'")]
    [InlineData(
        "termination_current_a: 5", "termination_current_a: 10",
        "pack.yaml:4: charger.termination_current_a: is not below current_a, expected the current at the end of the taper, A; lower it")]
    [InlineData(
        "calb-ca100", "calb-ca10",
        "pack.yaml:2: cell: saw 'calb-ca10', expected a cell of the library; "
            + "did you mean 'calb-ca100'? 'topbalance cells' lists them, and a path names a file of your own")]
    [InlineData(
        "minibms-3.6", "minibms3.6",
        "pack.yaml:3: module: saw 'minibms3.6', expected a module of the library; "
            + "did you mean 'minibms-3.6'? 'topbalance modules' lists them, and a path names a file of your own")]
    public void A_wrong_value_says_what_was_seen_expected_and_what_to_write(string old, string replacement, string complaint) =>
        With(old, replacement).ShouldBe(complaint);

    [Theory]
    [InlineData("temperature_c: 200", "temperature_c")]
    [InlineData("seed: -1", "seed")]
    [InlineData("seed: 18446744073709551616", "seed")]
    [InlineData("seed: 1.5", "seed")]
    [InlineData("cells: [ { cell: 5, soc: 0.5 } ]", "cells[1].cell")]
    [InlineData("cells: [ { cell: 0, soc: 0.5 } ]", "cells[1].cell")]
    [InlineData("cells: [ { cell: 1, member: 2, soc: 0.5 } ]", "cells[1].member")]
    [InlineData("cells: [ { soc: 0.5 } ]", "cells[1].cell")]
    [InlineData("cells: [ { cell: 1, soc: 72 } ]", "cells[1].soc")]
    [InlineData("cells: [ { cell: 1, soc: -0.2 } ]", "cells[1].soc")]
    [InlineData("cells: [ { cell: 1, r0_ohm: 0 } ]", "cells[1].r0_ohm")]
    [InlineData("cells: [ { cell: 1, soc: 0.5 }, { cell: 1, soc: 0.6 } ]", "cells[2]")]
    [InlineData("cells: [ { cell: 1, c2_f: 5 } ]", "cells")]
    [InlineData("unknowns: { soc_min: 0.5 }", "unknowns.soc_min")]
    [InlineData("unknowns: { soc_min: 0.5, soc_max: 0.4 }", "unknowns.soc_min")]
    [InlineData("unknowns: { soc_min: 0.3, soc_max: 0.4, soc_mean: 0.3 }", "unknowns.soc_mean")]
    [InlineData("unknowns: { capacity_sigma: -0.1 }", "unknowns.capacity_sigma")]
    [InlineData("layout: { boxes: [ { rows: 1, columns: 3 } ] }", "layout")]
    [InlineData("layout: { boxes: [ { rows: 2, columns: 2 }, { rows: 1, columns: 1 } ] }", "layout")]
    [InlineData("layout: { boxes: [ { rows: 2, columns: 2, direction: spiral } ] }", "layout.boxes[1].direction")]
    [InlineData("tools: { drain_load: { resistance_ohm: 3, current_a: 1 } }", "tools.drain_load.current_a")]
    [InlineData("tools: { drain_load: { max_w: 3 } }", "tools.drain_load")]
    [InlineData("tools: { bench_supplies: [ { current_a: 5, floating: maybe } ] }", "tools.bench_supplies[1].floating")]
    [InlineData("faults: [ { kind: stuck-on-shunt, cell: 5 } ]", "faults[1].cell")]
    [InlineData("faults: [ { kind: stuck-shunt, cell: 1 } ]", "faults[1].kind")]
    [InlineData("faults: [ { cell: 1 } ]", "faults[1].kind")]
    [InlineData("faults: [ { kind: cut-loop, cell: 1 } ]", "faults[1].cell")]
    [InlineData("faults: [ { kind: loose-lug, cell: 1 } ]", "faults[1].resistance_ohm")]
    public void The_wrong_key_is_named_with_the_way_to_it(string line, string key) =>
        Samples.Complaint(Samples.Least + line + "\n").ShouldStartWith($"pack.yaml:5: {key}: ");

    [Theory]
    [InlineData(
        "{ shunt_on_v: 3.6, shunt_current_a: 1, hvc_v: 3.6 }", "pack.yaml:3: module.shunt_on_v: saw 3.6, expected 1 to 3.599; correct it")]
    [InlineData(
        "{ shunt_on_v: 3.5, shunt_off_v: 3.5, shunt_current_a: 1, hvc_v: 3.6 }",
        "pack.yaml:3: module.shunt_off_v: saw 3.5, expected 0.5 to 3.499; correct it")]
    [InlineData(
        "{ shunt_on_v: 3.5, hvc_v: 3.6 }",
        "pack.yaml:3: module: expected 'shunt_current_a' or 'shunt_resistance_ohm', saw neither; add one of them")]
    [InlineData(
        "{ shunt_on_v: 3.5, shunt_current_a: 1, hvc_v: 3.6, shunt_on_above_lowest_v: 0.03 }",
        "pack.yaml:3: module.shunt_on_above_lowest_v: means nothing without 'shunt_off_above_lowest_v'; add it, or remove this one")]
    [InlineData(
        "{ shunt_on_v: 3.5, shunt_current_a: 1, hvc_v: 3.6, shunt_on_above_lowest_v: 0.03, shunt_off_above_lowest_v: 0.03 }",
        "pack.yaml:3: module.shunt_off_above_lowest_v: saw 0.03, expected 0 to 0.028999999999999998; correct it")]
    public void A_module_with_levels_out_of_order_is_refused_at_the_key(string module, string complaint) =>
        With("minibms-3.6", module).ShouldBe(complaint);

    [Theory]
    [InlineData("cell,soc0\n1,0.5\n1,0.6\n", "c.csv:3: cell 1 is there twice, first in line 2; remove one of them")]
    [InlineData(
        "cell,soc0\n0,0.5\n4,0.6\n",
        "c.csv:3: cell: saw cell 4, expected 0 to 3, which the pack has; correct it, or 'series' and 'parallel'")]
    [InlineData(
        "cell,soc0\n5,0.5\n", "c.csv:2: cell: saw cell 5, expected 1 to 4, which the pack has; correct it, or 'series' and 'parallel'")]
    [InlineData(
        "capacity_ah,soc0\n1,0.5\n",
        "c.csv:1: there is no column 'cell', "
            + "expected a header such as 'cell,member,soc0,capacity_ah,r0_ohm,r1_ohm,c1_f,r2_ohm,c2_f'; add it")]
    [InlineData(
        "cell,soc\n1,0.5\n", "c.csv:1: saw a column 'soc', which is unknown; the nearest known column is 'soc0'; rename or remove it")]
    [InlineData("cell,cell\n1,1\n", "c.csv:1: the column 'cell' is there twice; remove one of them")]
    [InlineData("cell,soc0\n\n1,0,5\n", "c.csv:3: saw 3 fields, expected 2 as in the header; check commas, and write decimal points")]
    [InlineData("cell,soc0\n1,\"0,5\"\n", "c.csv:2: soc0: saw '0,5', expected a number from 0 to 1.1; write 0.5")]
    [InlineData(
        "cell;soc0\n1;0,5\n",
        "c.csv:1: its columns are not separated by commas; write commas between columns and decimal points in numbers")]
    [InlineData("cell,soc0\n1,\"0.5\n", "c.csv:2: a quote is not closed on this line; close it")]
    [InlineData("cell,soc0\n,0.5\n", "c.csv:2: cell: is missing, expected a whole number from 0 to 400; add e.g. 'cell: 4'")]
    [InlineData("cell,soc0\n", "c.csv:1: holds a header and no row, expected at least one; add it, or do not name the file")]
    [InlineData(
        "# nothing\n",
        "c.csv: holds no table, "
            + "expected a header such as 'cell,member,soc0,capacity_ah,r0_ohm,r1_ohm,c1_f,r2_ohm,c2_f'; add it")]
    public void A_wrong_table_is_refused_with_its_file_and_line(string csv, string complaint) =>
        Samples.Complaint(Samples.Least + "cells_csv: c.csv\n", ("c.csv", csv)).ShouldBe(complaint);

    [Fact]
    public void A_file_that_is_not_there_is_reported_at_the_key_that_names_it() =>
        Samples.Complaint(Samples.Least + "cells_csv: cels.csv\n", ("cells.csv", "cell\n"))
            .ShouldBe("pack.yaml:5: cells_csv: 'cels.csv' is not among the files given; add it; the nearest name there is 'cells.csv'");

    [Theory]
    [InlineData("", "pack.yaml: is empty, expected text; check the file")]
    [InlineData("# nothing\n", "pack.yaml: holds nothing but comments; write its keys")]
    [InlineData("- 1\n", "pack.yaml:1: saw a list, expected a map of keys (name, series, parallel, cell, module, charger …); correct it")]
    [InlineData("a: 1\n---\nb: 2\n", "a second document")]
    [InlineData(
        "a: &x 1\nb: *x\n",
        "pack.yaml:1: anchors (&), aliases (*) and tags (!) are not used in these files; "
            + "write the value itself, in quotes if it begins with one of them")]
    [InlineData("a: *x\n", "pack.yaml:1: ")]
    [InlineData("a: !!int 1\n", "pack.yaml:1: anchors")]
    [InlineData("a: [\n", "pack.yaml:2: is not valid YAML")]
    [InlineData("a: 1\n b: 2\n", "pack.yaml:2: is not valid YAML")]
    [InlineData("? [a]\n: 1\n", "pack.yaml:1: a key must be a plain word")]
    [InlineData("name: \"a\\nb\"\n", "pack.yaml:1: name: saw 'a\\u000ab', expected a name")]
    public void What_is_no_pack_at_all_is_said_in_one_line(string yaml, string complaint) =>
        Samples.Complaint(yaml).ShouldContain(complaint);
}
