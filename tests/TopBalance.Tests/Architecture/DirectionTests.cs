using System.Text.RegularExpressions;

namespace TopBalance.Tests.Architecture;

/// <summary>Inside the engine a folder uses only folders above it.</summary>
public partial class DirectionTests
{
    private static readonly string[] FromTheTop = ["Quantities", "Chemistry", "Packs", "Simulation", "Inference", "Verification", "Practice", "Methods", "Planning", "Procedure"];

    [Fact]
    public void A_folder_of_the_engine_uses_only_folders_above_it()
    {
        string engine = Path.Combine(Repository.Root, "src", "TopBalance");
        var wrong = new List<string>();
        foreach (string file in Directory.EnumerateFiles(engine, "*.cs", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(engine, file);
            int own = Array.IndexOf(FromTheTop, relative.Split(Path.DirectorySeparatorChar)[0]);
            if (own < 0)
            {
                continue;
            }

            foreach (Match use in Using().Matches(File.ReadAllText(file)))
            {
                int used = Array.IndexOf(FromTheTop, use.Groups["folder"].Value);
                if (used > own)
                {
                    wrong.Add($"{relative} uses {use.Groups["folder"].Value}");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Every_folder_of_the_engine_has_its_place_in_the_order()
    {
        IEnumerable<string> folders = Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src", "TopBalance"))
            .Select(d => Path.GetFileName(d))
            .Where(d => d is not ("bin" or "obj"));

        folders.ShouldBeSubsetOf(FromTheTop);
    }

    [GeneratedRegex(@"TopBalance\.(?<folder>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Using();
}
