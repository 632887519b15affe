using System.Collections.Immutable;
using TopBalance.Inference.Observations;

namespace TopBalance.Workbench.Files;

/// <summary>A kind of entry of an observations file: its key, how it is read and how it is written.</summary>
internal abstract class EntryKind
{
    /// <summary>The key that makes an entry one of this kind.</summary>
    public abstract Key Key { get; }

    /// <summary>The keys inside the entry, as they were given; null for a kind that has none.</summary>
    public virtual MapValues? Inside(MapValues entry) => null;

    /// <summary>What the entry says, without what may be said of any.</summary>
    public abstract Observation Make(MapValues entry, EntryContext context);

    /// <summary>What stands behind the key; null for an observation of another kind.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="fileOf">Names the file that a log is written to.</param>
    public abstract string? Write(Observation seen, Func<LogSeen, string> fileOf);
}

/// <summary>A kind with keys inside; those that any entry may have may be among them.</summary>
internal abstract class MapKind : EntryKind
{
    private readonly Key<MapValues> key;

    protected MapKind(string name, string description, string example, ImmutableArray<Key> keys, params ImmutableArray<Rule> rules)
    {
        Keys = keys;
        key = new(name, new MapShape([.. keys, .. EntryKeys.OfAny], rules), description) { Example = example };
    }

    public sealed override Key Key => key;

    /// <summary>The keys of this kind alone.</summary>
    public ImmutableArray<Key> Keys { get; }

    public sealed override MapValues? Inside(MapValues entry) => entry.Get(key);

    public sealed override Observation Make(MapValues entry, EntryContext context) => Read(entry.Get(key), context);

    public sealed override string? Write(Observation seen, Func<LogSeen, string> fileOf) => Map(seen, fileOf)?.ToString();

    protected abstract Observation Read(MapValues values, EntryContext context);

    protected abstract FlowMap? Map(Observation seen, Func<LogSeen, string> fileOf);
}
