using System.Collections.Immutable;
using TopBalance.Packs;
using TopBalance.Practice;
using TopBalance.Procedure;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Sessions;

/// <summary>
/// A simulated pack to practise on: time passes when it is told to, and what is set is played from event to event. It follows from the
/// session's log alone, so that practice goes on after the program was ended.
/// </summary>
public sealed class PracticePack
{
    private readonly PackSimulator simulator = new();
    private readonly TruePack truth;
    private readonly List<Step> done = [];
    private readonly CellState[] cells;
    private Step? running;
    private PackRun? played;

    /// <param name="pack">As its file says.</param>
    /// <param name="seed">Seed of what it truly is.</param>
    public PracticePack(PackSpec pack, ulong seed)
    {
        truth = TruePack.Draw(pack, seed);
        cells = new CellState[pack.Series];
        Look();
    }

    /// <summary>Time since the beginning, s.</summary>
    public double Now { get; private set; }

    /// <summary>How the last step ended by itself; null while one runs, and if it was switched off.</summary>
    public StepOutcome? Ended { get; private set; }

    /// <summary>Something is on.</summary>
    public bool IsRunning => running is not null;

    /// <summary>The cells as they are now; at the instant at which a step ended its current still flows.</summary>
    public ReadOnlySpan<CellState> Cells => cells;

    /// <summary>True temperature.</summary>
    public Celsius Temperature => truth.Temperature;

    /// <summary>The red lamp of a cell by index.</summary>
    public bool ShowsRed(int cell) => truth.Model.Cells[cell].ShowsRed(cells[cell]);

    /// <summary>The green lamp of a cell by index.</summary>
    public bool ShowsGreen(int cell) => truth.Model.Cells[cell].ShowsGreen(cells[cell]);

    /// <summary>True Ah to full of a cell by index.</summary>
    public double ToFullAh(int cell) => (1 - cells[cell].Soc) * truth.Model.CellCapacityAh(cell);

    /// <summary>The practice of a session, as its log left it.</summary>
    public static PracticePack Of(Session session)
    {
        ArgumentNullException.ThrowIfNull(session);
        var pack = new PracticePack(session.Pack, session.Seed);
        foreach (Placed placed in session.Log)
        {
            pack.PassTo(placed.RecordedSeconds);
            pack.Follow(placed.Entry.Event);
        }

        return pack;
    }

    /// <summary>What a line of the log means for the pack.</summary>
    public void Follow(SessionEvent happened)
    {
        switch (happened)
        {
            case StepStarted started:
                Start(started.Step);
                break;
            case ChargeEnded or CellChargeEnded or DrainEnded or AllOff:
                SwitchOff();
                break;
            case IgnitionCycled or LoopTested { ChargedAgain: true }:
                SwitchOff();
                done.Add(new ResetIgnition());
                played = null;
                break;
        }
    }

    /// <summary>Lets time pass, but not beyond the instant at which what runs ends by itself.</summary>
    /// <returns>What is left of the time, s.</returns>
    public double Pass(double seconds)
    {
        if (seconds <= 0)
        {
            return 0;
        }

        if (running is null)
        {
            Ended = null;
            LeaveAlone(seconds);
            Now += seconds;
            Look();
            return 0;
        }

        StepOutcome outcome = Played().Steps[^1];
        if (Now + seconds < outcome.EndSeconds)
        {
            Now += seconds;
            Look();
            return 0;
        }

        double left = Now + seconds - outcome.EndSeconds;
        done.Add(running);
        (running, Ended, Now, played) = (null, outcome, outcome.EndSeconds, null);
        Look();
        return left;
    }

    private void PassTo(double seconds)
    {
        for (double left = seconds - Now; left > 1e-9;)
        {
            left = Pass(left);
        }
    }

    private void Start(Step step)
    {
        if (running is not null)
        {
            throw new InputException(null, 0, null, "in practice one thing is done at a time; switch off first");
        }

        (running, Ended, played) = (step is Rest ? null : AsTruly(step), null, null);
    }

    private void SwitchOff()
    {
        if (running is { } step)
        {
            double lasted = Now - Begun();
            (running, played) = (null, null);
            if (lasted > 0)
            {
                done.Add(Cut(step, new Seconds(lasted)));
            }
        }

        Look();
    }

    // one rest, however often somebody looks: a screen lets time pass in small pieces
    private void LeaveAlone(double seconds)
    {
        double before = 0;
        if (done is [.., Rest { UntilShuntsOff: false, Duration: { } earlier }])
        {
            before = earlier.Value;
            done.RemoveAt(done.Count - 1);
        }

        done.Add(new Rest { Duration = new Seconds(before + seconds) });
        played = null;
    }

    private double Begun() => done.Count == 0 ? 0 : new PackSimulator().Run(truth.Model, [.. done]).EndSeconds;

    private void Look()
    {
        PackRun run = Played();
        run.StateAt(new Seconds(Math.Min(Now, run.EndSeconds)), cells);
    }

    // what was done and what runs, played once until either changes
    private PackRun Played() => played ??= simulator.Run(truth.Model, running is null ? [.. done] : [.. done, running]);

    // instruments are off as they are in this session
    private Step AsTruly(Step step) => step switch
    {
        Charge charge => charge with { Current = charge.Current is { } amps ? truth.TrueOf(amps) : null },
        ChargeCells charge => charge with
        {
            Supply = charge.Supply with { Current = truth.TrueOf(charge.Supply.Current) },
            UntilTaperedTo = charge.UntilTaperedTo is { } taper ? truth.TrueOf(taper) : null,
        },
        _ => step,
    };

    private static Step Cut(Step step, Seconds lasted) => step switch
    {
        Charge charge => charge with { Limit = lasted },
        ChargeCells charge => charge with { Limit = lasted },
        DrainCell drain => drain with { Duration = lasted },
        _ => new Rest { Duration = lasted },
    };
}
