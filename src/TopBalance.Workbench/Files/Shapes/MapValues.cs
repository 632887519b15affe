namespace TopBalance.Workbench.Files;

/// <summary>The values that were read for the keys of a map, and where they stood.</summary>
internal sealed class MapValues(MapShape shape, Dictionary<Key, (object? Value, int Line)> given, Place place, int line)
{
    /// <summary>Where the map begins, from 1.</summary>
    public int Line => line;

    public string File => place.File;

    public bool Has(Key key) => given.ContainsKey(key);

    /// <summary>The value of a key that is required or has a default.</summary>
    public T Get<T>(Key<T> key)
    {
        if (given.TryGetValue(key, out (object? Value, int Line) found))
        {
            return (T)found.Value!;
        }

        return key.HasDefault ? key.Default! : throw WrongAt(key, "is missing; add it");
    }

    /// <summary>The value of a key, or another where it is not given.</summary>
    public T Get<T>(Key<T> key, T otherwise) => Has(key) ? Get(key) : otherwise;

    /// <summary>The value of a key, or null.</summary>
    public T? Find<T>(Key<T> key)
        where T : struct => Has(key) ? Get(key) : null;

    /// <summary>The line of a key, or of the map where it is not given.</summary>
    public int LineOf(Key key) => given.TryGetValue(key, out (object? Value, int Line) found) ? found.Line : line;

    /// <summary>Something is wrong with the map.</summary>
    public InputException Wrong(string problem, Exception? inner = null) => place.Wrong(line, problem, inner);

    /// <summary>Something is wrong with the value of a key.</summary>
    public InputException WrongAt(Key key, string problem, Exception? inner = null) =>
        place.Inside(key.Name).Wrong(LineOf(key), problem, inner);

    /// <summary>A specification's constructor refused the values; blames the key it complained about.</summary>
    public InputException Refused(ArgumentException e)
    {
        string problem = Refusal.Of(e);
        Key? blamed = e.ParamName is { } parameter ? shape.Keys.FirstOrDefault(k => k.Fills(parameter)) : null;
        return blamed is null ? Wrong(problem, e) : WrongAt(blamed, problem, e);
    }
}
