using TopBalance.Inference.Observations;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Files;

/// <summary>An entry that was read, not yet held against a pack.</summary>
/// <param name="Kind">Which kind it is.</param>
/// <param name="Entry">The key of the kind, and what stands beside it.</param>
internal sealed record EntryValues(EntryKind Kind, MapValues Entry)
{
    /// <summary>Where it begins, from 1.</summary>
    public int Line => Entry.Line;

    private MapValues? Inside => Kind.Inside(Entry);

    /// <summary>What it says of this pack.</summary>
    /// <exception cref="InputException">It does not fit the pack, or contradicts itself.</exception>
    public Observation Make(EntryContext context)
    {
        try
        {
            return Kind.Make(Entry, context) with
            {
                At = Either(EntryKeys.At),
                Temperature = Either(EntryKeys.Temperature),
                TimeSigma = Either(EntryKeys.TimeSigma),
            };
        }
        catch (ArgumentException e)
        {
            throw (Inside ?? Entry).Refused(e);
        }
    }

    /// <summary>Something is wrong with its time.</summary>
    public InputException WrongAt(string problem) =>
        Inside is { } inside && inside.Has(EntryKeys.At) ? inside.WrongAt(EntryKeys.At, problem) : Entry.WrongAt(EntryKeys.At, problem);

    private T? Either<T>(Key<T> key)
        where T : struct
    {
        if (Inside is not { } inside || !inside.Has(key))
        {
            return Entry.Find(key);
        }

        return Entry.Has(key)
            ? throw Entry.WrongAt(key, $"stands inside '{Kind.Key.Name}' too; remove one of them")
            : inside.Find(key);
    }
}
