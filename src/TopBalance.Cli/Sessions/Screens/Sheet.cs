using Spectre.Console;
using TopBalance.Cli.Output;

namespace TopBalance.Cli.Sessions.Screens;

/// <summary>Lines of one width.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Plain">ASCII only: what is wider in ASCII is widened before it is broken.</param>
internal sealed record Sheet(int Width, bool Plain)
{
    /// <summary>Words as lines of markup.</summary>
    /// <param name="text">Text, no markup.</param>
    /// <param name="style">A Spectre style.</param>
    /// <param name="lead">Before the first line; the others are indented by as much.</param>
    public IEnumerable<string> Text(string text, string style = "default", string lead = "")
    {
        string before = lead;
        foreach (string line in Screen.Wrap(text, Width - lead.Length, Plain))
        {
            yield return $"[{style}]{Markup.Escape(Clip(before + line, Width))}[/]";
            before = new string(' ', lead.Length);
        }
    }

    /// <summary>A line that was laid out before, as it is where it fits.</summary>
    public IEnumerable<string> AsIs(string line, string lead = "") => (Plain ? Ascii.Of(line) : line).Length + lead.Length <= Width
        ? [Markup.Escape(lead + line)]
        : Text(line, "default", lead);

    /// <summary>Groups of words that stay together, set apart by three spaces.</summary>
    public IEnumerable<string> Groups(string text, string style)
    {
        string line = "";
        foreach (string group in text.Split("   ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.Length > 0 && line.Length + 3 + group.Length > Width)
            {
                yield return $"[{style}]{Markup.Escape(line)}[/]";
                line = "";
            }

            line += (line.Length > 0 ? "   " : "") + Clip(group, Width);
        }

        if (line.Length > 0)
        {
            yield return $"[{style}]{Markup.Escape(line)}[/]";
        }
    }

    /// <summary>At most so many columns; what is cut is shown to be.</summary>
    public string Clip(string text, int width)
    {
        string shown = Plain ? Ascii.Of(text) : text;
        return shown.Length <= width ? shown : shown[..Math.Max(0, width - 1)] + "~";
    }

    /// <summary>A line across.</summary>
    public string Rule() => $"[dim]{new string('─', Width)}[/]";
}
