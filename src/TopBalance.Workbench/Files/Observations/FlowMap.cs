namespace TopBalance.Workbench.Files;

/// <summary>Writes a map on one line: <c>{ cell: 30, minutes: 8 }</c>.</summary>
internal sealed class FlowMap
{
    private readonly List<string> entries = [];

    /// <summary>Leaves the key out where there is no value.</summary>
    public FlowMap Add(string key, string? text)
    {
        if (text is not null)
        {
            entries.Add($"{key}: {text}");
        }

        return this;
    }

    /// <inheritdoc cref="Add(string, string?)"/>
    public FlowMap Add(Key key, string? text) => Add(key.Name, text);

    /// <inheritdoc cref="Add(string, string?)"/>
    public FlowMap Add(Key key, double? value) => Add(key.Name, value is { } v ? NumberText.Write(v) : null);

    public override string ToString() => entries.Count == 0 ? "{}" : "{ " + string.Join(", ", entries) + " }";
}
