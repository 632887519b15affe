using System.Globalization;

namespace TopBalance.Workbench.Files;

/// <summary>The way to a value inside a file, e.g. <c>tools.bench_supplies[2].current_a</c>; written out only for a message.</summary>
internal sealed class Place
{
    private readonly Place? outer;
    private readonly string? name;
    private readonly int number;

    private Place(string file, Place? outer, string? name, int number, string? example)
    {
        File = file;
        this.outer = outer;
        this.name = name;
        this.number = number;
        Example = example;
    }

    public string File { get; }

    /// <summary>A value that would be right here, or null.</summary>
    public string? Example { get; }

    public static Place Of(string file) => new(file, null, null, 0, null);

    public Place Inside(string key, string? example = null) => new(File, this, key, 0, example);

    /// <param name="item">Place in the list, from 1.</param>
    public Place Item(int item) => new(File, this, null, item, null);

    public InputException Wrong(int line, string problem, Exception? inner = null) => new(File, line, ToString(), problem, inner);

    public override string ToString()
    {
        string before = outer?.ToString() ?? "";
        if (number > 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{before}[{number}]");
        }

        return before.Length > 0 && name is not null ? before + "." + name : name ?? "";
    }
}
