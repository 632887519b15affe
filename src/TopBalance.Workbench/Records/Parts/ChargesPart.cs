using System.Collections.Immutable;
using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Procedure;

namespace TopBalance.Workbench.Records.Parts;

/// <summary>Every charge of the whole pack, with what its lamps showed.</summary>
internal static class ChargesPart
{
    // 5 to 95 % of a normal distribution on each side, and the ammeter's error where the pack file is silent
    private const double Sigmas = 1.645, UsualCurrentSigma = 0.02;

    public static ImmutableArray<ChargeRow> Of(RecordCase of) =>
        [.. of.Seen.Entries.Where(e => e.Seen is ChargeSeen).Select((e, k) => Row(of.Session, k + 1, e.Entry, (ChargeSeen)e.Seen))];

    /// <summary>How a lamp is called.</summary>
    public static string Lamp(LampSight lamp) => lamp switch
    {
        LampSight.Lit => "lit",
        LampSight.Dark => "dark",
        _ => "not_seen",
    };

    private static ChargeRow Row(Session session, int number, int line, ChargeSeen charge)
    {
        PackSpec pack = session.Pack;
        LampSight[] lamps = [.. Enumerable.Range(0, pack.Series).Select(c => LampOf(charge, CellNumber.FromIndex(c)))];
        return new ChargeRow(number, line, (charge.At ?? session.Began).ToUniversalTime(), Ended(charge), [.. lamps.Select(Lamp)])
        {
            TrippedCell = charge.Tripped.Cell?.Value,
            Took = Sheet.Took(charge.Step.Limit),
            Current = charge.Step.Current is { } amps
                ? new Figure.Observed(amps.Value, "A", 1) : new Figure.Stated(pack.Charger.Current.Value, "A", 1),
            Delivered = Delivered(pack, charge),
            Lit = charge.Lamps is null && charge.Tripped.Cell is null
                ? Sheet.Unknown("record.lamps.none") : new Figure.Observed(lamps.Count(l => l == LampSight.Lit), "", 0),
            NotSeen = new Figure.Observed(lamps.Count(l => l == LampSight.NotSeen), "", 0),
            PackVoltage = charge.PackVoltage is { } volts
                ? new Figure.Observed(volts.Value, "V", 2) : Sheet.Unknown("record.not-measured"),
            PerCell = charge.PackVoltage is { } all
                ? new Figure.Derived(all.Value / pack.Series, "V", 3) : Sheet.Unknown("record.not-measured"),
        };
    }

    private static LampSight LampOf(ChargeSeen charge, CellNumber cell) =>
        charge.Tripped.Cell == cell ? LampSight.Lit : charge.Lamps?.Of(cell) ?? LampSight.NotSeen;

    private static Remark Ended(ChargeSeen charge) => charge.Ended switch
    {
        ChargeEnding.Hvc when charge.Tripped.Cell is { } cell => Sheet.Observed("record.ended.hvc", cell.ToString()),
        ChargeEnding.Hvc when charge.Tripped.Sight == TripSight.None => Sheet.Observed("record.ended.hvc-none"),
        ChargeEnding.Hvc => Sheet.Observed("record.ended.hvc-unseen"),
        ChargeEnding.Charged => Sheet.Observed("record.ended.charged"),
        ChargeEnding.Mains => Sheet.Observed("record.ended.mains"),
        _ => Sheet.Observed("record.ended.stopped"),
    };

    // current times time, while the current is constant; a current that tapers is known to a meter only
    private static Figure Delivered(PackSpec pack, ChargeSeen charge)
    {
        if (charge.Charge is { } metered)
        {
            return new Figure.Observed(metered.Value, "Ah", 2);
        }

        if (charge.Ended == ChargeEnding.Charged || charge.Step.Limit is not { } lasted)
        {
            return Sheet.Unknown("record.delivered.tapered");
        }

        double ah = (charge.Step.Current ?? pack.Charger.Current).Value * lasted.Value / 3600;
        double off = Sigmas * (pack.Unknowns?.CurrentSigma ?? UsualCurrentSigma) * ah;
        return new Figure.Computed(new Interval90(ah - off, ah, ah + off), "Ah", 2);
    }
}
