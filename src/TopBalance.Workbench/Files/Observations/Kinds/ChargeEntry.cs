using System.Collections.Immutable;
using TopBalance.Inference.Observations;
using TopBalance.Quantities;
using TopBalance.Simulation;

namespace TopBalance.Workbench.Files;

/// <summary><c>charge</c>: the pack charger was on.</summary>
internal sealed class ChargeEntry() : MapKind(
    "charge",
    "The whole pack was charged.",
    "{ minutes: 182.3, ended: hvc, tripped: 30, red: [3, 14, 30] }",
    [
        Current, EntryKeys.Minutes, EntryKeys.Hours, Ended, Tripped, LampKeys.Red, LampKeys.NotSeen, RedAfter, PackVoltage,
        EntryKeys.EndCurrent, EntryKeys.Charge,
    ],
    EntryKeys.Lasts,
    LampKeys.Together)
{
    // a minute read off one clock and the length of the charge off another
    private const double RoundingSeconds = 60;

    private static readonly Key<Amperes> Current =
        new("current_a", Shapes.Amperes(NumberRange.Above(0, 2000)), "Its current, A. Default: the pack charger's.") { Example = "10" };

    private static readonly ChoiceShape<ChargeEnding> Endings = new(
        ("hvc", ChargeEnding.Hvc),
        ("charged", ChargeEnding.Charged),
        ("stopped", ChargeEnding.Stopped),
        ("mains", ChargeEnding.Mains));

    private static readonly Key<ChargeEnding> Ended = new(
        "ended",
        Endings,
        "The BMS stopped the charger (hvc), its current had tapered (charged), somebody switched it off, or the mains failed.")
    {
        Required = true,
        Example = "hvc",
    };

    private static readonly Key<Trip> Tripped =
        new("tripped", new TripShape(), "Which green lamp went out: a cell, unseen, or none; with ended: hvc.")
        {
            Default = Trip.Unseen,
            Example = "30",
        };

    private static readonly Key<ImmutableSortedDictionary<int, Seconds>> RedAfter = new(
        "red_after_min",
        new CellMapShape<Seconds>(Shapes.Minutes(NumberRange.From(0, 100_000))),
        "When single red lamps came on, min from the start of this charge.")
    { Example = "{ 30: 1.2 }" };

    private static readonly Key<Volts> PackVoltage =
        new("pack_v", Shapes.Volts(NumberRange.Above(0, 2400)), "Voltage of the whole pack at the end, V.") { Example = "168.1" };

    protected override Observation Read(MapValues values, EntryContext context)
    {
        Seconds lasted = EntryKeys.Duration(values);
        ChargeEnding ended = values.Get(Ended);
        if (values.Has(Tripped) && ended != ChargeEnding.Hvc)
        {
            throw values.WrongAt(Tripped, $"means nothing with 'ended: {Endings.Show(ended)}', only with hvc; correct one of the two");
        }

        return new ChargeSeen(new Charge { Current = values.Find(Current), Limit = lasted }, ended)
        {
            Tripped = context.Trip(values, Tripped),
            Lamps = LampKeys.Read(values, context),
            RedAfter = CameOn(values, context, lasted),
            PackVoltage = values.Find(PackVoltage),
            EndCurrent = values.Find(EntryKeys.EndCurrent),
            Charge = values.Find(EntryKeys.Charge),
        };
    }

    protected override FlowMap? Map(Observation seen, Func<LogSeen, string> fileOf) => seen is ChargeSeen charge
        ? new FlowMap()
            .Add(Current, charge.Step.Current?.Value)
            .AddDuration(charge.Step.Limit ?? throw new ArgumentException("A charge that was seen has a length."))
            .Add(Ended, Endings.Show(charge.Ended)!.ToString())
            .Add(Tripped, charge.Ended == ChargeEnding.Hvc ? TripShape.Write(charge.Tripped) : null)
            .AddLamps(charge.Lamps)
            .Add(RedAfter, charge.RedAfter.IsEmpty ? null : MinutesOf(charge.RedAfter))
            .Add(PackVoltage, charge.PackVoltage?.Value)
            .Add(EntryKeys.EndCurrent, charge.EndCurrent?.Value)
            .Add(EntryKeys.Charge, charge.Charge?.Value)
        : null;

    private static string MinutesOf(ImmutableSortedDictionary<int, Seconds> cameOn)
    {
        var map = new FlowMap();
        foreach ((int cell, Seconds after) in cameOn)
        {
            map.Add(FormattableString.Invariant($"{cell}"), NumberText.Write(EntryKeys.Quotient(after.Value, 60)));
        }

        return map.ToString();
    }

    private static ImmutableSortedDictionary<int, Seconds> CameOn(MapValues values, EntryContext context, Seconds lasted)
    {
        ImmutableSortedDictionary<int, Seconds> cameOn = values.Get(RedAfter, ImmutableSortedDictionary<int, Seconds>.Empty);
        foreach ((int cell, Seconds after) in cameOn)
        {
            context.Cell(values, RedAfter, cell);
            if (after.Value > lasted.Value + RoundingSeconds)
            {
                string seen = FormattableString.Invariant($"saw {after.Value / 60:0.##} min for cell {cell}");
                string length = FormattableString.Invariant($"but the charge lasted {lasted.Value / 60:0.##} min");
                throw values.WrongAt(RedAfter, $"{seen}, {length}; it counts from the start of this charge; correct one of them");
            }
        }

        return cameOn;
    }
}
