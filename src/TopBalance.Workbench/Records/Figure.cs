using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using TopBalance.Inference;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Workbench.Records;

/// <summary>What a figure or a sentence of a record rests on.</summary>
public enum Mark
{
    /// <summary>Somebody saw, measured or did it at the pack.</summary>
    Observed,

    /// <summary>Worked out from what was seen.</summary>
    Computed,

    /// <summary>As the files of the pack, the cell and the cell module say; nobody looked in this session.</summary>
    Stated,

    /// <summary>Nothing that was seen tells it.</summary>
    NotKnown,
}

/// <summary>
/// A number of a record with what it rests on. There is no other way for a number into a record, so none can be shown without its mark.
/// </summary>
[JsonConverter(typeof(FigureJson))]
public abstract record Figure
{
    private Figure(string unit, int digits) => (Unit, Digits) = (unit, digits);

    /// <summary>What it rests on.</summary>
    public abstract Mark Mark { get; }

    /// <summary>E.g. <c>Ah</c>; empty for a number without one.</summary>
    public string Unit { get; }

    /// <summary>Digits after the point that mean something to a reader.</summary>
    public int Digits { get; }

    /// <summary>Its number, the middle one of an interval; null where it is not known.</summary>
    public abstract double? Middle { get; }

    /// <summary>For people, with its unit.</summary>
    public abstract string Text { get; }

    /// <summary>Its middle alone, with its unit, where there is room for the range elsewhere.</summary>
    public string MiddleText => Middle is { } middle ? With(Number(middle)) : Text;

    private static double Finite(double value) =>
        double.IsFinite(value) ? value : throw new ArgumentException("A figure is a finite number.", nameof(value));

    private string Number(double value) =>
        Rounded(value, Digits).ToString("F" + Sheet.Number(Digits), CultureInfo.InvariantCulture).Replace('-', '−');

    private string With(string number) => Unit.Length == 0 ? number : number + "\u00a0" + Unit;

    /// <summary>Read off, counted or noted at the pack.</summary>
    /// <param name="Value">Finite.</param>
    /// <param name="Unit">Unit.</param>
    /// <param name="Digits">Digits after the point.</param>
    public sealed record Observed(double Value, string Unit, int Digits) : Figure(Unit, Digits)
    {
        /// <summary>The number.</summary>
        public double Value { get; } = Finite(Value);

        /// <inheritdoc/>
        public override Mark Mark => Mark.Observed;

        /// <inheritdoc/>
        public override double? Middle => Value;

        /// <inheritdoc/>
        public override string Text => With(Number(Value));
    }

    /// <summary>As a file says.</summary>
    /// <param name="Value">Finite.</param>
    /// <param name="Unit">Unit.</param>
    /// <param name="Digits">Digits after the point.</param>
    public sealed record Stated(double Value, string Unit, int Digits) : Figure(Unit, Digits)
    {
        /// <summary>The number.</summary>
        public double Value { get; } = Finite(Value);

        /// <inheritdoc/>
        public override Mark Mark => Mark.Stated;

        /// <inheritdoc/>
        public override double? Middle => Value;

        /// <inheritdoc/>
        public override string Text => With(Number(Value));
    }

    /// <summary>Worked out, with the range that holds the truth nine times of ten.</summary>
    /// <param name="Range">5, 50 and 95 % points, finite.</param>
    /// <param name="Unit">Unit.</param>
    /// <param name="Digits">Digits after the point.</param>
    public sealed record Computed(Interval90 Range, string Unit, int Digits) : Figure(Unit, Digits)
    {
        /// <summary>5, 50 and 95 % points.</summary>
        public Interval90 Range { get; } = new(Finite(Range.P05), Finite(Range.P50), Finite(Range.P95));

        /// <inheritdoc/>
        public override Mark Mark => Mark.Computed;

        /// <inheritdoc/>
        public override double? Middle => Range.P50;

        /// <summary>The range alone, with its unit.</summary>
        public string RangeText => With($"{Number(Range.P05)} to {Number(Range.P95)}");

        /// <inheritdoc/>
        public override string Text => With($"{Number(Range.P50)} ({Number(Range.P05)} to {Number(Range.P95)})");
    }

    /// <summary>Worked out by arithmetic from figures that say themselves how sure they are, such as a probability or a quotient.</summary>
    /// <param name="Value">Finite.</param>
    /// <param name="Unit">Unit.</param>
    /// <param name="Digits">Digits after the point.</param>
    public sealed record Derived(double Value, string Unit, int Digits) : Figure(Unit, Digits)
    {
        /// <summary>The number.</summary>
        public double Value { get; } = Finite(Value);

        /// <inheritdoc/>
        public override Mark Mark => Mark.Computed;

        /// <inheritdoc/>
        public override double? Middle => Value;

        /// <inheritdoc/>
        public override string Text => With(Number(Value));
    }

    /// <summary>Nothing tells it.</summary>
    /// <param name="Why">Why not, one sentence.</param>
    public sealed record NotKnown(string Why) : Figure("", 0)
    {
        /// <inheritdoc/>
        public override Mark Mark => Mark.NotKnown;

        /// <inheritdoc/>
        public override double? Middle => null;

        /// <inheritdoc/>
        public override string Text => Sheet.Say("record.mark.not-known");
    }
}

/// <summary>A sentence of a record with what it rests on: the numbers in it have its mark.</summary>
/// <param name="Mark">What it rests on.</param>
/// <param name="Text">The sentence.</param>
public sealed record Remark([property: JsonConverter(typeof(MarkJson))] Mark Mark, string Text);

/// <summary>Writes marks as <c>observed</c>, <c>computed</c>, <c>stated</c>, <c>not_known</c>, in the manner of <c>not_seen</c>.</summary>
internal sealed class MarkJson() : JsonStringEnumConverter<Mark>(JsonNamingPolicy.SnakeCaseLower);

/// <summary>Writes a figure as one object: its mark first, then its number or numbers with full precision, and its unit.</summary>
internal sealed class FigureJson : JsonConverter<Figure>
{
    public override Figure Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("A record is written, never read: it is kept as bytes.");

    public override void Write(Utf8JsonWriter writer, Figure value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("mark", JsonNamingPolicy.SnakeCaseLower.ConvertName(value.Mark.ToString()));
        switch (value)
        {
            case Figure.Computed computed:
                writer.WriteNumber("p05", computed.Range.P05);
                writer.WriteNumber("p50", computed.Range.P50);
                writer.WriteNumber("p95", computed.Range.P95);
                break;
            case Figure.NotKnown unknown:
                writer.WriteString("why", unknown.Why);
                break;
            default:
                writer.WriteNumber("value", value.Middle!.Value);
                break;
        }

        if (value.Unit.Length > 0)
        {
            writer.WriteString("unit", value.Unit);
        }

        writer.WriteEndObject();
    }
}
