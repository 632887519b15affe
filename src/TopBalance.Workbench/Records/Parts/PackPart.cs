using System.Collections.Immutable;
using TopBalance.Packs;
using TopBalance.Workbench.Simulations;

namespace TopBalance.Workbench.Records.Parts;

/// <summary>The pack and what it is set to.</summary>
internal static class PackPart
{
    public static PackSheet Of(PackSpec pack) => new(
        Sheet.Clean(pack.Name), pack.Arrangement, Sheet.Clean(pack.Cell.Name), Sheet.Clean(pack.Module.Name), SetPoints(pack),
        [.. Remarks(pack)]);

    private static ImmutableArray<NamedFigure> SetPoints(PackSpec pack) =>
    [
        Named("series", pack.Series, "", 0),
        Named("members", pack.Parallel, "", 0),
        Named("capacity", pack.Cell.Capacity.Value * pack.Parallel, "Ah", 1),
        Named("charger-v", pack.Charger.Voltage.Value, "V", 1),
        new(Sheet.Say("record.set.per-cell"), new Figure.Derived(pack.Charger.Voltage.Value / pack.Series, "V", 3)),
        Named("charger-a", pack.Charger.Current.Value, "A", 1),
        Named("termination-a", pack.Charger.TerminationCurrent.Value, "A", 2),
        Named("shunt-on", pack.Module.ShuntOn.Value, "V", 2),
        Named("shunt-off", pack.Module.ShuntOff.Value, "V", 2),
        Named("shunt-a", pack.Module.Shunt.AmperesAt(pack.Module.ShuntOn.Value), "A", 2),
        Named("hvc", pack.Module.Hvc.Value, "V", 2),
        Named("lvc", pack.Module.Lvc.Value, "V", 2),
        Named("temperature", pack.Temperature.Value, "°C", 0),
    ];

    private static NamedFigure Named(string name, double value, string unit, int digits) =>
        new(Sheet.Say("record.set." + name), new Figure.Stated(value, unit, digits));

    private static IEnumerable<Remark> Remarks(PackSpec pack)
    {
        foreach ((string part, ImmutableArray<string> keys) in pack.Placeholders)
        {
            yield return Sheet.NotKnown("record.placeholders", Sheet.Clean(part), string.Join(", ", keys));
        }

        if (OutsideTrusted.Of(pack) is { } outside)
        {
            yield return new Remark(Mark.Computed, Sheet.Clean(outside));
        }
    }
}
