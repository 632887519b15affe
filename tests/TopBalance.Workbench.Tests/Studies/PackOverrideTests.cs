using TopBalance.Packs;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Tests.Cli;

namespace TopBalance.Workbench.Tests.Studies;

public sealed class PackOverrideTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_value_takes_the_place_of_that_of_the_file()
    {
        PackSpec pack = Load("charger.current_a=5", "temperature_c=10", "unknowns.soc_max=0.7", "tools.bench_supplies[1].current_a=8", "parallel=2");

        pack.Charger.Current.Value.ShouldBe(5);
        pack.Charger.Voltage.Value.ShouldBe(14.4);
        pack.Temperature.Value.ShouldBe(10);
        pack.Unknowns!.SocMax.ShouldBe(0.7);
        pack.Unknowns.SocMin.ShouldBe(0.55);
        pack.Tools.BenchSupplies.ShouldHaveSingleItem().Current.Value.ShouldBe(8);
        pack.Parallel.ShouldBe(2);
    }

    [Fact]
    public void A_module_that_is_named_can_be_varied_inside()
    {
        CellModuleSpec module = Load("module.shunt_on_v=3.52", "module.shunt_current_a=2").Module;

        module.ShuntOn.Value.ShouldBe(3.52);
        module.ShuntOff.Value.ShouldBe(3.45, "as in its file");
        module.Shunt.ShouldBeOfType<ShuntSpec.ConstantCurrent>().AmperesAt(3.5).ShouldBe(2, "in place of the resistor");
        Load("module=minibms-3.6", "module.shunt_current_a=1").Module.Shunt.AmperesAt(3.5).ShouldBe(1);
    }

    [Fact]
    public void What_excludes_another_takes_its_place()
    {
        Load("tools.drain_load.current_a=2").Tools.DrainLoad!.AmperesAt(3.3).ShouldBe(2);
        PackSpec pack = Load("unknowns.soc_mean=0.5", "unknowns.soc_sigma=0.02");
        pack.Unknowns!.SocMin.ShouldBeNull();
        pack.Unknowns.SocSigma.ShouldBe(0.02);
    }

    [Theory]
    [InlineData("charger.curent_a=5", "charger.curent_a: is an unknown key; the nearest known key is 'current_a'")]
    [InlineData("charger.current_a=five", "charger.current_a: saw 'five', expected a number in A")]
    [InlineData("charger.current_a=-1", "charger.current_a: saw '-1'")]
    [InlineData("charger.current_a.x=1", "charger.current_a: is '10' and has no keys inside")]
    [InlineData("cell.capacity_ah=3", "cell: is './cell.yaml' and has no keys inside")]
    [InlineData("tools.bench_supplies[2].current_a=1", "there is no item 2 of 1")]
    [InlineData("module.shunt_on_v=3.7", "module.shunt_on_v")]
    [InlineData("wheels=4", "wheels: is an unknown key")]
    public void What_is_wrong_is_said_by_the_reader_of_pack_files(string text, string complaint) =>
        Should.Throw<InputException>(() => Load(text)).Message.ShouldContain(complaint);

    private PackSpec Load(params string[] overrides) => PackFile.Load(
        StudyPacks.Write(folder), new DiskFiles(), PartLibrary.BesideProgram,
        [.. overrides.Select(o => new PackOverride(o.Split('=')[0], o.Split('=')[1]))]).Spec;
}
