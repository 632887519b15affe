using TopBalance.Packs;

namespace TopBalance.Verification.Setup;

/// <summary>The charger's current against what a shunt takes: how long the lamps can be read, and what holds the fullest cell.</summary>
internal sealed class ChargerCurrent : ISetupRule
{
    /// <inheritdoc/>
    public string Code => "charger-current";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(PackSpec pack)
    {
        double amps = pack.Charger.Current.Value;
        CellModuleSpec module = pack.Module;
        if (amps <= module.Shunt.AmperesAt(module.Hvc.Value))
        {
            yield break;
        }

        yield return new Finding(
            Code,
            Severity.Warning,
            $"The charger gives {Say.Amperes(amps)}; a shunt takes {Say.Amperes(pack.ShuntAmps())} when it comes on at "
                + $"{Say.Volts(module.ShuntOn.Value)}.",
            $"The shunts cannot hold the fullest cell. {AtCurrent(pack, amps)} In a pack that is not balanced yet, HVC ends the charge "
                + "while other cells are still filling.",
            What(pack));
    }

    private static string AtCurrent(PackSpec pack, double amps) => KneeTime.At(pack, amps) is { } knee
        ? $"At {Say.Amperes(amps)} it goes from there to HVC at {Say.Volts(pack.Module.Hvc.Value)} in {Say.Duration(knee.Seconds)}, and "
            + $"its shunt takes {Say.AmpereHours(knee.BledAh)} from it meanwhile."
        : $"At {Say.Amperes(amps)} it does not come to HVC at {Say.Volts(pack.Module.Hvc.Value)} within "
            + $"{Say.Duration(KneeTime.LongestSeconds)}, if ever.";

    private static string What(PackSpec pack)
    {
        double holds = RoundedDown(pack.ShuntAmps());
        const string otherwise = "Be at the pack to read the lamps, and expect to charge the dark cells one by one or to drain the one "
            + "that trips.";
        return pack.Tools.ChargerCurrentMin switch
        {
            _ when holds <= 0 => $"These modules cannot hold a cell at any current. {otherwise}",
            null => $"If the charger can be turned down to {Say.Amperes(holds)} or less, do so when the first red lamp comes on: the "
                + $"shunts hold that. {otherwise}",
            { } least when least.Value <= holds => $"When the first red lamp comes on, turn the charger down to {Say.Amperes(holds)} or "
                + $"less: the shunts hold that. {otherwise}",
            { } least => $"{Say.Amperes(holds)} or less would be held; yours goes down to {Say.Amperes(least.Value)}. "
                + $"{AtCurrent(pack, least.Value)} {otherwise}",
        };
    }

    // to steps that a charger's knob has
    private static double RoundedDown(double amps) => amps >= 0.05 ? Math.Floor((amps * 20) + PackFigures.Rounding) / 20 : amps;
}
