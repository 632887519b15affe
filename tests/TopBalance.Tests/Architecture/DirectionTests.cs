using System.Text.RegularExpressions;

namespace TopBalance.Tests.Architecture;

/// <summary>Inside the engine a folder uses only folders above it.</summary>
public partial class DirectionTests
{
    private static readonly string[] FromTheTop = ["Words", "Quantities", "Chemistry", "Packs", "Simulation", "Inference", "Verification", "Practice", "Methods", "Planning", "Procedure"];

    private static readonly string[] Plant =
    [
        "KneeSpread", "NominalCharge", "SmoothNoise", "TrueCurve", "TruePack", "TypicalUnknowns", "Warp",
        "OwnerHabits", "OwnerSight", "SimulatedOwner", "SimulatedOwner.Actions", "RandomPacks", "RandomProcedure",
    ];

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

    /// <summary>What inference is judged against must not be made of it: only the records of what was done and seen are shared.</summary>
    [Fact]
    public void A_true_pack_and_its_owner_use_nothing_of_inference_but_the_records_of_observations()
    {
        string practice = Path.Combine(Repository.Root, "src", "TopBalance", "Practice");
        foreach (string name in Plant)
        {
            string text = File.ReadAllText(Path.Combine(practice, name + ".cs"));

            Inference().IsMatch(text).ShouldBeFalse(name);
        }
    }

    [GeneratedRegex(@"\bInference\b(?!\.Observations\b)", RegexOptions.None, 1000)]
    private static partial Regex Inference();

    [GeneratedRegex(@"TopBalance\.(?<folder>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Using();
}
