using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Practice;

/// <summary>What an owner does.</summary>
public sealed partial class SimulatedOwner
{
    // nobody waits longer than this for a charge of one cell, or for a lamp
    private const double LongestSupplyHours = 48, LongestLampHours = 24;

    // the current at the end is noted where it has left what was set by more than this share
    private const double NotedFall = 0.02;

    private readonly double[] supplyAh;

    /// <summary>Charges the pack until the BMS or the charger ends it, or until somebody switches it off.</summary>
    /// <param name="current">The charger turned to this; null: as the pack file has it.</param>
    /// <param name="limit">It is switched off after this; null: after the time of one and a half charges and twelve hours.</param>
    public ChargeSeen Charge(Amperes? current = null, Seconds? limit = null)
    {
        CloseLoop();
        double set = (current ?? Pack.Spec.Charger.Current).Value;
        double before = run.StringAh;
        double longest = (1.5 * CapacityAh * 3600 / set) + (12 * 3600);
        StepOutcome outcome = Play(new Charge
        {
            Current = current is { } turned ? Pack.TrueOf(turned) : null,
            Limit = new(Math.Min(longest, limit?.Value ?? longest)),
        });
        now.CopyTo(endOfCharge, 0);
        double came = run.StringAh - before;
        double amps = Pack.NotedOf(new(run.StateAt(new(run.EndSeconds), endOfCharge).CurrentAmps)).Value;
        ChargeEnding ended = outcome.Reason switch
        {
            EndReason.Hvc or EndReason.Lvc or EndReason.Loop => ChargeEnding.Hvc,
            EndReason.Charged => ChargeEnding.Charged,
            _ => ChargeEnding.Stopped,
        };
        ImmutableSortedDictionary<int, Seconds> redAfter = sight.RedTimes(run, outcome);
        LampsSeen? lamps = sight.Lamps(All(), endOfCharge);
        Trip trip = ended == ChargeEnding.Hvc ? Blink(outcome) : default;
        return Note(new ChargeSeen(new Charge { Current = current, Limit = sight.Time(outcome.EndSeconds - outcome.StartSeconds) }, ended)
        {
            Tripped = trip,
            Lamps = lamps,
            RedAfter = redAfter,
            EndCurrent = Math.Abs(amps - set) > NotedFall * set ? new Amperes(amps) : null,
            PackVoltage = sight.PackVoltage(endOfCharge),
            Charge = sight.Charge(came),
        });
    }

    /// <summary>Drains a cell, or by mistake the one beside it.</summary>
    public DrainSeen Drain(CellNumber cell, DrainLoadSpec load, Seconds duration)
    {
        PassGap();
        DrainLoadSpec real = load.Current is { } amps ? DrainLoadSpec.ConstantCurrent(Pack.TrueOf(amps), load.Rating) : load;
        StepOutcome outcome = Play(new DrainCell(sight.Touched(cell), real, duration));
        return Note(new DrainSeen(new DrainCell(cell, load, sight.Time(outcome.EndSeconds - outcome.StartSeconds))));
    }

    /// <summary>
    /// Charges one cell, or several adjacent ones in series, with somebody at hand. What is noted of the step is how the supply was set and
    /// how long it lasted.
    /// </summary>
    /// <param name="cells">One, or several adjacent ones in rising order.</param>
    /// <param name="supply">As it is set.</param>
    /// <param name="untilRed">Until the red lamps of all of them are lit.</param>
    /// <param name="untilTaperedTo">Until the ammeter shows this at constant voltage.</param>
    /// <param name="limit">It is switched off after this; null: after 48 h.</param>
    public CellChargeSeen ChargeCells(
        ImmutableArray<CellNumber> cells, SupplySetting supply, bool untilRed = false, Amperes? untilTaperedTo = null, Seconds? limit = null)
    {
        // in a row one cell can run away, and only the buzzer tells: it must be silent before
        if (cells.Length > 1)
        {
            AwaitSilence();
        }
        else
        {
            PassGap();
        }

        StepOutcome outcome = Play(new ChargeCells(cells, supply with { Current = Pack.TrueOf(supply.Current) })
        {
            UntilRed = untilRed,
            UntilTaperedTo = untilTaperedTo is { } taper ? Pack.TrueOf(taper) : null,
            Limit = limit ?? new(LongestSupplyHours * 3600),
        });
        foreach (CellNumber cell in cells)
        {
            supplyAh[cell.Index] += outcome.SupplyAh;
        }

        CellChargeEnding ended = outcome.Reason switch
        {
            EndReason.Red => CellChargeEnding.Red,
            EndReason.Tapered => CellChargeEnding.Tapered,
            EndReason.Alarm => CellChargeEnding.Alarm,
            _ => CellChargeEnding.Stopped,
        };
        CellState[] end = [.. now];
        LampsSeen? lamps = sight.Lamps(cells, end);
        return Note(new CellChargeSeen(
            new ChargeCells(cells, supply) { Limit = sight.Time(outcome.EndSeconds - outcome.StartSeconds) }, ended)
        {
            Tripped = ended == CellChargeEnding.Alarm ? Blink(outcome, end) : default,
            Lamps = lamps,
            EndCurrent = ended == CellChargeEnding.Tapered ? untilTaperedTo : null,
            Charge = sight.Charge(outcome.SupplyAh),
        });
    }

    /// <summary>Leaves the pack alone for a time that is noted; there is no other gap around it.</summary>
    public RestSeen Rest(Seconds duration) => Rest(new Rest { Duration = duration });

    /// <summary>Waits until no red lamp is lit any more, a day at the longest, and notes how long that took.</summary>
    public RestSeen RestUntilDark() => Rest(new Rest { UntilShuntsOff = true, Duration = new(LongestLampHours * 3600) });

    /// <summary>Cycles the ignition key and notes it. A charge does so on its own where it must.</summary>
    public ResetSeen Reset()
    {
        Play(new ResetIgnition());
        return Note(new ResetSeen());
    }

    /// <summary>Drives at a fifth of the capacity per hour; the charge noted is the ammeter's.</summary>
    public UseSeen Use(AmpereHours charge)
    {
        PassGap();
        double before = run.StringAh;
        Play(new Drive { Current = new(0.2 * CapacityAh), Charge = new(Pack.TrueOf(new(charge.Value)).Value) });
        double taken = Math.Max(before - run.StringAh, 1e-3);
        return Note(new UseSeen(new(Pack.NotedOf(new(taken)).Value)));
    }

    /// <summary>Notes what cells showed at the very end of the last charge, with its current still flowing.</summary>
    public VoltagesSeen MeasureEndOfCharge(params IEnumerable<CellNumber> cells) =>
        Note(new VoltagesSeen(sight.Voltages(cells, endOfCharge), null));

    /// <summary>Lets the pack rest and measures cells then. The rest is part of what is noted; there is no other gap before it.</summary>
    public VoltagesSeen MeasureAtRest(Seconds rested, params IEnumerable<CellNumber> cells)
    {
        gap = null;
        Play(new Rest { Duration = rested });
        gap = new Seconds(0);
        return Note(new VoltagesSeen(sight.Voltages(cells, now), sight.Time(rested.Value)));
    }

    private IEnumerable<CellNumber> All() => Enumerable.Range(0, now.Length).Select(CellNumber.FromIndex);

    private RestSeen Rest(Rest rest)
    {
        StepOutcome outcome = Play(rest);
        gap = new Seconds(0);
        return Note(new RestSeen(rest with { Duration = sight.Time(outcome.EndSeconds - outcome.StartSeconds) }));
    }

    private double CapacityAh => Pack.Spec.Parallel * Pack.Spec.Cell.Capacity.Value;

    private void CloseLoop()
    {
        AwaitSilence();
        Play(new ResetIgnition());
    }

    // a contact that is still open keeps the charger off: the owner waits for the buzzer to stop, and notes how long
    private void AwaitSilence()
    {
        double before = run.EndSeconds;
        PassGap();
        if (now.Any(c => c.ContactOpen))
        {
            for (int k = 0; k < LongestLampHours * 60 && now.Any(c => c.ContactOpen); k++)
            {
                Play(new Rest { Duration = new(60) });
            }

            Note(new RestSeen(new Rest { Duration = sight.Time(run.EndSeconds - before) }));
        }
    }

    private Trip Blink(in StepOutcome outcome) => Blink(outcome, endOfCharge);

    // the owner looks at the lamps for a moment: one that is back by then was not seen
    private Trip Blink(in StepOutcome outcome, CellState[] end)
    {
        int cell = outcome.Cell;
        if (habits.LeastBlink.Value > 0)
        {
            Play(new Rest { Duration = habits.LeastBlink });
        }

        bool back = cell >= 0 && !now[cell].ContactOpen;
        return sight.Tripped(cell, end, back ? 0 : double.PositiveInfinity);
    }
}
