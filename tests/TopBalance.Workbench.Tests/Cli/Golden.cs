using TopBalance.Workbench.Tests.Files;

namespace TopBalance.Workbench.Tests.Cli;

/// <summary>Texts that were read by a person and kept. <c>TOPBALANCE_GOLDEN=write</c> writes them anew, to be read again.</summary>
internal static class Golden
{
    public static void ShouldMatch(string name, string text)
    {
        string path = Path.Combine(Repository.Root, "tests", "TopBalance.Workbench.Tests", "Cli", "Golden", name);
        if (Environment.GetEnvironmentVariable("TOPBALANCE_GOLDEN") is "write")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        text.ShouldBe(File.ReadAllText(path).ReplaceLineEndings("\n"));
    }
}
