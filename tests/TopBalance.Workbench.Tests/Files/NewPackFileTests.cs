using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Tests.Files;

public sealed class NewPackFileTests : IDisposable
{
    private readonly string folder = Samples.TemporaryFolder();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string At(string name) => Path.Combine(folder, name);

    private PackSpec Written(NewPack pack)
    {
        NewPackFile.Write(At("boat.yaml"), pack, Samples.Library);
        return PackFile.Load(At("boat.yaml"), new DiskFiles(), Samples.Library).Spec;
    }

    [Fact]
    public void A_new_pack_file_reads_back_and_can_be_simulated()
    {
        PackSpec pack = Written(new NewPack("calb-ca100", 50) { Parallel = 2 });

        pack.Name.ShouldBe("boat");
        pack.Arrangement.ShouldBe("50S2P");
        pack.Module.Id.ShouldBe("minibms-3.6");
        // 50 cells times 3.6 V; C/20 of 200 Ah is more than half of 10 A
        pack.Charger.ShouldBe(new ChargerSpec(new(180), new(10), new(5)));
        PackDraw.Draw(pack).Cells.Length.ShouldBe(50);
        Directory.GetFiles(folder).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("Søren's \"big\" pack: #1 \\ {x}")]
    [InlineData("null")]
    [InlineData("yes")]
    [InlineData("12")]
    [InlineData("🔋 boat")]
    [InlineData(" - a")]
    public void A_name_may_be_anything_on_one_line(string name) =>
        Written(new NewPack("calb-ca100", 4) { Name = name }).Name.ShouldBe(name);

    [Fact]
    public void What_is_given_goes_before_what_would_be_worked_out()
    {
        PackSpec pack = Written(new NewPack("calb-ca100", 4)
        {
            Module = "minibms-3.6",
            ChargerVoltage = new(14.2),
            ChargerCurrent = new(2.5),
            TerminationCurrent = new(0.1),
        });

        pack.Charger.ShouldBe(new ChargerSpec(new(14.2), new(2.5), new(0.1)));
    }

    [Fact]
    public void A_file_that_is_there_is_never_overwritten()
    {
        File.WriteAllText(At("boat.yaml"), "mine");

        Should.Throw<InputException>(() => NewPackFile.Write(At("boat.yaml"), new NewPack("calb-ca100", 4), Samples.Library))
            .Problem.ShouldBe("is there already and is not overwritten; choose another name, or remove it first");
        File.ReadAllText(At("boat.yaml")).ShouldBe("mine");
        Directory.GetFiles(folder).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_wrong_option_or_folder_leaves_nothing_behind()
    {
        Should.Throw<InputException>(() => Written(new NewPack("calb", 4))).Message.ShouldContain("did you mean 'calb-ca100'?");
        Should.Throw<InputException>(() => Written(new NewPack("calb-ca100", 0))).Message.ShouldContain("series: saw '0'");
        Should.Throw<InputException>(
            () => Written(new NewPack("calb-ca100", 4) { ChargerVoltage = new Volts(double.NaN) })).Message.ShouldContain("voltage_v");
        Should.Throw<InputException>(() => Written(new NewPack("calb-ca100", 4) { Name = "two\nlines" })).Message.ShouldContain("name");
        Should.Throw<InputException>(() => NewPackFile.Write(At("no/such/boat.yaml"), new NewPack("calb-ca100", 4), Samples.Library))
            .Message.ShouldContain("cannot be written");
        Directory.GetFiles(folder).ShouldBeEmpty();
    }
}
