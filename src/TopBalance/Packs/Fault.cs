namespace TopBalance.Packs;

/// <summary>Something broken that a simulation can be asked to play.</summary>
public abstract record Fault
{
    private Fault()
    {
    }

    /// <summary>The shunt of a cell always conducts.</summary>
    /// <param name="Cell">Which cell.</param>
    public sealed record StuckOnShunt(CellNumber Cell) : Fault;

    /// <summary>The shunt of a cell never conducts.</summary>
    /// <param name="Cell">Which cell.</param>
    public sealed record DeadShunt(CellNumber Cell) : Fault;

    /// <summary>The loop contact of a cell never opens: its HVC and LVC stop nothing.</summary>
    /// <param name="Cell">Which cell.</param>
    public sealed record DeadLoopContact(CellNumber Cell) : Fault;

    /// <summary>The loop is cut somewhere: the alarm stands, the charger does not start.</summary>
    public sealed record CutLoop : Fault;

    /// <summary>A loose lug in series with a cell, inside the module's sense points: module and charger see its drop.</summary>
    /// <param name="Cell">Which cell.</param>
    /// <param name="Resistance">Ω, above 0.</param>
    public sealed record LooseLug(CellNumber Cell, Quantities.Ohms Resistance) : Fault;

    /// <summary>The module reads this much more (negative: less) than its cell has.</summary>
    /// <param name="Cell">Which cell.</param>
    /// <param name="Offset">V.</param>
    public sealed record ReadingOffset(CellNumber Cell, Quantities.Volts Offset) : Fault;

    /// <summary>The red lamp of a module does not light.</summary>
    /// <param name="Cell">Which cell.</param>
    public sealed record DeadRedLamp(CellNumber Cell) : Fault;

    /// <summary>The green lamp of a module does not light.</summary>
    /// <param name="Cell">Which cell.</param>
    public sealed record DeadGreenLamp(CellNumber Cell) : Fault;
}
