using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TopBalance.Workbench.Json;

/// <summary>JSON as the program writes it everywhere: snake_case keys, full double precision, text as it is.</summary>
public static class JsonText
{
    /// <summary>The settings.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = null,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>One document, without a line end after it.</summary>
    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Options);
}
