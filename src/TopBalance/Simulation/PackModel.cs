using System.Collections.Immutable;
using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Simulation;

/// <summary>A pack as it truly is in a run: every cell, member and module. Immutable; shared between runs and threads.</summary>
public sealed partial class PackModel
{
    /// <param name="cells">The cells in series, at least one.</param>
    /// <param name="module">The cell-module type (shunt, delay, quiescent draw, relative rule).</param>
    /// <param name="charger">The pack charger.</param>
    /// <param name="maxVoltage">A cell must never be held above this, V.</param>
    /// <exception cref="ArgumentException">There is no cell, or a cell has no member.</exception>
    public PackModel(ImmutableArray<CellModel> cells, CellModuleSpec module, ChargerSpec charger, Volts maxVoltage)
    {
        Require.That(!cells.IsDefaultOrEmpty, "A pack needs at least one cell.");
        Require.That(cells.All(c => !c.Members.IsDefaultOrEmpty), "A cell needs at least one member.");
        Cells = cells;
        Module = module;
        Charger = charger;
        MaxVoltage = maxVoltage;
    }

    /// <summary>The cells in series.</summary>
    public ImmutableArray<CellModel> Cells { get; }

    /// <summary>The cell-module type.</summary>
    public CellModuleSpec Module { get; }

    /// <summary>The pack charger.</summary>
    public ChargerSpec Charger { get; }

    /// <summary>A cell must never be held above this.</summary>
    public Volts MaxVoltage { get; }

    /// <summary>The loop is cut: the alarm stands from the start.</summary>
    public bool LoopCut { get; init; }

    /// <summary>Capacity of a whole cell, Ah.</summary>
    public double CellCapacityAh(int index) => Cells[index].Members.Sum(m => m.CapacityAh);
}
