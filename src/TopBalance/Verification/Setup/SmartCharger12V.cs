using TopBalance.Packs;

namespace TopBalance.Verification.Setup;

/// <summary>What the stages of a 12 V automotive charger do to the fullest of four unequal cells.</summary>
internal sealed class SmartCharger12V : ISetupRule
{
    private const int Four = 4;

    // above HVC by more than this, per cell, a stage is refused
    private const double AboveHvc = 0.1;

    /// <inheritdoc/>
    public string Code => "smart-charger-12v";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(PackSpec pack)
    {
        if (pack.Tools.SmartCharger is not { } charger)
        {
            yield break;
        }

        if (pack.Series < Four)
        {
            yield return new Finding(
                Code,
                Severity.Error,
                $"A 12 V charger is listed, and the pack has {pack.Series} cells.",
                $"It needs four cells in series: on fewer each would get {Say.Volts(charger.Absorption.Value / pack.Series)} or more.",
                "Do not connect it to this pack.");
            yield break;
        }

        double most = Four * (pack.Module.Hvc.Value + AboveHvc);
        foreach ((string name, double volts) in Stages(charger).Where(s => s.Volts > most + PackFigures.Rounding))
        {
            yield return Refused(pack, name, volts, most);
        }

        if (charger.Absorption.Value <= most + PackFigures.Rounding)
        {
            yield return Attended(pack, charger.Absorption.Value);
        }
    }

    private static IEnumerable<(string Name, double Volts)> Stages(SmartChargerSpec charger)
    {
        yield return ("absorption", charger.Absorption.Value);
        if (charger.Recondition is { } recondition)
        {
            yield return ("recondition", recondition.Value);
        }

        if (charger.Float is { } floating)
        {
            yield return ("float", floating.Value);
        }
    }

    private Finding Refused(PackSpec pack, string stage, double volts, double most) => new(
        Code,
        Severity.Error,
        $"The 12 V charger has a {stage} stage of {Say.Volts(volts)}: {Say.Volts(volts / Four)} per cell, if the four were equal.",
        $"That is above {Say.Volts(most)}, 0.1 V per cell over HVC. {Fullest(pack, volts)}",
        $"Switch this stage off or use another charger or a bench supply. A stage of {Say.Volts(Four * pack.Module.Hvc.Value)} ({Four} × "
            + $"{Say.Volts(pack.Module.Hvc.Value)}) fits.");

    private Finding Attended(PackSpec pack, double volts) => new(
        Code,
        Severity.Warning,
        $"The 12 V charger holds {Say.Volts(volts)} on four cells.",
        $"The BMS cannot stop it, and it sees only the sum. {Fullest(pack, volts)} No stage is safe to leave.{TooLow(pack, volts)}",
        "Stay with it and switch it off at once at the buzzer, then finish the other three cells singly. Start with the four that are "
            + "most alike.");

    private static string Fullest(PackSpec pack, double volts)
    {
        double plateau = pack.PlateauVolts();
        return $"With three of the four still on their plateau at {Say.RoughVolts(plateau)}, the fullest would be driven towards "
            + $"{Say.RoughVolts(volts - ((Four - 1) * plateau))}.";
    }

    private static string TooLow(PackSpec pack, double volts) => volts < Four * pack.Module.ShuntOn.Value
        ? $" Four equal cells get {Say.Volts(volts / Four)} each, below shunt-on: it cannot light all four red lamps."
        : "";
}
