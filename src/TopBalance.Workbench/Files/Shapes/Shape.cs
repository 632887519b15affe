using System.Text.Json.Nodes;

namespace TopBalance.Workbench.Files;

/// <summary>What a value in a file may look like, declared once: it reads and checks the value, and it writes the JSON Schema.</summary>
/// <typeparam name="T">What is read.</typeparam>
internal abstract class Shape<T>
{
    /// <summary>What is expected, for messages, e.g. <c>a number in V from 0 to 6</c>.</summary>
    public abstract string Expected { get; }

    /// <exception cref="InputException">The value is something else.</exception>
    public abstract T Read(YamlNode node, Place place);

    /// <summary>The JSON Schema of the value.</summary>
    public abstract JsonObject Schema();

    /// <summary>A default as JSON Schema and documentation show it; null if it cannot be one word.</summary>
    public virtual JsonNode? Show(T value) => null;

    /// <summary>The same shape, made into a thing of the domain; what its constructor refuses is reported at this place.</summary>
    public Shape<TResult> Into<TResult>(Func<T, TResult> build) => new IntoShape<T, TResult>(this, build);

    protected InputException Unexpected(YamlNode node, Place place)
    {
        string advice = place.Example is { } example ? $"write e.g. {example}" : "correct it";
        return place.Wrong(node.Line, $"saw {node.Seen}, expected {Expected}; {(node.IsNothing ? advice + " or remove the key" : advice)}");
    }
}
