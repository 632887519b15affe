using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace TopBalance.Workbench.Files;

/// <summary>A rule about which keys of a map go together.</summary>
internal abstract record Rule
{
    private Rule()
    {
    }

    /// <exception cref="InputException">The map breaks the rule.</exception>
    public abstract void Check(MapValues values);

    public abstract JsonObject Schema();

    private static JsonObject Requires(Key key) => new() { ["required"] = new JsonArray(key.Name) };

    private static string Names(ImmutableArray<Key> keys) => string.Join("' or '", keys.Select(k => k.Name));

    /// <summary>Exactly one of the keys is given.</summary>
    public sealed record ExactlyOne(params ImmutableArray<Key> Keys) : Rule
    {
        public override void Check(MapValues values)
        {
            Key[] given = [.. Keys.Where(values.Has)];
            if (given.Length != 1)
            {
                throw given.Length == 0
                    ? values.Wrong($"expected '{Names(Keys)}', saw neither; add one of them")
                    : values.WrongAt(given[1], $"cannot stand beside '{given[0].Name}'; remove one of them");
            }
        }

        public override JsonObject Schema() => new() { ["oneOf"] = new JsonArray([.. Keys.Select(Requires)]) };
    }

    /// <summary>Two keys exclude each other.</summary>
    public sealed record NotBoth(Key One, Key Other) : Rule
    {
        public override void Check(MapValues values)
        {
            if (values.Has(One) && values.Has(Other))
            {
                throw values.WrongAt(Other, $"cannot stand beside '{One.Name}'; remove one of them");
            }
        }

        public override JsonObject Schema() => new() { ["not"] = new JsonObject { ["required"] = new JsonArray(One.Name, Other.Name) } };
    }

    /// <summary>The first key has no meaning without the second.</summary>
    public sealed record Needs(Key Key, Key Other) : Rule
    {
        public override void Check(MapValues values)
        {
            if (values.Has(Key) && !values.Has(Other))
            {
                throw values.WrongAt(Key, $"means nothing without '{Other.Name}'; add it, or remove this one");
            }
        }

        public override JsonObject Schema() =>
            new() { ["dependentRequired"] = new JsonObject { [Key.Name] = new JsonArray(Other.Name) } };
    }
}
