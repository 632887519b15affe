using TopBalance.Packs;

namespace TopBalance.Workbench.Files;

/// <summary>Makes a cell module of its file.</summary>
internal static class ModuleFile
{
    public static CellModuleSpec Parse(SourceText text) =>
        ModuleKeys.Build(CellFile.Id(text.File), ModuleKeys.File.Read(YamlText.Read(text), Place.Of(text.File)));
}
