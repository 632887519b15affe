using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Workbench.Tests.Files;

public sealed class PackFileTests
{
    private const string Everything = """
        name: My EV conversion
        series: 50                    # cells (parallel groups) in series
        parallel: 2                   # members per cell; default 1
        cell: calb-ca100              # from the cell library, or a path to a cell file
        module: minibms-3.6           # from the module library, or inline keys (below)
        charger: { voltage_v: 180, current_a: 10, termination_current_a: 5 }
        temperature_c: 20
        tools:                        # what the technician has; all optional
          bench_supplies: [ { current_a: 5, floating: unknown, lead_ohm: 0.02 }, { current_a: 5 } ]   # floating: yes, no, unknown (default)
          smart_charger_12v: { current_a: 10, absorption_v: 14.4 }
          drain_load: { resistance_ohm: 3.3 }
          charger_current_min_a: 0.5  # the pack charger can be turned down to this
        unknowns:                     # what is believed of cells nobody has measured
          soc_min: 0.30
          soc_max: 0.60               # uniform per cell; or soc_mean, soc_sigma (truncated normal)
          soc_common_sigma: 0         # shared by all cells
          capacity_sigma: 0.005       # relative, per member
          resistance_sigma: 0.08      # relative, per member, one factor for all its resistances
          threshold_sigma_v: 0.02     # per module
          temperature_sigma_c: 5
          current_sigma: 0.02         # relative error of the ammeter, one for the session
          time_sigma_min: 0.5
          meter_sigma_v: 0.005
          lamp_error: 0.01            # probability that a lamp is misread
          wrong_cell: 0.01            # probability that a wrong cell number was noted
        cells:                        # what is known of single cells (numbers start at 1); overrides the above
          - { cell: 4, soc: 0.72, capacity_ah: 101.3, r0_ohm: 0.0011 }
        cells_csv: cells.csv          # or all of them: cell,capacity_ah,r0_ohm,r1_ohm,c1_f,soc0  (also r2_ohm,c2_f; also member)
        ocv_csv: ocv.csv              # optional, replaces the cell's OCV table: soc,ocv_v
        layout: { boxes: [ { rows: 2, columns: 9, direction: snake }, { rows: 2, columns: 16 } ] }   # optional; default one line
        seed: 7
        """;

    [Fact]
    public void The_pack_file_of_the_documentation_reads_as_it_stands()
    {
        PackSpec pack = Samples.Pack(Everything, ("cells.csv", "cell,soc0\n1,0.5\n"), ("ocv.csv", "soc,ocv_v\n0,2.2\n1,3.6\n"));

        pack.Arrangement.ShouldBe("50S2P");
        pack.Name.ShouldBe("My EV conversion");
        pack.Cell.Id.ShouldBe("calb-ca100");
        pack.Module.Hvc.ShouldBe(new Volts(3.6));
        pack.Charger.ShouldBe(new ChargerSpec(new(180), new(10), new(5)));
        pack.Temperature.ShouldBe(new Celsius(20));
        pack.Tools.BenchSupplies.ShouldBe([new(new(5), new(0.02)), new(new(5))]);
        pack.Tools.DrainLoad!.Resistance.ShouldBe(new Ohms(3.3));
        pack.Tools.ChargerCurrentMin.ShouldBe(new Amperes(0.5));
        pack.Unknowns!.SocMin.ShouldBe(0.30);
        pack.Unknowns.WrongCell.ShouldBe(0.01);
        pack.Cells.Length.ShouldBe(2);
        pack.Layout.Boxes.ShouldBe([new(2, 9, NumberingDirection.Snake), new(2, 16)]);
        pack.Seed.ShouldBe(7UL);
    }

    [Fact]
    public void Four_keys_are_enough_and_the_rest_has_defaults()
    {
        PackSpec pack = Samples.Pack(Samples.Least);

        pack.Name.ShouldBe("pack");
        pack.Parallel.ShouldBe(1);
        pack.Temperature.ShouldBe(new Celsius(25));
        pack.Unknowns.ShouldBeNull();
        pack.Seed.ShouldBe(1UL);
        pack.Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("yes", Floating.Yes)]
    [InlineData("no", Floating.No)]
    [InlineData("true", Floating.Yes)]
    [InlineData("false", Floating.No)]
    [InlineData("unknown", Floating.Unknown)]
    public void A_supply_floats_or_not_whatever_YAML_makes_of_yes_and_no(string word, Floating expected)
    {
        PackSpec pack = Samples.Pack(Samples.Least + $"tools: {{ bench_supplies: [ {{ current_a: 5, floating: {word} }} ] }}\n");

        pack.Tools.BenchSupplies[0].Floating.ShouldBe(expected);
    }

    [Fact]
    public void Tools_may_say_more()
    {
        PackSpec pack = Samples.Pack(Samples.Least + """
            tools:
              smart_charger_12v:
                { current_a: 10, absorption_v: 14.4, absorption_end_a: 0.5, absorption_limit_h: 4, float_v: 13.6, recondition_v: 15.8 }
              drain_load: { current_a: 1, max_w: 40 }
            """);

        SmartChargerSpec smart = pack.Tools.SmartCharger!;
        smart.AbsorptionLimit.ShouldBe(new Seconds(4 * 3600));
        smart.Float.ShouldBe(new Volts(13.6));
        smart.Recondition.ShouldBe(new Volts(15.8));
        smart.AbsorptionEnd.ShouldBe(new Amperes(0.5));
        pack.Tools.DrainLoad!.Current.ShouldBe(new Amperes(1));
        pack.Tools.DrainLoad.Rating.ShouldBe(new Watts(40));
    }

    [Fact]
    public void Every_kind_of_fault_has_its_word()
    {
        PackSpec pack = Samples.Pack(Samples.Least + """
            faults:
              - { kind: stuck-on-shunt, cell: 1 }
              - { kind: dead-shunt, cell: 2 }
              - { kind: dead-loop-contact, cell: 3 }
              - { kind: cut-loop }
              - { kind: loose-lug, cell: 3, resistance_ohm: 0.002 }
              - { kind: reading-offset, cell: 4, offset_v: -0.05 }
              - { kind: dead-red-lamp, cell: 1 }
              - { kind: dead-green-lamp, cell: 2 }
            """);

        pack.Faults.ShouldBe(
        [
            new Fault.StuckOnShunt(new(1)), new Fault.DeadShunt(new(2)), new Fault.DeadLoopContact(new(3)), new Fault.CutLoop(),
            new Fault.LooseLug(new(3), new(0.002)), new Fault.ReadingOffset(new(4), new(-0.05)), new Fault.DeadRedLamp(new(1)),
            new Fault.DeadGreenLamp(new(2)),
        ]);
        pack.Faults.Select(f => f.GetType()).Distinct().Count().ShouldBe(typeof(Fault).GetNestedTypes().Length);
    }

    [Fact]
    public void A_module_may_stand_in_place()
    {
        PackSpec pack = Samples.Pack(Samples.Least.Replace(
            "minibms-3.6",
            "{ shunt_on_v: 3.5, shunt_off_v: 3.48, shunt_current_a: 0.7, shunt_duty: 0.5, hvc_v: 3.6, hvc_clear_v: 3.55, "
                + "lvc_v: 2.5, lvc_clear_v: 2.6, delay_s: 2, quiescent_a: 0.02 }",
            StringComparison.Ordinal));

        pack.Module.Shunt.ShouldBe(new ShuntSpec.ConstantCurrent(new(0.7)) { Duty = 0.5 });
        pack.Module.ShuntOff.ShouldBe(new Volts(3.48));
        pack.Module.HvcClear.ShouldBe(new Volts(3.55));
        pack.Module.Delay.ShouldBe(new Seconds(2));
        pack.Module.Quiescent.ShouldBe(new Amperes(0.02));
    }

    [Fact]
    public void A_relative_module_compares_with_the_lowest_cell()
    {
        PackSpec pack = Samples.Pack(Samples.Least.Replace(
            "minibms-3.6",
            "{ shunt_on_v: 3.4, shunt_resistance_ohm: 5.4, hvc_v: 3.6, shunt_on_above_lowest_v: 0.028, shunt_off_above_lowest_v: 0.012 }",
            StringComparison.Ordinal));

        pack.Module.Relative.ShouldBe(new RelativeShuntRule(new(0.028), new(0.012)));
    }

    [Fact]
    public void Cells_override_the_table_and_the_table_overrides_what_is_believed()
    {
        PackSpec pack = Samples.Pack(
            Samples.Least + "unknowns: { soc_mean: 0.5 }\ncells_csv: c.csv\ncells: [ { cell: 2, soc: 0.9 } ]\n",
            ("c.csv", "soc0,cell\n0.1,1\n0.2,2\n"));

        PackModel drawn = PackDraw.Draw(pack);

        drawn.Cells.Select(c => c.Members[0].InitialSoc).ShouldBe([0.1, 0.9, 0.5, 0.5]);
    }

    [Fact]
    public void What_is_known_of_a_member_overrides_its_cell_wherever_it_stands()
    {
        PackSpec pack =
            Samples.Pack(
                Samples.Least
                    + "parallel: 2\ncells: [ { cell: 1, member: 2, soc: 0.4 }, { cell: 1, soc: 0.7 } ]\nunknowns: { soc_mean: 0.5 }\n");

        PackDraw.Draw(pack).Cells[0].Members.Select(m => m.InitialSoc).ShouldBe([0.7, 0.4]);
    }

    [Theory]
    [InlineData("cell,soc0\n0,0.1\n3,0.4\n", "0.1 0.5 0.5 0.4")]
    [InlineData("cell,soc0\n1,0.1\n3,0.4\n", "0.1 0.5 0.4 0.5")]
    public void A_table_counts_from_0_only_if_a_0_occurs(string csv, string socs)
    {
        PackSpec pack = Samples.Pack(Samples.Least + "unknowns: { soc_mean: 0.5 }\ncells_csv: c.csv\n", ("c.csv", csv));

        string.Join(
            ' ', PackDraw.Draw(pack).Cells.Select(
                c => c.Members[0].InitialSoc.ToString(System.Globalization.CultureInfo.InvariantCulture))).ShouldBe(socs);
    }

    [Fact]
    public void A_cell_and_a_module_may_be_files_beside_the_pack()
    {
        string yaml =
            Samples.Least.Replace("calb-ca100", "parts/mine.yaml", StringComparison.Ordinal).Replace(
                "minibms-3.6", "parts/board.yaml", StringComparison.Ordinal);

        PackSpec pack = Samples.Pack(
            yaml, ("parts/mine.yaml", Samples.Cell), ("parts/curves/lfp.yaml", Samples.Curves), ("parts/board.yaml", Samples.Module));

        pack.Cell.Id.ShouldBe("mine");
        pack.Module.Id.ShouldBe("board");
    }

    [Fact]
    public void A_pack_remembers_every_file_it_was_made_of()
    {
        var loaded = Samples.Load(Samples.Least + "cells_csv: c.csv\n", ("c.csv", "cell\n1\n"));

        loaded.Files.Select(f => Path.GetFileName(f.Name)).ShouldBe(
            ["pack.yaml", "minibms-3.6.yaml", "c.csv", "calb-ca100.yaml", "lfp.yaml"]);
        loaded.Files[2].Sha256.ShouldBe("79af1584b892b2d6188503b7f14070696ccb0e14da4ce47278d2af7778012aef");
    }
}
