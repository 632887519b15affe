using TopBalance.Workbench.Tests.Files;

namespace TopBalance.Workbench.Tests.Fitting;

/// <summary>
/// A test on the open measurements, in the folder that <c>TOPBALANCE_DATA</c> names, else <c>../shared/data</c>. Without it, skipped.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OpenDataFactAttribute : FactAttribute
{
    public OpenDataFactAttribute()
    {
        if (!Directory.Exists(Folder))
        {
            Skip = $"no data: {Folder} is not there; TOPBALANCE_DATA names the folder of the open measurements";
        }
    }

    public static string Folder => Environment.GetEnvironmentVariable("TOPBALANCE_DATA") is { Length: > 0 } named
        ? named
        : Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "data"));
}
