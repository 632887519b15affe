using System.Collections.Immutable;
using System.Globalization;

namespace TopBalance.Workbench.Files;

/// <summary>A key of a pack file that is given another value than the file says.</summary>
/// <param name="Key">The way to it, e.g. <c>charger.current_a</c> or <c>tools.bench_supplies[1].current_a</c>, counted from 1.</param>
/// <param name="Value">The value as it would stand in the file.</param>
public sealed record PackOverride(string Key, string Value)
{
    /// <summary>E.g. <c>charger.current_a=5</c>.</summary>
    public override string ToString() => $"{Key}={Value}";
}

/// <summary>
/// Puts other values into a pack file before it is read, so that whatever is wrong with them is said by the reader of that file.
/// </summary>
/// <param name="file">The pack file, for messages.</param>
/// <param name="moduleKeys">The keys of the cell module that a name stands for.</param>
internal sealed class PackOverriding(string file, Func<string, YamlMap> moduleKeys)
{
    private const string ModuleKey = "module";

    // of these a file has one or the other; the one that is asked for takes the other's place
    private static readonly ImmutableArray<(string[] One, string[] Other)> Instead =
    [
        (["shunt_current_a"], ["shunt_resistance_ohm"]),
        (["resistance_ohm"], ["current_a"]),
        (["soc_min", "soc_max"], ["soc_mean", "soc_sigma"]),
    ];

    /// <summary>The document with all values in place: whole keys first, then what lies inside of them.</summary>
    /// <exception cref="InputException">The way to a key leads through something that has no keys.</exception>
    public YamlNode Apply(YamlNode root, IEnumerable<PackOverride> overrides)
    {
        PackOverride[] all = [.. overrides.OrderBy(o => Steps(o.Key).Length)];
        string[] asked = [.. all.Select(o => o.Key)];
        foreach (PackOverride one in all)
        {
            root = Put(root, one, Steps(one.Key), 0, asked);
        }

        return root;
    }

    private YamlNode Put(YamlNode? node, PackOverride put, string[] steps, int depth, string[] asked)
    {
        if (depth == steps.Length)
        {
            return new YamlScalar(put.Value, Quoted: false, 0);
        }

        string step = steps[depth];
        return int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int item)
            ? InList(node, put, steps, depth, item, asked)
            : InMap(node, put, steps, depth, asked);
    }

    private YamlList InList(YamlNode? node, PackOverride put, string[] steps, int depth, int item, string[] asked)
    {
        if (node is not YamlList list || item < 1 || item > list.Items.Length)
        {
            int count = (node as YamlList)?.Items.Length ?? 0;
            throw new InputException(file, node?.Line ?? 0, put.Key, FormattableString.Invariant($"there is no item {item} of {count}; counted from 1"));
        }

        return list with { Items = list.Items.SetItem(item - 1, Put(list.Items[item - 1], put, steps, depth + 1, asked)) };
    }

    private YamlMap InMap(YamlNode? node, PackOverride put, string[] steps, int depth, string[] asked)
    {
        bool isModule = depth == 1 && steps[0] is ModuleKey;
        YamlMap map = node switch
        {
            null or { IsNothing: true } => new YamlMap([], 0),
            YamlMap found => found,
            YamlScalar { Text: var name } when isModule => moduleKeys(name),
            _ => throw new InputException(file, node.Line, string.Join('.', steps[..depth]), $"is {node.Seen} and has no keys inside to vary"),
        };
        string step = steps[depth];
        int index = map.Entries.Select(e => e.Name).ToList().IndexOf(step);
        YamlNode value = Put(index < 0 ? null : map.Entries[index].Value, put, steps, depth + 1, asked);
        var entry = new YamlEntry(step, index < 0 ? 0 : map.Entries[index].Line, value);
        ImmutableArray<YamlEntry> entries = index < 0 ? map.Entries.Add(entry) : map.Entries.SetItem(index, entry);
        return map with { Entries = [.. entries.Where(e => !Displaced(e.Name, step, Way(put.Key, step), asked))] };
    }

    private static string Way(string key, string step) =>
        key.EndsWith(step, StringComparison.Ordinal) ? key[..^step.Length] : "";

    private static bool Displaced(string name, string by, string way, string[] asked)
    {
        foreach ((string[] one, string[] other) in Instead)
        {
            bool displaced = (one.Contains(by, StringComparer.Ordinal) && other.Contains(name, StringComparer.Ordinal))
                || (other.Contains(by, StringComparer.Ordinal) && one.Contains(name, StringComparer.Ordinal));

            // what is asked for itself stays, and the reader says that they do not go together
            if (displaced && !asked.Contains(way + name, StringComparer.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static string[] Steps(string key) => key.Replace("]", "", StringComparison.Ordinal).Split('.', '[');
}
