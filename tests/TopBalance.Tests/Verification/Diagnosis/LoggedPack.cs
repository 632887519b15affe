using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Tests.Verification.Diagnosis;

/// <summary>
/// A simulated pack that somebody works on: every act is played on the truth, and only what a person at the pack would note of it goes into
/// the log. Minutes are noted to a tenth, meters read to a millivolt.
/// </summary>
internal sealed class LoggedPack(PackSpec truth, ulong seed)
{
    private readonly PackModel model = PackDraw.Draw(truth, seed);
    private readonly PackSimulator simulator = new();
    private readonly List<Step> steps = [];
    private readonly List<Observation> seen = [];

    public IReadOnlyList<Observation> Seen => seen;

    /// <summary>Charges with all lamps looked at, and lets the shunts bleed afterwards.</summary>
    public ChargeSeen Charge(double? amps = null, double bleedHours = 1, bool lamps = true, params ReadOnlySpan<int> volts)
    {
        steps.Add(new ResetIgnition());
        Amperes? current = amps is { } a ? new Amperes(a) : null;
        (StepOutcome outcome, PackRun run) = Play(new Charge { Current = current, Limit = new Seconds(72 * 3600) });
        CellState[] cells = At(run, outcome.EndSeconds);
        ImmutableArray<CellNumber> red =
            [.. Enumerable.Range(0, cells.Length).Where(c => model.Cells[c].ShowsRed(cells[c])).Select(CellNumber.FromIndex)];
        ChargeEnding ended = outcome.Reason switch
        {
            EndReason.Hvc or EndReason.Lvc => ChargeEnding.Hvc,
            EndReason.Charged => ChargeEnding.Charged,
            _ => ChargeEnding.Stopped,
        };
        var noted = new ChargeSeen(new Charge { Current = current, Limit = Noted(outcome) }, ended)
        {
            Tripped = outcome.Reason == EndReason.Hvc ? Trip.Of(CellNumber.FromIndex(outcome.Cell)) : default,
            Lamps = lamps ? new LampsSeen(red, []) : null,
        };
        seen.Add(noted);
        if (volts.Length > 0)
        {
            seen.Add(new VoltagesSeen(Volts(cells, volts), null));
        }

        Rest(bleedHours);
        return noted;
    }

    public void Rest(double hours)
    {
        Play(new Rest { Duration = new Seconds(hours * 3600) });
        seen.Add(new RestSeen(new Rest { Duration = new Seconds(hours * 3600) }));
    }

    public void Drain(CellNumber cell, double amps, double minutes)
    {
        var step = new DrainCell(cell, DrainLoadSpec.ConstantCurrent(new Amperes(amps)), new Seconds(minutes * 60));
        Play(step with { Attended = false });
        seen.Add(new DrainSeen(step));
    }

    /// <summary>Charges one cell with a bench supply until its current has tapered to 1 A.</summary>
    public void ChargeSingly(CellNumber cell, double volts, double amps)
    {
        var step = new ChargeCells([cell], SupplySetting.Bench(new Volts(volts), new Amperes(amps)))
        {
            UntilTaperedTo = new Amperes(1),
            Limit = new Seconds(72 * 3600),
        };
        (StepOutcome outcome, _) = Play(step);
        bool alarm = outcome.Reason == EndReason.Alarm;
        seen.Add(new CellChargeSeen(step with { Limit = Noted(outcome) }, alarm ? CellChargeEnding.Alarm : CellChargeEnding.Tapered)
        {
            Charge = new AmpereHours(Math.Round(outcome.SupplyAh, 2)),
            Tripped = alarm ? Trip.Of(cell) : default,
        });
    }

    public void Use(double ah, double amps)
    {
        Play(new Drive { Current = new Amperes(amps), Charge = new AmpereHours(ah), ObeysLoop = false });
        seen.Add(new UseSeen(new AmpereHours(ah)));
    }

    public void MeasureAtRest(double hours)
    {
        (StepOutcome outcome, PackRun run) = Play(new Rest { Duration = new Seconds(hours * 3600) });
        int[] all = [.. Enumerable.Range(1, model.Cells.Length)];
        seen.Add(new VoltagesSeen(Volts(At(run, outcome.EndSeconds), all), new Seconds(hours * 3600)));
    }

    private (StepOutcome Outcome, PackRun Run) Play(Step step)
    {
        steps.Add(step);
        PackRun run = simulator.Run(model, [.. steps]);
        return (run.Steps[^1], run);
    }

    private CellState[] At(PackRun run, double seconds)
    {
        var cells = new CellState[model.Cells.Length];
        run.StateAt(new Seconds(seconds), cells);
        return cells;
    }

    private static ImmutableSortedDictionary<int, Volts> Volts(CellState[] cells, ReadOnlySpan<int> numbers)
    {
        var read = ImmutableSortedDictionary.CreateBuilder<int, Volts>();
        foreach (int number in numbers)
        {
            read[number] = new Volts(Math.Round(cells[number - 1].VoltageVolts, 3));
        }

        return read.ToImmutable();
    }

    private static Seconds Noted(StepOutcome outcome) => new(Math.Max(6, Math.Round((outcome.EndSeconds - outcome.StartSeconds) / 6) * 6));
}
