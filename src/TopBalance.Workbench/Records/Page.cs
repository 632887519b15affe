using System.Globalization;
using System.Xml.Linq;

namespace TopBalance.Workbench.Records;

/// <summary>Elements of a page: built as a tree, so that text of others can only ever be text.</summary>
internal static class Page
{
    /// <summary>An element.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="style">Its classes; null for none.</param>
    /// <param name="content">Attributes, elements, texts. Without any it is written with an end tag all the same, as HTML wants it.</param>
    public static XElement El(string name, string? style, params object?[] content) =>
        new(name, style is null ? null : new XAttribute("class", style), content.Length == 0 ? "" : content);

    /// <summary>An attribute.</summary>
    public static XAttribute At(string name, object value) =>
        new(name, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");

    /// <summary>A length of a drawing.</summary>
    public static XAttribute At(string name, double value) => new(name, value.ToString("0.##", CultureInfo.InvariantCulture));

    /// <summary>A text in a drawing.</summary>
    public static XElement Text(double x, double y, string style, string text) => El("text", style, At("x", x), At("y", y), text);

    /// <summary>A line in a drawing.</summary>
    public static XElement Rule(double x1, double y1, double x2, double y2, string style) =>
        El("line", style, At("x1", x1), At("y1", y1), At("x2", x2), At("y2", y2));

    /// <summary>A rectangle in a drawing.</summary>
    public static XElement Rect(double x, double y, double width, double height, string style) =>
        El("rect", style, At("x", x), At("y", y), At("width", width), At("height", height));

    /// <summary>A drawing as wide as the page; its units are pixels of a page 700 wide.</summary>
    public static XElement Svg(double height, string title, params object?[] content) => El(
        "svg", "drawing", At("viewBox", FormattableString.Invariant($"0 0 700 {height:0}")), At("role", "img"), At("aria-label", title),
        content);

    /// <summary>A figure with the letter of its mark.</summary>
    public static XElement Shown(Figure figure) => El("span", "f", figure.Text, Letter(figure.Mark));

    /// <summary>A sentence with the letter of its mark.</summary>
    public static XElement Shown(Remark remark) => El("span", null, remark.Text, Letter(remark.Mark));

    /// <summary>The letter of a mark.</summary>
    public static XElement Letter(Mark mark)
    {
        string name = Sheet.Say("record.mark." + mark switch
        {
            Mark.Observed => "observed",
            Mark.Computed => "computed",
            Mark.Stated => "stated",
            _ => "not-known",
        });
        return El("b", "mark m-" + mark.ToString().ToLowerInvariant(), At("title", name), RecordText.Letter(mark));
    }
}
