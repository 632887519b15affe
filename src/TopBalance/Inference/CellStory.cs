using System.Globalization;
using TopBalance.Inference.Observations;

namespace TopBalance.Inference;

/// <summary>What was seen of one cell, for the line of evidence.</summary>
internal sealed class CellStory
{
    private int charges, lit, dark, trips;
    private CellChargeEnding? single;
    private double? volts;

    /// <summary>Its lamp at the end of the last charge of the pack.</summary>
    public LampSight Lamp { get; private set; }

    /// <summary>Ah taken out of it singly so far.</summary>
    public double Drained { get; private set; }

    /// <summary>Red on a charge of the pack after its last drain, or on any if it was never drained.</summary>
    public bool RedSinceDrain { get; private set; }

    /// <summary>How often it was charged singly, and whether since the last charge of the pack.</summary>
    public int SingleCharges { get; private set; }

    /// <inheritdoc cref="SingleCharges"/>
    public bool ChargedSince => single is not null;

    /// <summary>On a supply its current tapered while its lamp stayed dark.</summary>
    public bool FullThoughDark { get; private set; }

    /// <summary>It tripped the last charge.</summary>
    public bool Tripped { get; private set; }

    public void Charged(LampSight lamp, bool tripped)
    {
        charges++;
        (lit, dark, trips) = (lit + (lamp == LampSight.Lit ? 1 : 0), dark + (lamp == LampSight.Dark ? 1 : 0), trips + (tripped ? 1 : 0));
        (Lamp, Tripped, single, volts) = (tripped ? LampSight.Lit : lamp, tripped, null, null);
        RedSinceDrain |= Lamp == LampSight.Lit;
    }

    public void ChargedSingly(CellChargeEnding ended)
    {
        single = ended;
        SingleCharges++;
        FullThoughDark |= ended == CellChargeEnding.Tapered && Lamp != LampSight.Lit;
        Lamp = ended == CellChargeEnding.Red ? LampSight.Lit : Lamp;
    }

    public void DrainedBy(double ah) => (Drained, RedSinceDrain) = (Drained + ah, false);

    public void Measured(double reading) => volts = reading;

    /// <summary>One line.</summary>
    public string Line()
    {
        string seen = this switch
        {
            { single: CellChargeEnding.Red } => "charged singly until its red lamp came on",
            { single: CellChargeEnding.Tapered } => "charged singly until the current had tapered",
            { single: CellChargeEnding.Alarm } => "charged singly until the buzzer sounded",
            { single: CellChargeEnding.Stopped } => "charged singly, stopped early",
            { Tripped: true } when trips > 1 => string.Create(CultureInfo.InvariantCulture, $"tripped the charger, {trips} times so far"),
            { Tripped: true } => "tripped the charger",
            { Lamp: LampSight.Lit } => "red at the end of the last charge",
            { Lamp: LampSight.Dark, lit: > 0 } => "dark at the end of the last charge, red before",
            { Lamp: LampSight.Dark } when dark == charges && charges == 2 => "dark at the end of both charges",
            { Lamp: LampSight.Dark } when dark == charges && charges > 2 => string.Create(CultureInfo.InvariantCulture, $"dark at the end of all {charges} charges"),
            { Lamp: LampSight.Dark } => "dark at the end of the last charge",
            { charges: > 0 } => "its lamp was not seen",
            _ => "nothing seen yet: only what the pack file says",
        };
        string drained = Drained > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {Drained:0.00} Ah drained") : "";
        string measured = volts is { } v ? string.Create(CultureInfo.InvariantCulture, $"; {v:0.000} V measured") : "";
        return seen + drained + measured;
    }
}
