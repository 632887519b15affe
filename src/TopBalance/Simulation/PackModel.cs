using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation.Kernel;

namespace TopBalance.Simulation;

/// <summary>A pack as it truly is in a run: every cell, member and module. Immutable; shared between runs and threads.</summary>
public sealed class PackModel
{
    // parameters are shared by all members of a type, and by many packs: their tables are made once
    private static readonly ConditionalWeakTable<CellParameters, CellTable> Tables = [];

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
        FirstMember = new int[cells.Length + 1];
        var members = new List<MemberConstants>(cells.Length);
        for (int c = 0; c < cells.Length; c++)
        {
            FirstMember[c] = members.Count;
            AddMembers(members, cells[c].Members);
        }

        FirstMember[cells.Length] = members.Count;
        Members = [.. members];
        Shunt = new ShuntPort(module.Shunt);
        Sensed = [.. cells.Select(c => c.Levels.Moved(-c.ReadingOffsetVolts, 0, 0, 0))];
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

    /// <summary>All members, cell after cell; like members of a cell are one.</summary>
    internal MemberConstants[] Members { get; }

    /// <summary>Where a cell's members begin in <see cref="Members"/>; one entry more than cells.</summary>
    internal int[] FirstMember { get; }

    /// <summary>What a shunt that is on takes.</summary>
    internal ShuntPort Shunt { get; }

    /// <summary>The levels as voltages of the cell: a module that reads too much acts too early.</summary>
    internal ModuleLevels[] Sensed { get; }

    /// <summary>
    /// Where a shunt that regulates holds its cell, V: where it begins to conduct, so that nothing jumps when it does. Above another cell
    /// if it is held to one, else absolute.
    /// </summary>
    internal double HeldVolts(int cell, int heldTo) => heldTo < 0 ? Sensed[cell].ShuntOn : Module.Relative!.OnAbove.Value;

    /// <summary>Capacity of a whole cell, Ah.</summary>
    public double CellCapacityAh(int index)
    {
        double sum = 0;
        for (int m = FirstMember[index]; m < FirstMember[index + 1]; m++)
        {
            sum += Members[m].CapacityAh;
        }

        return sum;
    }

    private static void AddMembers(List<MemberConstants> members, ImmutableArray<MemberModel> cell)
    {
        // members that are alike share the current evenly for ever: one of their joint size stands for them
        bool alike = cell.All(m => m == cell[0]);
        foreach (MemberModel member in alike ? cell[..1] : cell)
        {
            CellTable table = Tables.GetValue(member.Parameters, static p => new CellTable(p));
            members.Add(new MemberConstants(member, table, alike ? cell.Length : 1));
        }
    }
}
