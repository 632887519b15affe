using TopBalance.Simulation;

namespace TopBalance.Tests.Oracle;

/// <summary>
/// Plays steps by integrating the whole pack as one system in fine steps. Every step that holds an event (a level, a change of mode, a knot
/// of a table, a current that turns) is cut there to 1e-11 s. Slow and plain; the engine is judged by it.
/// </summary>
internal sealed partial class OraclePlayer
{
    private const double Tolerance = 2e-13;
    private const double LongestStepSeconds = 20;
    private const double RootSeconds = 1e-11;

    private readonly PackModel model;
    private readonly OracleCircuit circuit;
    private readonly Extrapolation stepper;
    private readonly OracleRun run = new([], [], []);
    private readonly double[] middle;
    private readonly double[] ahead;
    private readonly double[] trial;
    private double[] y;
    private double time;
    private double halfStepSeconds = 1;

    private OraclePlayer(PackModel model)
    {
        this.model = model;
        circuit = new OracleCircuit(model);
        stepper = new Extrapolation(circuit.Dimension, circuit.ControlledComponents, circuit.Derivative);
        y = circuit.InitialState();
        middle = new double[circuit.Dimension];
        ahead = new double[circuit.Dimension];
        trial = new double[circuit.Dimension];
        contacts = new Contact[circuit.Cells];
        pendingSince = new double[circuit.Cells];
        for (int c = 0; c < circuit.Cells; c++)
        {
            circuit.ShuntConducts[c] = model.Cells[c].ShuntStuckOn;
        }

        gaps = new double[GapCount];
        gapsMiddle = new double[GapCount];
        gapsAhead = new double[GapCount];
        gapsTrial = new double[GapCount];
        armed = new bool[GapCount];
    }

    public static OracleRun Play(PackModel model, params ReadOnlySpan<Step> steps)
    {
        var player = new OraclePlayer(model);
        foreach (Step next in steps)
        {
            player.PlayStep(next);
        }

        return player.run;
    }

    private void PlayStep(Step next)
    {
        double start = time;
        double ahAtStart = y[circuit.StringAhAt];
        Begin(next);
        if (end is null)
        {
            Settle();
        }

        starting = false;
        while (end is null)
        {
            Advance();
        }

        (EndReason reason, int cell) = end.Value;
        run.Steps.Add(new StepOutcome(start, time, reason, cell, y[circuit.StringAhAt] - ahAtStart));
        run.EndStates.Add([.. Enumerable.Range(0, circuit.Cells).Select(StateOf)]);
    }

    private CellState StateOf(int c) => new(
        circuit.Soc(y, c),
        circuit.Volts[c],
        circuit.CellAmps[c],
        circuit.ShuntConducts[c],
        IsOpen(c),
        y[circuit.BledAt(c)]);

    // one step of two halves: three points of each gap function show whether it dips between them
    private void Advance()
    {
        double deadline = NextDeadline();
        double left = deadline - time;
        if (left <= 0)
        {
            PassDeadline();
            return;
        }

        double seconds = Math.Min(2 * halfStepSeconds, left);
        if (!TryStep(seconds))
        {
            halfStepSeconds = seconds / 4;
            return;
        }

        (double? at, int gap) = FirstEvent(seconds);
        if (at is { } s)
        {
            StateAhead(s, seconds, trial);
            MoveTo(trial, time + s);
            Fire(gap);
            Settle();
            return;
        }

        MoveTo(ahead, seconds == left ? deadline : time + seconds);
        for (int k = 0; k < GapCount; k++)
        {
            armed[k] |= gapsAhead[k] > Slack(k);
        }

        gapsAhead.AsSpan().CopyTo(gaps);
    }

    private bool TryStep(double seconds)
    {
        double error = stepper.Step(y, seconds / 2, middle);
        error = Math.Max(error, stepper.Step(middle, seconds / 2, ahead));
        if (!(error <= Tolerance))
        {
            return seconds < 1e-6 ? throw new OracleException("the step shrinks without end") : false;
        }

        if (error < Tolerance / 1000)
        {
            halfStepSeconds = Math.Min(Math.Max(halfStepSeconds, seconds / 2 * 1.4), LongestStepSeconds / 2);
        }

        FillGaps(middle, gapsMiddle);
        FillGaps(ahead, gapsAhead);
        return true;
    }

    private void MoveTo(double[] state, double newTime)
    {
        state.AsSpan().CopyTo(y);
        time = newTime;
    }

    // the state so many seconds into the step just tried
    private void StateAhead(double s, double seconds, double[] result)
    {
        if (s <= seconds / 2)
        {
            stepper.Step(y, s, result);
        }
        else
        {
            stepper.Step(middle, s - (seconds / 2), result);
        }
    }

    private double GapAhead(int gap, double s, double seconds)
    {
        StateAhead(s, seconds, trial);
        FillGaps(trial, gapsTrial);
        return gapsTrial[gap];
    }
}
