using TopBalance.Packs;

namespace TopBalance.Verification.Setup;

/// <summary>What a drain load takes from a cell, how hot it gets, and how long a dose lasts.</summary>
internal sealed class DrainLoad : ISetupRule
{
    // the paper starts "in fractions of one amp hour"
    private const double DoseAh = 0.1;

    // a full cell under a load has soon fallen to this state of charge's rest voltage
    private const double DrainingSoc = 0.98;

    // nearer to its rating than this a load needs air
    private const double Near = 0.8;

    /// <inheritdoc/>
    public string Code => "drain-load";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(PackSpec pack)
    {
        if (pack.Tools.DrainLoad is not { } load)
        {
            yield break;
        }

        double hottest = pack.Module.Hvc.Value;
        double watts = hottest * load.AmperesAt(hottest);
        double volts = pack.Cell.At(pack.Temperature).Ocv.At(DrainingSoc);
        double amps = load.AmperesAt(volts);
        double minutes = 60 * DoseAh / Math.Max(amps, 1e-6);
        double? rating = load.Rating?.Value;
        string what = load.Resistance is { } ohms ? $"The drain load of {Say.Ohms(ohms.Value)}" : "The drain load";
        yield return new Finding(
            Code,
            SeverityOf(watts, rating, minutes),
            $"{what} takes {Say.Amperes(amps)} from a cell at {Say.RoughVolts(volts)}, and makes {Say.Watts(watts)} of heat at "
                + $"{Say.Volts(hottest)}.",
            $"{Heat(watts, rating)} It takes {Say.AmpereHours(amps / 60)} per minute: {Say.AmpereHours(DoseAh)} in "
                + $"{Say.Duration(minutes * 60)}.{Speed(minutes)}",
            $"{Remedy(watts, rating, minutes)}Begin with {Say.AmpereHours(DoseAh)}, cycle the charger, and shorten the dose as more red "
                + "lamps come on. Never leave it: a load that is forgotten empties the cell.");
    }

    private static Severity SeverityOf(double watts, double? rating, double minutes) => rating switch
    {
        { } most when watts > most => Severity.Error,
        { } most when watts > Near * most => Severity.Warning,
        _ => minutes < 1 ? Severity.Warning : Severity.Note,
    };

    private static string Heat(double watts, double? rating) => rating switch
    {
        null => "How much heat it may make is not given.",
        { } most when watts > most => $"That is above its rating of {Say.Watts(most)}: it burns.",
        { } most when watts > Near * most => $"That is close to its rating of {Say.Watts(most)}: it gets hot enough to melt insulation.",
        { } most => $"It may make {Say.Watts(most)}.",
    };

    private static string Speed(double minutes) => minutes switch
    {
        < 1 => " That is too fast to stop in time by hand.",
        > 60 => " That is slow: a stronger load saves hours.",
        _ => "",
    };

    private static string Remedy(double watts, double? rating, double minutes)
    {
        bool cool = rating is { } most && watts <= Near * most;
        string heat = cool ? "" : $"Use one that may make at least {Say.Watts(2 * watts)}, in free air. ";
        return minutes < 1 ? $"{heat}Use a weaker one, of about 1 A. " : heat;
    }
}
