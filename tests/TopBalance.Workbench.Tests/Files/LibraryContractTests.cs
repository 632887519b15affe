using System.Text;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Tests.Files;

/// <summary>What every file of the libraries that come with the program must keep.</summary>
public sealed class LibraryContractTests
{
    private static PartLibrary Library => PartLibrary.BesideProgram;

    [Fact]
    public void Every_cell_of_the_library_reads_and_gives_its_circuit_at_any_temperature()
    {
        foreach (string id in Library.CellIds)
        {
            var cell = Library.Cell(id);

            cell.Id.ShouldBe(id);
            foreach (double celsius in new[] { -20.0, 0, 12.5, 25, 45 })
            {
                var parameters = cell.At(new(celsius));
                parameters.R0.At(0.5, charging: true).ShouldBeGreaterThan(0, $"{id} at {celsius} °C");
                parameters.Ocv.At(1).ShouldBeInRange(parameters.Ocv.At(0), cell.MaxVoltage.Value, $"{id} at {celsius} °C");
            }
        }
    }

    [Fact]
    public void Every_cell_module_of_the_library_reads()
    {
        foreach (string id in Library.ModuleIds)
        {
            Library.Module(id).Id.ShouldBe(id);
        }
    }

    [Fact]
    public void Every_number_in_the_libraries_says_where_it_comes_from()
    {
        var gaps = new StringBuilder();
        foreach (string path in Files("cells").Concat(Files("modules")))
        {
            foreach (string gap in SourceCoverage.Gaps(new SourceText(path, File.ReadAllText(path))))
            {
                gaps.AppendLine($"{path}: {gap}");
            }
        }

        gaps.ToString().ShouldBeEmpty();
    }

    // a file taken out of the repository may stay behind in the output folder; one that is missing there is a mistake
    [Fact]
    public void Every_library_file_of_the_repository_comes_with_the_program()
    {
        foreach (string folder in new[] { "cells", "modules" }.Select(f => Path.Combine(Repository.Root, f)).Where(Directory.Exists))
        {
            foreach (string path in Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories))
            {
                File.Exists(Path.Combine(AppContext.BaseDirectory, Path.GetRelativePath(Repository.Root, path))).ShouldBeTrue(path);
            }
        }
    }

    [Fact]
    public void A_number_without_a_source_and_a_source_without_a_number_are_found()
    {
        const string file = """
            capacity_ah: 100
            hysteresis: { m_v: 0.01, gamma: 100 }
            curves: curves/lfp.yaml
            sources:
              - { key: hysteresis.m_v, sure: forum, text: "a post" }
              - { key: max_v, sure: forum, text: "a post" }
            """;

        SourceCoverage.Gaps(new SourceText("cell.yaml", file)).ShouldBe(
        [
            "'capacity_ah' has no source", "'hysteresis.gamma' has no source", "'curves' has no source",
            "the source for 'max_v' is about no number here",
        ]);
        SourceCoverage.Gaps(new SourceText("cell.yaml", Samples.Cell)).ShouldBeEmpty();
        SourceCoverage.Gaps(new SourceText("lfp.yaml", Samples.Curves)).ShouldBeEmpty();
        SourceCoverage.Gaps(new SourceText("module.yaml", Samples.Module)).ShouldBeEmpty();
    }

    private static IEnumerable<string> Files(string folder)
    {
        string path = Path.Combine(AppContext.BaseDirectory, folder);
        return Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.yaml", SearchOption.AllDirectories) : [];
    }
}
