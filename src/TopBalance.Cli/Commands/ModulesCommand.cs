using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TopBalance.Chemistry;
using TopBalance.Cli.Output;
using TopBalance.Packs;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Cli.Commands;

/// <summary><c>modules [ID]</c>: the cell-module library, or one cell module with the sources of its numbers.</summary>
internal static class ModulesCommand
{
    /// <summary>The command.</summary>
    public static ExampleCommand Create(Terminal terminal) => new LibraryCommand<CellModuleSpec>
    {
        Name = "modules",
        Description = "List the cell-module library, or show one of it.",
        One = "One cell module, with where its numbers come from",
        Example = "minibms-3.6",
        Ids = library => library.ModuleIds,
        Find = (library, id) => library.Module(id),
        Label = m => (m.Id, m.Name, m.Sources),
        Columns =
        [
            new("shunt V", m => Invariant($"{m.ShuntOn.Value:0.00#}")),
            new("HVC V", m => Invariant($"{m.Hvc.Value:0.00#}")),
            new("LVC V", m => Invariant($"{m.Lvc.Value:0.00#}")),
            new("shunt A", m => Invariant($"{m.Shunt.AmperesAt(m.Hvc.Value):0.00#}")),
            new("delay s", m => Invariant($"{m.Delay.Value:0.##}")),
        ],
        WriteRows = WriteRows,
        Entry = m => new ModuleEntry(m),
    }.Create(terminal);

    private static void WriteRows(Screen screen, CellModuleSpec m)
    {
        screen.Row("shunt", $"on at {m.ShuntOn.Value:0.00#} V (red lamp), off at {m.ShuntOff.Value:0.00#} V");
        screen.Row("", $"{m.Shunt.AmperesAt(m.Hvc.Value):0.00#} A at HVC{Kind(m.Shunt)}");
        if (m.Relative is { } rule)
        {
            screen.Row("", $"on {1000 * rule.OnAbove.Value:0.#} mV above the lowest cell, off at {1000 * rule.OffAbove.Value:0.#} mV");
        }

        screen.Row("HVC", $"at {m.Hvc.Value:0.00#} V (green lamp out), clears at {m.HvcClear.Value:0.00#} V");
        screen.Row("LVC", $"at {m.Lvc.Value:0.00#} V, clears at {m.LvcClear.Value:0.00#} V");
        screen.Row("delay", $"{m.Delay.Value:0.##} s");
        screen.Row("own draw", $"{1000 * m.Quiescent.Value:0.###} mA");
        screen.Row("bench supply at", $"{m.BenchSetpoint.Value:0.000} V, midway between shunt and HVC");
    }

    private static string Kind(ShuntSpec shunt) => shunt switch
    {
        ShuntSpec.Resistor resistor => Invariant($", {resistor.Resistance.Value:0.###} Ω"),
        _ => ", constant",
    };

    private sealed record ModuleEntry(
        string Id,
        string Name,
        [property: JsonPropertyName("shunt_on_v")] double ShuntOn,
        [property: JsonPropertyName("shunt_off_v")] double ShuntOff,
        double? ShuntCurrentA,
        double? ShuntResistanceOhm,
        double ShuntDuty,
        [property: JsonPropertyName("hvc_v")] double Hvc,
        [property: JsonPropertyName("hvc_clear_v")] double HvcClear,
        [property: JsonPropertyName("lvc_v")] double Lvc,
        [property: JsonPropertyName("lvc_clear_v")] double LvcClear,
        [property: JsonPropertyName("delay_s")] double Delay,
        double QuiescentA,
        [property: JsonPropertyName("shunt_on_above_lowest_v")] double? OnAboveLowest,
        [property: JsonPropertyName("shunt_off_above_lowest_v")] double? OffAboveLowest,
        ImmutableArray<Provenance> Sources)
    {
        public ModuleEntry(CellModuleSpec m)
            : this(
                m.Id,
                m.Name,
                m.ShuntOn.Value,
                m.ShuntOff.Value,
                (m.Shunt as ShuntSpec.ConstantCurrent)?.Current.Value,
                (m.Shunt as ShuntSpec.Resistor)?.Resistance.Value,
                m.Shunt.Duty,
                m.Hvc.Value,
                m.HvcClear.Value,
                m.Lvc.Value,
                m.LvcClear.Value,
                m.Delay.Value,
                m.Quiescent.Value,
                m.Relative?.OnAbove.Value,
                m.Relative?.OffAbove.Value,
                m.Sources)
        {
        }
    }
}
