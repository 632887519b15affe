using TopBalance.Packs;
using TopBalance.Quantities;

namespace TopBalance.Simulation;

/// <summary>
/// What a run did, and the pack at any instant of it. Owned by the simulator that made it: valid until its next run.
/// </summary>
public sealed partial class PackRun
{
    /// <summary>The pack that was run.</summary>
    public PackModel Model { get; private set; } = null!;

    /// <summary>How each step went, in order.</summary>
    public ReadOnlySpan<StepOutcome> Steps => throw new NotSupportedException();

    /// <summary>What happened, in order of time.</summary>
    public ReadOnlySpan<RunEvent> Events => throw new NotSupportedException();

    /// <summary>Dangers that cells were in, in order of their start.</summary>
    public ReadOnlySpan<Hazard> Hazards => throw new NotSupportedException();

    /// <summary>When the loop opened during a charge, s.</summary>
    public ReadOnlySpan<double> TripSeconds => throw new NotSupportedException();

    /// <summary>When a charge after the first began, s.</summary>
    public ReadOnlySpan<double> RestartSeconds => throw new NotSupportedException();

    /// <summary>Length of the run, s.</summary>
    public double EndSeconds => throw new NotSupportedException();

    /// <summary>Charge that the string current brought into the pack in the whole run, Ah.</summary>
    public double StringAh => throw new NotSupportedException();

    /// <summary>
    /// The whole pack at an instant. At the instant a step ends it is as at that end, with its current still flowing; a step that begins
    /// then shows from the next moment on.
    /// </summary>
    /// <param name="time">From 0 to <see cref="EndSeconds"/>.</param>
    /// <param name="cells">Receives the state of each cell. Length Ns.</param>
    /// <returns>String current in A and pack voltage in V.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time lies outside the run.</exception>
    public (double CurrentAmps, double VoltageVolts) StateAt(Seconds time, Span<CellState> cells) => throw new NotSupportedException();

    /// <summary>One cell at an instant.</summary>
    /// <inheritdoc cref="StateAt(Seconds, Span{CellState})"/>
    public CellState StateAt(Seconds time, CellNumber cell) => throw new NotSupportedException();
}
