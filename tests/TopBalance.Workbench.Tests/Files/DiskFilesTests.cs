using System.Text;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Tests.Files;

public sealed class DiskFilesTests : IDisposable
{
    private readonly string folder = Samples.TemporaryFolder();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Complaint(string path) =>
        Should.Throw<InputException>(() => PackFile.Load(path, new DiskFiles(), Samples.Library)).Message.Replace(
            folder + "/", "", StringComparison.Ordinal);

    private string Put(string name, byte[] bytes)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    [Fact]
    public void A_pack_on_disk_finds_what_lies_beside_it()
    {
        string path = Samples.Put(folder, "pack.yaml", Samples.Least + "cells_csv: tables/c.csv\n");
        Samples.Put(folder, "tables/c.csv", "\uFEFFcell,soc0\r\n1,0.5\r\n");

        PackFile.Load(path, new DiskFiles(), Samples.Library).Spec.Cells[0].Soc.ShouldBe(0.5);
    }

    [Fact]
    public void What_is_no_readable_file_is_said_in_one_line()
    {
        Samples.Put(folder, "pack.yaml", Samples.Least);

        Complaint(Path.Combine(folder, "pakc.yaml")).ShouldBe(
            "pakc.yaml: there is no such file; check the path; the nearest name there is 'pack.yaml'");
        Complaint(folder).ShouldContain("is a directory, expected a file; name the file in it");
        Complaint(Put("empty.yaml", [])).ShouldBe("empty.yaml: is empty or no regular file, expected text; check the path");
        Complaint("").ShouldContain("saw an empty file name");
        Complaint("a\0b").ShouldContain("a\\u0000b: ");
        Complaint(Path.Combine(folder, new string('x', 5000))).ShouldContain("check the path");
    }

    [Fact]
    public void A_pipe_or_a_device_is_refused_before_it_can_block()
    {
        if (OperatingSystem.IsLinux())
        {
            Complaint("/dev/zero").ShouldContain("no regular file");
        }
    }

    [Fact]
    public void What_is_no_UTF_8_text_is_refused_with_the_line()
    {
        Complaint(Put("a.yaml", [.. Encoding.UTF8.GetBytes("a: 1\nb: "), 0xE4, 0x20])).ShouldBe(
            "a.yaml:2: is not valid UTF-8; save it as UTF-8");
        Complaint(Put("b.yaml", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Samples.Least)).ToArray()))
            .ShouldBe("b.yaml:1: is UTF-16, expected UTF-8; save it as UTF-8");
        Complaint(Put("c.yaml", [0x7F, 0x45, 0x4C, 0x46, 0x00])).ShouldBe(
            "c.yaml:1: saw the byte 0x7f, expected text; check that it is the right file");
    }

    [Fact]
    public void A_file_that_is_too_large_is_refused_before_it_is_read()
    {
        using (FileStream sparse = File.Create(Path.Combine(folder, "large.yaml")))
        {
            sparse.SetLength(20L << 30);
        }

        Complaint(Path.Combine(folder, "large.yaml")).ShouldBe(
            "large.yaml: has 21474836480 bytes, expected at most 8 MB; check that it is the right file");
    }
}
