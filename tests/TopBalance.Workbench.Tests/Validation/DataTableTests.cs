using System.IO.Compression;
using System.Text;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Tests.Cli;
using TopBalance.Workbench.Validation;

namespace TopBalance.Workbench.Tests.Validation;

public sealed class DataTableTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Columns_are_found_by_name_and_an_empty_field_is_not_a_number()
    {
        folder.Write("t.csv", "time_s,volts\n0,3.3\n1,\n2.5,3.4e0\n");

        DataTable table = new DataFolder(folder.Path).Read("t.csv");

        table.Rows.ShouldBe(3);
        table.Columns.ShouldBe(["time_s", "volts"]);
        table["time_s"].ToArray().ShouldBe([0, 1, 2.5]);
        table["volts"].ToArray().ShouldBe([3.3, double.NaN, 3.4]);
        table.Where("time_s", 2.5)["volts"].ToArray().ShouldBe([3.4]);
    }

    [Fact]
    public void A_packed_table_is_unpacked()
    {
        using (var packed = new GZipStream(File.Create(folder["t.csv.gz"]), CompressionLevel.Fastest))
        {
            packed.Write(Encoding.UTF8.GetBytes("a\n1\n"));
        }

        new DataFolder(folder.Path).Read("t.csv.gz")["a"].ToArray().ShouldBe([1]);
    }

    [Theory]
    [InlineData("a,b\n1\n", "t.csv:2: has 1 fields, expected 2")]
    [InlineData("a,b\n1,2,3\n", "t.csv:2: has 3 fields, expected 2")]
    [InlineData("a\n1\n3,5\n", "t.csv:3: has 2 fields, expected 1")]
    [InlineData("a\nx\n", "t.csv:2: a: saw 'x', expected a number")]
    [InlineData("", "t.csv: is empty, expected a table")]
    public void What_is_no_table_is_refused_with_file_and_line(string text, string message)
    {
        folder.Write("t.csv", text);

        Should.Throw<InputException>(() => new DataFolder(folder.Path).Read("t.csv")).Message.ShouldBe(message);
    }

    [Fact]
    public void A_missing_column_and_a_missing_file_are_named()
    {
        folder.Write("t.csv", "a\n1\n");
        var data = new DataFolder(folder.Path);

        Should.Throw<InputException>(() => data.Read("t.csv")["b"].Length).Message.ShouldContain("t.csv:1: b");
        Should.Throw<InputException>(() => data.Read("u.csv")).Message.ShouldStartWith("u.csv: ");
    }

    [Fact]
    public void The_folder_is_the_named_one_or_the_one_beside_the_working_copy()
    {
        Directory.CreateDirectory(folder["work/copy/src"]);
        Directory.CreateDirectory(folder["work/shared/data"]);
        folder.Write("work/copy/TopBalance.slnx", "");

        DataFolder.Find(null, folder["work/copy/src"], out _).ShouldNotBeNull();
        DataFolder.Find("", folder["work/copy"], out _).ShouldNotBeNull();
        DataFolder.Find(folder["work/shared/data"], folder.Path, out _).ShouldNotBeNull();
        DataFolder.Find(folder["nowhere"], folder["work/copy"], out string named).ShouldBeNull();
        DataFolder.Find(null, folder.Path, out string unnamed).ShouldBeNull();
        named.ShouldContain(DataFolder.Variable);
        unnamed.ShouldContain(DataFolder.Variable);
    }
}
