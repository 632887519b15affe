using System.Text;

namespace TopBalance.Workbench.Records;

/// <summary>Lines of plain text, wrapped at 80 columns.</summary>
/// <param name="banner">Stands above every heading; null for none.</param>
internal sealed class TextSheet(string? banner)
{
    private const int Width = 80, LabelWidth = 22;
    private readonly StringBuilder text = new();

    /// <summary>One line as it is.</summary>
    public void Line(string line = "") => text.Append(line.Replace('\u00a0', ' ').TrimEnd()).Append('\n');

    /// <summary>A heading after an empty line, under the banner if there is one.</summary>
    public void Heading(string heading)
    {
        Line();
        if (banner is not null)
        {
            Paragraph(banner);
        }

        Line(heading);
        Line(new string('-', Math.Min(Width, heading.Length)));
    }

    /// <summary>Words wrapped to the width; nothing for no words.</summary>
    public void Paragraph(string words) => Row("", words, 0);

    /// <summary>Words behind a label.</summary>
    public void Row(string label, string words, int indent = LabelWidth)
    {
        var line = new StringBuilder(label.PadRight(indent));
        if (label.Length > 0 && label.Length >= indent)
        {
            line.Append(' ');
        }

        int start = line.Length;
        foreach (string word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > start && line.Length + 1 + word.Length > Width)
            {
                Line(line.ToString());
                line.Clear().Append(' ', indent);
                start = indent;
            }

            line.Append(line.Length > start ? " " : "").Append(word);
        }

        if (words.Length > 0 || label.Length > 0)
        {
            Line(line.ToString());
        }
    }

    /// <summary>The text, ended by a line feed.</summary>
    public override string ToString() => text.ToString();
}
