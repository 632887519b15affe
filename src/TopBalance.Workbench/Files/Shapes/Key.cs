using System.Text.Json.Nodes;

namespace TopBalance.Workbench.Files;

/// <summary>A key of a file, declared once: name, shape with unit and range, default, meaning.</summary>
/// <param name="name">As written in files; it ends in its unit.</param>
/// <param name="description">What it means, for the JSON Schema.</param>
internal abstract class Key(string name, string description)
{
    private static readonly string[] Units = ["_v", "_a", "_ah", "_ohm", "_f", "_s", "_h", "_w", "_c"];

    public string Name { get; } = name;

    public string Description { get; } = description;

    /// <summary>It must be given.</summary>
    public bool Required { get; init; }

    /// <summary>A value that would be right, for messages.</summary>
    public string? Example { get; init; }

    /// <summary>The parameter it fills in a specification's constructor, where that is not its name without the unit.</summary>
    public string? Parameter { get; init; }

    public abstract string Expected { get; }

    public abstract object? ReadValue(YamlNode node, Place place);

    public abstract JsonObject Schema();

    /// <summary>True if a constructor's complaint about a parameter is about this key.</summary>
    public bool Fills(string parameter) => string.Equals(parameter, Parameter ?? WithoutUnit(), StringComparison.OrdinalIgnoreCase);

    private string WithoutUnit()
    {
        string? unit = Units.FirstOrDefault(u => Name.EndsWith(u, StringComparison.Ordinal));
        return Name[..^(unit?.Length ?? 0)].Replace("_", "", StringComparison.Ordinal);
    }
}

/// <summary>A key with the type of its value.</summary>
/// <param name="name">As written in files; it ends in its unit.</param>
/// <param name="shape">What its value may be.</param>
/// <param name="description">What it means, for the JSON Schema.</param>
internal sealed class Key<T>(string name, Shape<T> shape, string description) : Key(name, description)
{
    /// <summary>What stands for it where it is not given.</summary>
    public T? Default
    {
        get;
        init
        {
            field = value;
            HasDefault = true;
        }
    }

    public bool HasDefault { get; private init; }

    public override string Expected => shape.Expected;

    public override object? ReadValue(YamlNode node, Place place) => shape.Read(node, place.Inside(Name, Example));

    public override JsonObject Schema()
    {
        JsonObject schema = shape.Schema();
        schema.Insert(0, "description", Description);
        if (HasDefault && Default is { } value && shape.Show(value) is { } shown)
        {
            schema["default"] = shown;
        }

        return schema;
    }
}
