using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Simulation;

/// <summary>One physical cell as it truly is in a run.</summary>
/// <param name="Parameters">The equivalent circuit of its type at the run's temperature; the factors below scale its resistances.</param>
/// <param name="CapacityAh">Its capacity Q, Ah.</param>
/// <param name="InitialSoc">State of charge at t = 0.</param>
public sealed record MemberModel(CellParameters Parameters, double CapacityAh, double InitialSoc)
{
    /// <summary>Q, Ah.</summary>
    public double CapacityAh { get; } = Require.Positive(CapacityAh);

    /// <summary>State of charge at t = 0; a little below 0 or above 1 is allowed.</summary>
    public double InitialSoc { get; } = Require.InRange(InitialSoc, -0.5, 1.5);

    /// <summary>Factor on the table R0(z). Default 1.</summary>
    public double R0Scale { get; init; } = 1;

    /// <summary>Factor on the table R1(z). Default 1.</summary>
    public double R1Scale { get; init; } = 1;

    /// <summary>Factor on the table R2(z). Default 1.</summary>
    public double R2Scale { get; init; } = 1;

    /// <summary>τ1 in s; null takes the type's.</summary>
    public double? Tau1Seconds { get; init; }

    /// <summary>τ2 in s; null takes the type's.</summary>
    public double? Tau2Seconds { get; init; }
}

/// <summary>The levels of one module as they truly are in a run: its type's, moved by its own error.</summary>
/// <param name="ShuntOn">V.</param>
/// <param name="ShuntOff">V.</param>
/// <param name="Hvc">V.</param>
/// <param name="HvcClear">V.</param>
/// <param name="Lvc">V.</param>
/// <param name="LvcClear">V.</param>
public readonly record struct ModuleLevels(double ShuntOn, double ShuntOff, double Hvc, double HvcClear, double Lvc, double LvcClear)
{
    /// <summary>The levels of a type without error.</summary>
    public static ModuleLevels Of(CellModuleSpec module) => new(
        module.ShuntOn.Value, module.ShuntOff.Value, module.Hvc.Value, module.HvcClear.Value, module.Lvc.Value, module.LvcClear.Value);

    /// <summary>
    /// The levels moved by one error common to all and one of its own for each of shunt, HVC and LVC, V. Hysteresis stays as it is, and
    /// shunt-on stays below HVC.
    /// </summary>
    public ModuleLevels Moved(double common, double shunt, double hvc, double lvc)
    {
        double movedHvc = Hvc + common + hvc;
        double movedShunt = Math.Min(ShuntOn + common + shunt, movedHvc - (2 * CellModuleSpec.LeastHysteresis));
        return new(
            movedShunt,
            movedShunt - (ShuntOn - ShuntOff),
            movedHvc,
            movedHvc - (Hvc - HvcClear),
            Lvc + common + lvc,
            LvcClear + common + lvc);
    }
}

/// <summary>One cell (a parallel group) with its module, as it truly is in a run.</summary>
/// <param name="Members">Its members, at least one.</param>
/// <param name="Levels">Its module's levels.</param>
public sealed record CellModel(ImmutableArray<MemberModel> Members, ModuleLevels Levels)
{
    /// <summary>The shunt always conducts.</summary>
    public bool ShuntStuckOn { get; init; }

    /// <summary>The shunt never conducts.</summary>
    public bool ShuntDead { get; init; }

    /// <summary>The loop contact never opens.</summary>
    public bool ContactDead { get; init; }

    /// <summary>The red lamp does not light.</summary>
    public bool RedLampDead { get; init; }

    /// <summary>The green lamp does not light.</summary>
    public bool GreenLampDead { get; init; }

    /// <summary>A loose lug in series with the cell, inside the module's sense points, Ω.</summary>
    public double LugOhms { get; init; }

    /// <summary>The module reads this much more than its cell has, V.</summary>
    public double ReadingOffsetVolts { get; init; }
}
