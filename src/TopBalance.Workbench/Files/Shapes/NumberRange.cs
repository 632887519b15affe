using System.Text.Json.Nodes;

namespace TopBalance.Workbench.Files;

/// <summary>The range of a number, both ends included unless <paramref name="MinExcluded"/>.</summary>
/// <param name="Min">Lowest.</param>
/// <param name="Max">Highest.</param>
/// <param name="MinExcluded">True if the number must be above <paramref name="Min"/>.</param>
internal readonly record struct NumberRange(double Min, double Max, bool MinExcluded = false)
{
    public static NumberRange From(double min, double max) => new(min, max);

    public static NumberRange Above(double min, double max) => new(min, max, MinExcluded: true);

    public bool Holds(double value) => value <= Max && (MinExcluded ? value > Min : value >= Min);

    public void AddTo(JsonObject schema)
    {
        schema[MinExcluded ? "exclusiveMinimum" : "minimum"] = Min;
        schema["maximum"] = Max;
    }

    public override string ToString() =>
        MinExcluded ? $"above {NumberText.Write(Min)}, at most {NumberText.Write(Max)}"
            : $"from {NumberText.Write(Min)} to {NumberText.Write(Max)}";
}
