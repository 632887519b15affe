using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TopBalance.Packs;
using TopBalance.Procedure;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Workbench.Store;

/// <summary>
/// Events as JSON: <c>event</c> and <c>step</c> say which kind, keys are snake_case, and the name of a quantity ends with its unit. A new
/// field is optional; a new meaning is a new event: files of old versions stay readable.
/// </summary>
internal static class EventJson
{
    // the last part of a key by the type of its value
    private static readonly FrozenDictionary<Type, string> Units = new Dictionary<Type, string>
    {
        [typeof(Volts)] = "_v",
        [typeof(Amperes)] = "_a",
        [typeof(Ohms)] = "_ohm",
        [typeof(AmpereHours)] = "_ah",
        [typeof(Watts)] = "_w",
        [typeof(Seconds)] = "_s",
        [typeof(Celsius)] = "_c",
    }.ToFrozenDictionary();

    /// <summary>The settings.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower),
            new Number<Volts>(v => v.Value, x => new Volts(x)),
            new Number<Amperes>(v => v.Value, x => new Amperes(x)),
            new Number<Ohms>(v => v.Value, x => new Ohms(x)),
            new Number<AmpereHours>(v => v.Value, x => new AmpereHours(x)),
            new Number<Watts>(v => v.Value, x => new Watts(x)),
            new Number<Seconds>(v => v.Value, x => new Seconds(x)),
            new Number<Celsius>(v => v.Value, x => new Celsius(x)),
            new Number<CellNumber>(c => c.Value, x => new CellNumber((int)x)),
            new LoadConverter(),
        },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver
        {
            Modifiers = { Kinds<SessionEvent>("event"), Kinds<Step>("step"), NameUnits, LeavePackOut },
        },
    };

    private static Action<JsonTypeInfo> Kinds<T>(string discriminator) => info =>
    {
        if (info.Type != typeof(T))
        {
            return;
        }

        info.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = discriminator };
        foreach (Type kind in typeof(T).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(T))))
        {
            info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(kind, JsonNamingPolicy.KebabCaseLower.ConvertName(kind.Name)));
        }
    };

    private static void NameUnits(JsonTypeInfo info)
    {
        foreach (JsonPropertyInfo property in info.Properties)
        {
            Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            property.Name += Units.GetValueOrDefault(type, "");
        }
    }

    // the pack is read again from the texts beside it
    private static void LeavePackOut(JsonTypeInfo info)
    {
        foreach (JsonPropertyInfo property in info.Properties.Where(p => p.PropertyType == typeof(PackSpec)))
        {
            property.ShouldSerialize = static (_, _) => false;
        }
    }

    private sealed class Number<T>(Func<T, double> value, Func<double, T> make) : JsonConverter<T>
        where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => make(reader.GetDouble());

        public override void Write(Utf8JsonWriter writer, T quantity, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value(quantity));
    }

    private sealed class LoadConverter : JsonConverter<DrainLoadSpec>
    {
        public override DrainLoadSpec Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using JsonDocument load = JsonDocument.ParseValue(ref reader);
            Watts? rating = Find(load, "max_w") is { } watts ? new Watts(watts) : null;
            return Find(load, "resistance_ohm") is { } ohms ? DrainLoadSpec.Resistor(new Ohms(ohms), rating)
                : Find(load, "current_a") is { } amps ? DrainLoadSpec.ConstantCurrent(new Amperes(amps), rating)
                : throw new JsonException("A load has neither resistance_ohm nor current_a.");
        }

        public override void Write(Utf8JsonWriter writer, DrainLoadSpec value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            (string key, double number) = value.Resistance is { } ohms ? ("resistance_ohm", ohms.Value)
                : ("current_a", value.Current!.Value.Value);
            writer.WriteNumber(key, number);
            if (value.Rating is { } rating)
            {
                writer.WriteNumber("max_w", rating.Value);
            }

            writer.WriteEndObject();
        }

        private static double? Find(JsonDocument load, string key) =>
            load.RootElement.TryGetProperty(key, out JsonElement number) ? number.GetDouble() : null;
    }
}
