using TopBalance.Packs;

namespace TopBalance.Verification.Setup;

/// <summary>What a bench supply is set to, and what its leads make of that.</summary>
internal sealed class BenchSetPoint : ISetupRule
{
    // a drop as large as the distance from shunt-on to HVC misleads whoever reads the supply's own display
    private const double LargeDrop = 0.1;

    // two leads of 1 m of 1.5 mm²
    private const double CommonLeadOhms = 0.024;

    // the paper: reduce the current a little, so that the supply does not overheat
    private const double EasedTo = 0.9;

    /// <inheritdoc/>
    public string Code => "bench-set-point";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(PackSpec pack) =>
        pack.Tools.BenchSupplies
            .Select((supply, index) => (Supply: supply, Number: index + 1))
            .GroupBy(s => (s.Supply.Current, s.Supply.Lead))
            .Select(alike => Of(pack, alike.First().Supply, [.. alike.Select(s => s.Number)]));

    private Finding Of(PackSpec pack, BenchSupplySpec supply, int[] numbers)
    {
        CellModuleSpec module = pack.Module;
        double drop = supply.Current.Value * supply.Lead.Value;
        bool large = drop > LargeDrop;
        string set = Say.Volts(module.BenchSetpoint.Value);
        return new Finding(
            Code,
            large ? Severity.Warning : Severity.Note,
            $"Bench {(numbers.Length == 1 ? "supply" : "supplies")} {string.Join(", ", numbers)}: up to "
                + $"{Say.Amperes(supply.Current.Value)}, leads of "
                + $"{(supply.Lead.Value > 0 ? Say.Ohms(supply.Lead.Value) : "unknown resistance")}.",
            $"{set} is midway between shunt-on ({Say.Volts(module.ShuntOn.Value)}) and HVC ({Say.Volts(module.Hvc.Value)}): it lights "
                + $"the red lamp and stays below HVC. {Leads(pack, supply, drop)}",
            $"Set {set} and about {Say.Amperes(EasedTo * supply.Current.Value)} before connecting. Measure at the cell's terminals, not "
                + $"at the supply, and wait for the current to fall.{(large ? " Use shorter or thicker leads." : "")}");
    }

    private static string Leads(PackSpec pack, BenchSupplySpec supply, double drop)
    {
        double set = pack.Module.BenchSetpoint.Value;
        double amps = supply.Current.Value;
        if (drop <= 0)
        {
            return $"Leads of {Say.Ohms(CommonLeadOhms)} (twice 1 m of 1.5 mm²) would take {Say.Volts(CommonLeadOhms * amps)} at "
                + $"{Say.Amperes(amps)}; write yours as 'lead_ohm'.";
        }

        string danger = set + drop > pack.Module.Hvc.Value ? $", above HVC at {Say.Volts(pack.Module.Hvc.Value)}" : "";
        return $"At {Say.Amperes(amps)} the leads take {Say.Volts(drop)}: the supply shows {Say.Volts(set)} while the cell has "
            + $"{Say.Volts(set - drop)}, so the current falls early and the end takes longer. "
            + "Turning the supply up by the drop is no remedy: as the current falls the cell would come to "
            + $"{Say.Volts(set + drop)}{danger}.";
    }
}
