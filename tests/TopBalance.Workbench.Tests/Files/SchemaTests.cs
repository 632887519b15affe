using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Tests.Files;

/// <summary>Golden files: <c>TOPBALANCE_GOLDEN=write</c> writes them anew.</summary>
public sealed class SchemaTests
{
    public static TheoryData<string> Names => [.. FileSchemas.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_schema_in_the_documentation_is_what_the_reader_checks(string name)
    {
        string path = Path.Combine(Repository.Root, "docs", "schemas", name + ".schema.json");
        string text = FileSchemas.All.Single(s => s.Name == name).Text;
        if (Environment.GetEnvironmentVariable("TOPBALANCE_GOLDEN") is "write")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        // compared as one truth value, since a difference of two schemas fills the screen
        (File.ReadAllText(path) == text).ShouldBeTrue(
            $"{path} is out of date: run the tests with TOPBALANCE_GOLDEN=write and review the difference");
    }
}
