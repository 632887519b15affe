using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Procedure;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Sessions;

/// <summary>
/// Carries out the advice at a simulated pack as a careful person would: for demonstrations and to show where a job leads.
/// </summary>
public sealed class CarefulHands
{
    private const double SignMinutes = 2, LongestMinutes = 60 * 24 * 4;
    private readonly SessionDesk desk;
    private readonly PracticePack pack;

    /// <param name="desk">A session in practice.</param>
    /// <exception cref="InputException">The pack is real: nobody can do this for the person who stands there.</exception>
    public CarefulHands(SessionDesk desk)
    {
        ArgumentNullException.ThrowIfNull(desk);
        this.desk = desk;
        pack = desk.Practice ?? throw new InputException(null, 0, null, "the pack is real: only you can do what is advised");
    }

    /// <summary>Carries out one piece of advice.</summary>
    /// <returns>False if there is nothing that hands can do: a verdict is due, or something must be decided.</returns>
    public bool Do(Advice next)
    {
        ArgumentNullException.ThrowIfNull(next);
        switch (next.Action)
        {
            case "accept-warnings":
                desk.Report(new WarningsAccepted());
                return true;
            case "check":
                Check(PreChecks.Missing(desk.Session).Select(c => c.Code).FirstOrDefault("temperature"));
                return true;
            case "test-charge":
                return TestCharge(next);
            case "charge":
                return Charge(next);
            case "reset":
                desk.Report(new IgnitionCycled());
                return true;
            case "rest":
                Rest();
                return true;
            case "drain":
                return Work(next, static (a, _) => new DrainEnded(a.Cells[0]));
            case "measure-supply":
                Measure(next.Cells.Length);
                return true;
            case "charge-cell" or "charge-four":
                return Work(next, CellsEnded);
            default:
                return false;
        }
    }

    private void Check(string code) => desk.Report(code switch
    {
        "voltages" => new CellsMeasured(Enumerable.Range(0, desk.Session.Pack.Series)
            .ToImmutableSortedDictionary(k => k + 1, k => new Volts(Math.Round(pack.Cells[k].VoltageVolts, 3)))),
        "temperature" => new TemperatureMeasured(pack.Temperature, pack.Temperature),
        _ => new CheckConfirmed(code),
    });

    private bool TestCharge(Advice next)
    {
        if (desk.Begin(next.Request!) is not Decision.Permitted)
        {
            return false;
        }

        desk.Wait(2);
        desk.Report(new LoopTested(ChargerStopped: true, Buzzer: true) { After = new Seconds(1), ChargedAgain = true });
        desk.Report(new ChargeEnded(ChargeEnding.Stopped));
        return true;
    }

    private bool Charge(Advice next)
    {
        if (desk.Begin(next.Request!) is not Decision.Permitted)
        {
            return false;
        }

        desk.Wait(LongestMinutes);
        ChargeEnding ended = pack.Ended?.Reason switch
        {
            EndReason.Hvc or EndReason.Lvc or EndReason.Loop => ChargeEnding.Hvc,
            EndReason.Charged => ChargeEnding.Charged,
            _ => ChargeEnding.Stopped,
        };
        CellNumber[] all = [.. Enumerable.Range(0, desk.Session.Pack.Series).Select(CellNumber.FromIndex)];
        CellNumber[] red = [.. all.Where(c => pack.ShowsRed(c.Index))];
        double volts = Math.Round(pack.Cells.ToArray().Sum(c => c.VoltageVolts), 2);
        int tripped = Array.FindIndex(all, c => !pack.ShowsGreen(c.Index));
        desk.Report(new ChargeEnded(ended));
        desk.Report(new LampsNoted([.. red], []) { OthersDark = true });
        desk.Report(new PackMeasured(new Volts(volts)));
        if (ended == ChargeEnding.Hvc)
        {
            desk.Report(new TripNoted(tripped < 0 ? Trip.None : Trip.Of(all[tripped])));
        }

        return true;
    }

    private void Rest()
    {
        desk.Report(new StepStarted(new Rest { UntilShuntsOff = true }));
        for (int k = 0; k < 24 * 12 && pack.Cells.ToArray().Any(c => c.ShuntOn || c.ContactOpen); k++)
        {
            desk.Wait(5);
        }

        desk.Report(new RestEnded(LastLampOut: true));
    }

    private bool Work(Advice next, Func<Advice, StepOutcome?, SessionEvent> end)
    {
        if (desk.Begin(next.Request!) is not Decision.Permitted)
        {
            return false;
        }

        bool attended = Attendance.DueAt(desk.Session.OfCells.First()) is not null;
        while (pack.IsRunning)
        {
            desk.Wait(attended ? SignMinutes : LongestMinutes);
            if (attended)
            {
                desk.Report(new PresenceConfirmed("seen"));
            }
        }

        desk.Report(end(next, pack.Ended));
        return true;
    }

    private SessionEvent CellsEnded(Advice next, StepOutcome? outcome) => new CellChargeEnded(next.Cells[0], outcome?.Reason switch
    {
        EndReason.Red => CellChargeEnding.Red,
        EndReason.Tapered => CellChargeEnding.Tapered,
        EndReason.Alarm => CellChargeEnding.Alarm,
        _ => CellChargeEnding.Stopped,
    })
    {
        Red = [.. next.Cells.Where(c => pack.ShowsRed(c.Index))],
        Tripped = outcome is { Reason: EndReason.Alarm, Cell: >= 0 } o ? Trip.Of(CellNumber.FromIndex(o.Cell)) : default,
    };

    private void Measure(int cells)
    {
        ToolSpecs tools = desk.Session.Pack.Tools;
        int supply = cells > 1 ? -1 : Enumerable.Range(0, tools.BenchSupplies.Length).MaxBy(k => tools.BenchSupplies[k].Current.Value);
        Volts volts = cells > 1 ? tools.SmartCharger!.Absorption : desk.Session.Pack.Module.BenchSetpoint;
        desk.Report(new SupplyMeasured(supply, volts, PolarityRight: true));
    }
}
