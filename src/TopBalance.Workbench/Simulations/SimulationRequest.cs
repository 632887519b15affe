using TopBalance.Quantities;

namespace TopBalance.Workbench.Simulations;

/// <summary>What is to be played: the main charge, then so many times a rest, a reset and another charge.</summary>
public sealed record SimulationRequest
{
    /// <summary>Most restarts that may be asked for.</summary>
    public const int MostCycles = 10_000;

    /// <summary>Restarts after the main charge, 0 to <see cref="MostCycles"/>. Default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int Cycles
    {
        get;
        init => field = value is >= 0 and <= MostCycles
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Cycles), value, $"Expected 0 to {MostCycles}.");
    }

    /// <summary>The charger is restarted when the highest cell is at or below this, V. Null: when the last shunt has let go.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a finite number above 0.</exception>
    public Volts? RestartBelow { get; init => field = Positive(value?.Value, nameof(RestartBelow)) is { } v ? new Volts(v) : null; }

    /// <summary>Everything ends at this simulated time, s. Null means no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a finite number above 0.</exception>
    public Seconds? Until { get; init => field = Positive(value?.Value, nameof(Until)) is { } s ? new Seconds(s) : null; }

    /// <summary>Seed for what the pack file leaves open. Null takes the pack's own.</summary>
    public ulong? Seed { get; init; }

    private static double? Positive(double? value, string name) =>
        value is null || (value > 0 && double.IsFinite(value.Value))
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "Expected a finite number above 0.");
}
