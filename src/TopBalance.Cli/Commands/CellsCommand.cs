using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Serialization;
using Spectre.Console;
using TopBalance.Chemistry;
using TopBalance.Cli.Output;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Json;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Cli.Commands;

/// <summary><c>cells [ID]</c>: the cell library, or one cell with the sources of its numbers.</summary>
internal static class CellsCommand
{
    /// <summary>The command.</summary>
    public static ExampleCommand Create(Terminal terminal)
    {
        Argument<string?> id = OptionValues.Id("One cell, with where its numbers come from");
        Option<bool> plain = OptionValues.Plain();
        var command = new ExampleCommand("cells", "List the cell library, or show one cell with its sources.", "cells", "cells calb-ca100")
        {
            id,
            plain,
        };
        command.SetAction(parsed =>
        {
            PartLibrary library = PartLibrary.BesideProgram;
            string? one = parsed.GetValue(id);
            CellSpec[] cells = one is not null ? [library.Cell(one)] : [.. library.CellIds.Select(library.Cell)];
            if (parsed.GetValue(command.Json))
            {
                CellEntry[] entries = [.. cells.Select(c => new CellEntry(c))];
                terminal.Out.Write((one is null ? JsonText.Of(new { cells = entries }) : JsonText.Of(entries[0])) + "\n");
                return;
            }

            var screen = new Screen(terminal, parsed.GetValue(plain));
            if (one is null)
            {
                WriteTable(screen, cells);
            }
            else
            {
                WriteOne(screen, cells[0]);
            }
        });
        return command;
    }

    private static void WriteTable(Screen screen, CellSpec[] cells)
    {
        Table table = new Table()
            .AddColumn(new TableColumn("id") { NoWrap = true })
            .AddColumn("name")
            .AddNumberColumns("Ah", "full V", "max V", "module V", SourcesText.UnsourcedHead);
        foreach (CellSpec c in cells)
        {
            table.AddRow(
                Screen.Safe(c.Id),
                Screen.Safe(c.Name),
                Invariant($"{c.Capacity.Value:0.##}"),
                Invariant($"{c.FullVoltage.Value:0.0##}"),
                Invariant($"{c.MaxVoltage.Value:0.0##}"),
                c.ModuleHvc is { } hvc ? Invariant($"{hvc.Value:0.0##}") : "-",
                SourcesText.Unsourced(c.Sources));
        }

        screen.Table(table);
        screen.Paragraph(SourcesText.Footer("cells"));
    }

    private static void WriteOne(Screen screen, CellSpec c)
    {
        CellParameters at25 = c.At(new Quantities.Celsius(25));
        screen.Line($"[bold]{Screen.Safe(c.Id)}[/]  {Screen.Safe(c.Name)}");
        screen.Line();
        screen.Row("capacity", $"{c.Capacity.Value:0.##} Ah");
        screen.Row("full", $"{c.FullVoltage.Value:0.0##} V; never held above {c.MaxVoltage.Value:0.0##} V");
        screen.Row("empty", $"{c.MinVoltage.Value:0.0##} V");
        screen.Row("charging", $"{c.ChargeMinTemperature.Value:0.#} to {c.ChargeMaxTemperature.Value:0.#} °C");
        screen.Row("taper", $"the charge ends at {c.TerminationRate * c.Capacity.Value:0.##} A");
        screen.Row("resistance R0", $"{1000 * at25.R0.At(0.5, charging: true):0.###} mΩ at 50 % SoC and 25 °C, charging");
        screen.Row("curves at", $"{string.Join(", ", c.Temperatures.Select(t => Invariant($"{t.Temperature.Value:0.#} °C")))}");
        screen.Row("cell module", c.ModuleHvc is { } v ? $"the variant with HVC at {v.Value:0.0##} V" : (FormattableString)$"not said");
        SourcesText.Write(screen, c.Sources);
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
