using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TopBalance.Workbench.Files;

/// <summary>The JSON Schemas of our files, made from the same keys the readers use.</summary>
public static class FileSchemas
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Every schema: the name of its kind of file, and its text with a line feed at the end.</summary>
    public static ImmutableArray<(string Name, string Text)> All { get; } =
    [
        ("pack", Write("A pack for TopBalance", PackKeys.File)),
        ("cell", Write("A cell of the TopBalance library", CellKeys.File)),
        ("curves", Write("Curves that cells of the TopBalance library share", CurveFile.Keys)),
        ("module", Write("A cell module of the TopBalance library", ModuleKeys.File)),
        ("observations", Write("What was done to a pack and seen of it, for TopBalance", EntryKinds.File)),
    ];

    private static string Write<T>(string title, Shape<T> shape)
    {
        JsonObject schema = shape.Schema();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", title);
        return schema.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
    }
}
