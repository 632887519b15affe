using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Quantities;

namespace TopBalance.Packs;

/// <summary>A pack as its file describes it: what it is made of, what is known of single cells, and what is believed of the rest.</summary>
public sealed record PackSpec
{
    /// <summary>Most cells in series, and most members in a cell, that a pack may have.</summary>
    public const int MostSeries = 400, MostParallel = 100;

    /// <param name="name">Name for people.</param>
    /// <param name="series">Cells in series, 1 to 400.</param>
    /// <param name="parallel">Members per cell, 1 to 100.</param>
    /// <param name="cell">The cell type.</param>
    /// <param name="module">The cell-module type.</param>
    /// <param name="charger">The pack charger.</param>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public PackSpec(string name, int series, int parallel, CellSpec cell, CellModuleSpec module, ChargerSpec charger)
    {
        Require.InRange(series, 1, MostSeries);
        Require.InRange(parallel, 1, MostParallel);
        Name = name;
        Series = series;
        Parallel = parallel;
        Cell = cell;
        Module = module;
        Charger = charger;
    }

    /// <summary>Name for people.</summary>
    public string Name { get; }

    /// <summary>Cells (parallel groups) in series: also the number of cell modules.</summary>
    public int Series { get; }

    /// <summary>Members per cell.</summary>
    public int Parallel { get; }

    /// <summary>The cell type.</summary>
    public CellSpec Cell { get; }

    /// <summary>The cell-module type.</summary>
    public CellModuleSpec Module { get; }

    /// <summary>The pack charger.</summary>
    public ChargerSpec Charger { get; init; }

    /// <summary>Temperature of the cells. Default 25 °C.</summary>
    public Celsius Temperature { get; init; } = new(25);

    /// <summary>What the technician has.</summary>
    public ToolSpecs Tools { get; init; } = new();

    /// <summary>What is believed of cells nobody has measured; null if the file has no such section.</summary>
    public Unknowns? Unknowns { get; init; }

    /// <summary>What is known of single cells; a later entry overrides an earlier one.</summary>
    public ImmutableArray<CellKnowledge> Cells { get; init; } = [];

    /// <summary>How the cells stand.</summary>
    public PackLayout Layout { get => field ??= PackLayout.Line(Series); init; }

    /// <summary>Seed for what is drawn. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>What is broken.</summary>
    public ImmutableArray<Fault> Faults { get; init; } = [];

    /// <summary>The parts whose files have numbers that nobody has a source for, by name, with the keys of those numbers.</summary>
    public IEnumerable<(string Part, ImmutableArray<string> Keys)> Placeholders
    {
        get
        {
            (string, ImmutableArray<Provenance>)[] parts = [(Cell.Name, Cell.Sources), (Module.Name, Module.Sources)];
            foreach ((string part, ImmutableArray<Provenance> sources) in parts)
            {
                ImmutableArray<string> keys =
                    [.. sources.Where(s => s.Sure == Sureness.Placeholder).Select(s => s.Key).Distinct(StringComparer.Ordinal)];
                if (!keys.IsEmpty)
                {
                    yield return (part, keys);
                }
            }
        }
    }

    /// <summary>E.g. <c>50S2P</c>.</summary>
    public string Arrangement => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Series}S{Parallel}P");
}
