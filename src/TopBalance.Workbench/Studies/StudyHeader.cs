using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using TopBalance.Packs;
using TopBalance.Workbench.Json;

namespace TopBalance.Workbench.Studies;

/// <summary>What a file of results is about: all that its numbers follow from.</summary>
public sealed record StudyHeader
{
    /// <summary>How such a line begins.</summary>
    public const string Begin = "# topbalance study ";

    private static readonly JsonSerializerOptions OnOneLine = new(JsonText.Options) { WriteIndented = false };

    /// <summary>Version of the format.</summary>
    public int Format { get; init; } = 1;

    /// <summary>Hash of everything else but the shard: two files of one study have the same.</summary>
    public string Study { get; init; } = "";

    /// <summary>Which part this is, <c>K/N</c>; null for all of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Shard { get; init; }

    /// <summary>Name of the pack.</summary>
    public required string Pack { get; init; }

    /// <summary>How many packs each method is played on in each variant.</summary>
    public required int Packs { get; init; }

    /// <summary>Seed of all draws.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How many plays there are in all shards together.</summary>
    public required long Tasks { get; init; }

    /// <summary>Names of the methods.</summary>
    public required ImmutableArray<string> Methods { get; init; }

    /// <summary>What is varied, as on the command line.</summary>
    public required ImmutableArray<string> Vary { get; init; }

    /// <summary>Hashes of the pack file and all files it leads to.</summary>
    public required ImmutableArray<string> Files { get; init; }

    /// <summary>Version and build of the program.</summary>
    public required string Engine { get; init; }

    /// <summary>See <see cref="MachineType.Machine"/>.</summary>
    public required string Machine { get; init; }

    /// <summary>See <see cref="MachineType.Runtime"/>.</summary>
    public required string Runtime { get; init; }

    /// <summary>See <see cref="MachineType.Math"/>.</summary>
    public required string Math { get; init; }

    /// <summary>Version and build of the program that plays: another build is another program.</summary>
    internal static string EngineHere { get; } = Build(typeof(PackSpec).Module, typeof(StudyHeader).Module);

    /// <summary>The same with its hash.</summary>
    public StudyHeader Sealed()
    {
        string text = JsonSerializer.Serialize(this with { Study = "", Shard = null }, OnOneLine);
        return this with { Study = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16] };
    }

    /// <summary>The header as one line of a file, without a line end.</summary>
    public string Line() => Begin + JsonSerializer.Serialize(this, OnOneLine);

    /// <summary>Reads such a line; null if it is none.</summary>
    public static StudyHeader? Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        try
        {
            return line.StartsWith(Begin, StringComparison.Ordinal) ? OfJson(line[Begin.Length..]) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether a file goes on with, or together with, another: null if so, else what differs, in words.</summary>
    public string? DiffersFrom(StudyHeader other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return string.Equals(Study, other.Study, StringComparison.Ordinal) ? null
            : Format != other.Format ? "the format"
            : !Files.SequenceEqual(other.Files, StringComparer.Ordinal) || !Same(Pack, other.Pack) ? "the pack file or a file it names"
            : Packs != other.Packs ? FormattableString.Invariant($"the number of packs ({Packs} and {other.Packs})")
            : Seed != other.Seed ? FormattableString.Invariant($"the seed ({Seed} and {other.Seed})")
            : !Methods.SequenceEqual(other.Methods, StringComparer.Ordinal) ? "the methods"
            : !Vary.SequenceEqual(other.Vary, StringComparer.Ordinal) ? "what is varied"
            : !Same(Engine, other.Engine) ? $"the program ({Engine} and {other.Engine})"
            : !Same(Machine, other.Machine) ? $"the type of machine ({Machine} and {other.Machine})"
            : !Same(Runtime, other.Runtime) ? $"the runtime ({Runtime} and {other.Runtime})"
            : "the mathematical functions of the system";
    }

    /// <summary>The JSON of the header.</summary>
    internal string Json() => Line()[Begin.Length..];

    internal static StudyHeader? OfJson(string json)
    {
        StudyHeader? read = JsonSerializer.Deserialize<StudyHeader>(json, OnOneLine);
        bool whole = read is { Files.IsDefault: false, Methods.IsDefault: false, Vary.IsDefault: false, Packs: > 0 };
        return whole && Same(read!.Sealed().Study, read.Study) ? read : null;
    }

    /// <summary>Version of the program, and a hash that another build of these modules does not have.</summary>
    internal static string Build(params IEnumerable<Module> modules)
    {
        byte[] ids = [.. modules.SelectMany(m => m.ModuleVersionId.ToByteArray())];
        return $"{typeof(PackSpec).Assembly.GetName().Version?.ToString(3)} {Convert.ToHexStringLower(SHA256.HashData(ids))[..8]}";
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.Ordinal);
}
