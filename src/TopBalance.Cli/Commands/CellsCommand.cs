using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TopBalance.Chemistry;
using TopBalance.Cli.Output;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Cli.Commands;

/// <summary><c>cells [ID]</c>: the cell library, or one cell with the sources of its numbers.</summary>
internal static class CellsCommand
{
    /// <summary>The command.</summary>
    public static ExampleCommand Create(Terminal terminal) => new LibraryCommand<CellSpec>
    {
        Name = "cells",
        Description = "List the cell library, or show one cell with its sources.",
        One = "One cell, with where its numbers come from",
        Example = "calb-ca100",
        Ids = library => library.CellIds,
        Find = (library, id) => library.Cell(id),
        Label = c => (c.Id, c.Name, c.Sources),
        Columns =
        [
            new("name", c => c.Name, IsNumber: false),
            new("Ah", c => Invariant($"{c.Capacity.Value:0.##}")),
            new("full V", c => Invariant($"{c.FullVoltage.Value:0.0##}")),
            new("max V", c => Invariant($"{c.MaxVoltage.Value:0.0##}")),
            new("module V", c => c.ModuleHvc is { } hvc ? Invariant($"{hvc.Value:0.0##}") : "-"),
        ],
        WriteRows = WriteRows,
        Entry = c => new CellEntry(c),
    }.Create(terminal);

    private static void WriteRows(Screen screen, CellSpec c)
    {
        CellParameters at25 = c.At(new Quantities.Celsius(25));
        screen.Row("capacity", $"{c.Capacity.Value:0.##} Ah");
        screen.Row("full", $"{c.FullVoltage.Value:0.0##} V; never held above {c.MaxVoltage.Value:0.0##} V");
        screen.Row("empty", $"{c.MinVoltage.Value:0.0##} V");
        screen.Row("charging", $"{c.ChargeMinTemperature.Value:0.#} to {c.ChargeMaxTemperature.Value:0.#} °C");
        screen.Row("taper", $"the charge ends at {c.TerminationRate * c.Capacity.Value:0.##} A");
        screen.Row("resistance R0", $"{1000 * at25.R0.At(0.5, charging: true):0.###} mΩ at 50 % SoC and 25 °C, charging");
        screen.Row("curves at", $"{string.Join(", ", c.Temperatures.Select(t => Invariant($"{t.Temperature.Value:0.#} °C")))}");
        screen.Row("cell module", c.ModuleHvc is { } v ? $"the variant with HVC at {v.Value:0.0##} V" : (FormattableString)$"not said");
    }

    private sealed record CellEntry(
        string Id,
        string Name,
        string? Brand,
        double CapacityAh,
        [property: JsonPropertyName("full_v")] double FullVolts,
        [property: JsonPropertyName("max_v")] double MaxVolts,
        [property: JsonPropertyName("min_v")] double MinVolts,
        [property: JsonPropertyName("charge_temperature_c")] double[] ChargeTemperature,
        [property: JsonPropertyName("termination_c_rate")] double TerminationRate,
        [property: JsonPropertyName("module_hvc_v")] double? ModuleHvc,
        ImmutableArray<Provenance> Sources)
    {
        public CellEntry(CellSpec c)
            : this(
                c.Id,
                c.Name,
                c.Brand,
                c.Capacity.Value,
                c.FullVoltage.Value,
                c.MaxVoltage.Value,
                c.MinVoltage.Value,
                [c.ChargeMinTemperature.Value, c.ChargeMaxTemperature.Value],
                c.TerminationRate,
                c.ModuleHvc?.Value,
                c.Sources)
        {
        }
    }
}
