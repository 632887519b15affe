using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Xml;
using TopBalance.Procedure;
using TopBalance.Quantities;
using TopBalance.Words;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Records;

/// <summary>How all parts of a record say what they say.</summary>
internal static class Sheet
{
    /// <summary>A sentence of the catalogue.</summary>
    public static string Say(string key, params ImmutableArray<string> values) => Catalogue.English.Say(new Phrase(key, values));

    /// <summary>A sentence of the catalogue with its mark.</summary>
    public static Remark Observed(string key, params ImmutableArray<string> values) => new(Mark.Observed, Say(key, values));

    /// <inheritdoc cref="Observed"/>
    public static Remark Computed(string key, params ImmutableArray<string> values) => new(Mark.Computed, Say(key, values));

    /// <inheritdoc cref="Observed"/>
    public static Remark Stated(string key, params ImmutableArray<string> values) => new(Mark.Stated, Say(key, values));

    /// <inheritdoc cref="Observed"/>
    public static Remark NotKnown(string key, params ImmutableArray<string> values) => new(Mark.NotKnown, Say(key, values));

    /// <summary>A figure that nothing tells.</summary>
    public static Figure Unknown(string key, params ImmutableArray<string> values) => new Figure.NotKnown(Say(key, values));

    /// <summary>A duration as it is noted, in minutes up to an hour and a half, else in hours.</summary>
    public static Figure Took(Seconds? lasted) => lasted is not { } s ? Unknown("record.not-noted")
        : s.Value < 90 ? new Figure.Observed(s.Value, "s", 0)
        : s.Value < 90 * 60 ? new Figure.Observed(s.Value / 60, "min", 0)
        : new Figure.Observed(s.Value / 3600, "h", 1);

    /// <summary>A number for the inside of a sentence.</summary>
    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>An instant for people, UTC.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A line of the log as it was understood.</summary>
    public static string Told(SessionEvent happened) => Sessions.EventText.Of(happened);

    /// <summary>Text of others: nothing in it can steer a terminal, break a line or make a page that is none.</summary>
    public static string Clean(string text)
    {
        string line = OneLine.Of(text);
        if (line.All(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c)))
        {
            return line;
        }

        var clean = new StringBuilder(line.Length);
        foreach (char c in line)
        {
            clean.Append(XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : '\uFFFD');
        }

        return clean.ToString();
    }
}
