using System.Runtime.CompilerServices;

namespace TopBalance.Tests;

/// <summary>Where the sources of this project are.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find([CallerFilePath] string here = "")
    {
        // a deterministic build may map the source path away; the output folder lies within the repository too
        foreach (string? start in new[] { Path.GetDirectoryName(here), AppContext.BaseDirectory })
        {
            for (DirectoryInfo? d = start is null ? null : new DirectoryInfo(start); d is not null; d = d.Parent)
            {
                if (File.Exists(Path.Combine(d.FullName, "TopBalance.slnx")))
                {
                    return d.FullName;
                }
            }
        }

        throw new InvalidOperationException("TopBalance.slnx was not found above the tests.");
    }
}
