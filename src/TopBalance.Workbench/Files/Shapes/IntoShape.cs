using System.Text.Json.Nodes;

namespace TopBalance.Workbench.Files;

/// <summary>A shape whose value is made into a thing of the domain.</summary>
internal sealed class IntoShape<T, TResult>(Shape<T> shape, Func<T, TResult> build) : Shape<TResult>
{
    public override string Expected => shape.Expected;

    public override JsonObject Schema() => shape.Schema();

    public override TResult Read(YamlNode node, Place place)
    {
        T value = shape.Read(node, place);
        try
        {
            return build(value);
        }
        catch (ArgumentException e)
        {
            throw value is MapValues map ? map.Refused(e) : place.Wrong(node.Line, Refusal.Of(e), e);
        }
    }
}
