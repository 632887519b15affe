using System.Collections.Immutable;
using TopBalance.Packs;
using TopBalance.Quantities;
using TopBalance.Simulation;
using TopBalance.Tests.Frozen;
using TopBalance.Verification;
using TopBalance.Verification.Setup;

namespace TopBalance.Tests;

/// <summary>
/// The snippets of docs/house-style.md, compiled. What stands between the markers is the page's text, in its order; edit both together.
/// </summary>
public static class HouseStyle
{
    public static class Units
    {
        // snippet

        /// <summary>A current in A. Positive charges the cell, everywhere.</summary>
        /// <param name="Value">A.</param>
        public readonly record struct Amperes(double Value);

        // end

        public static Volts Of(CellModuleSpec module)
        {
            // snippet
            Volts setpoint = module.BenchSetpoint;      // 3.550 V for a 3.5 V shunt and a 3.6 V HVC

            // end
            return setpoint;
        }
    }

    public readonly record struct CellNumber
    {
        // snippet

        /// <param name="value">1 or more.</param>
        /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
        public CellNumber(int value)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            Value = value;
        }

        // end
        public int Value { get; }
    }

    internal static class Rules
    {
        // snippet
        public static ImmutableArray<ISetupRule> All { get; } =
        [
            new CellBelowLvc(),
            new ChargerSetPoint(),
            new SetPointAboveMax(),
        ];

        // end
    }

    public static class Loop
    {
        public static int First(PackModel model, double hvcVolts)
        {
            // snippet
            var simulator = new PackSimulator();                        // one per thread: it owns the buffers
            PackRun run = simulator.Run(model, new Charge());           // valid until the next call
            ReadOnlySpan<RunEvent> events = run.Events;                 // looked at, not owned

            // end
            var cells = new CellState[model.Cells.Length];
            run.StateAt(new Seconds(events[^1].TimeSeconds), cells);
            return FirstAtOrAbove(cells, hvcVolts);
        }

        // snippet

        /// <param name="cells">The cells of the pack. Length Ns.</param>
        /// <param name="hvcVolts">High voltage cutoff, V.</param>
        /// <returns>Index of the first cell at or above HVC, or -1.</returns>
        private static int FirstAtOrAbove(ReadOnlySpan<CellState> cells, double hvcVolts)
        {
            for (int k = 0; k < cells.Length; k++)
            {
                if (cells[k].VoltageVolts >= hvcVolts)
                {
                    return k;
                }
            }

            return -1;
        }

        // end

        public static double Draw(ulong seed)
        {
            // snippet
            var stream = new RandomStream(seed, key: 4);    // a stream per cell and quantity: what is known of one moves no other
            double soc = stream.NextUniform(0.30, 0.60);

            // end
            return soc;
        }
    }

    public static class Errors
    {
        public static Finding Of(double perCellVolts, double fullVolts)
        {
            // snippet
            return new Finding(
                "charger-set-point",
                Severity.Error,
                $"The charger holds {Say.Volts(perCellVolts)} per cell.",
                $"A full cell wants {Say.Volts(fullVolts)} here; only the BMS stands between it and the charger.",
                $"Set it to {Say.Volts(fullVolts)} for each cell, and do not charge before.");

            // end
        }
    }

    public class Examples
    {
        // snippet
        [Fact]
        public void The_charger_stays_off_until_the_ignition_is_cycled()
        {
            PackSpec pack = FrozenPack.Of(0.55, 0.6, 0.3, 0.8);
            Step rest = new Rest { Duration = new Seconds(600) };

            PackRun latched = pack.Run(new Charge(), rest, new Charge());

            latched.Steps[2].Reason.ShouldBe(EndReason.Loop);
        }

        // end
    }
}
