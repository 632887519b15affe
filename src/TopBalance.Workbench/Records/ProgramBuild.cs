using TopBalance.Packs;
using TopBalance.Workbench.Studies;

namespace TopBalance.Workbench.Records;

/// <summary>Which program draws up a record: another build is another program, and makes another issue.</summary>
/// <param name="Software">Version and build of all of it.</param>
/// <param name="Model">Version and build of the engine, whose model of cells, lamps and evidence the figures come from.</param>
public sealed record ProgramBuild(string Software, string Model)
{
    /// <summary>The program that runs.</summary>
    public static ProgramBuild Here { get; } = new(
        "TopBalance " + StudyHeader.EngineHere, "engine " + StudyHeader.Build(typeof(PackSpec).Module));
}
