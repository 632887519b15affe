using System.Collections.Immutable;
using System.Globalization;
using TopBalance.Procedure;
using TopBalance.Words;
using TopBalance.Workbench.Sessions;

namespace TopBalance.Cli.Sessions.Screens;

/// <summary>What a key asks for.</summary>
/// <param name="View">The screens after it.</param>
internal sealed record Pressed(SessionView View)
{
    /// <summary>The line to be done, as a script would say it; null if none.</summary>
    public string? Line { get; init; }

    /// <summary>The person wants to leave.</summary>
    public bool Leave { get; init; }

    /// <summary>The bell is to be quiet until something new must be told.</summary>
    public bool Silence { get; init; }

    /// <summary>Practice: how much faster or slower.</summary>
    public double Faster { get; init; } = 1;
}

/// <summary>What keys do: a function of the screen and the key.</summary>
internal static class ScreenInput
{
    /// <summary>A line that stands for leaving; nothing is noted of it.</summary>
    public const string LeaveLine = "quit";

    private const char Escape = '\u001b', Backspace = '\b', Delete = '\u007f', KillLine = '\u0015';
    private const int LongestLine = 4000;

    /// <summary>The key is pressed.</summary>
    public static Pressed Press(SessionView view, char key) => view.Prompt is { } prompt
        ? prompt.Question is { } question ? Answer(view, question, key) : Type(view, prompt, key)
        : view.Panel != Overlay.Step ? InPanel(view, key) : AtStep(view, key);

    private static Pressed AtStep(SessionView view, char key)
    {
        if (KeyMap.Of(view).FirstOrDefault(k => k.Press == key) is { } pressed)
        {
            return Do(view, pressed.Line);
        }

        // at the lamps and the trip a number is all that has to be typed
        if (char.IsAsciiDigit(key) && view.Next.Action is "note-lamps" or "note-trip")
        {
            return Do(view, (view.Next.Action is "note-lamps" ? "lamps " : "trip ") + key, begins: true);
        }

        switch (key)
        {
            case 'w':
                return Open(view, Overlay.Why);
            case 'b':
                return Open(view, Overlay.Belief);
            case '!':
                return Open(view, Overlay.Wrong);
            case 'u':
                return Undo(view);
            case '?':
                return Do(view, "help");
            case ':' or '\r' or '\n':
                return new(view with { Prompt = new Prompt("", Catalogue.English.Say("prompt.any")), Said = [] });
            case 'q':
                return Leave(view);
            case ' ':
                return new(view) { Silence = true };
            case '\t':
                return new(view with { Page = view.Page + 1 });
            case '+' or '-' when view.Rate > 0:
                return new(view) { Faster = key == '+' ? 2 : 0.5 };
            default:
                return new(view);
        }
    }

    private static Pressed InPanel(SessionView view, char key)
    {
        if (view.Panel == Overlay.Wrong && KeyMap.Troubles.Where(t => t.Press == key).ToArray() is [var trouble])
        {
            return Do(view with { Panel = Overlay.Step }, KeyMap.LineOf(trouble.Kind));
        }

        return key switch
        {
            '!' => Open(view, Overlay.Wrong),
            '\t' or ' ' or '>' => new(view with { Page = view.Page + 1 }) { Silence = key == ' ' },
            '<' => new(view with { Page = Math.Max(0, view.Page - 1) }),
            _ => new(view with { Panel = Overlay.Step, Page = 0, Said = [] }),
        };
    }

    private static Pressed Type(SessionView view, Prompt prompt, char key)
    {
        switch (key)
        {
            case Escape:
                return new(view with { Prompt = null });
            case '\r' or '\n' when prompt.Text.Trim().Length == 0:
                return new(view with { Prompt = null });
            case '\r' or '\n' when AsksForOthers(view, prompt.Text):
                string lamps = prompt.Text.Trim();
                return new(view with { Prompt = new Prompt(Catalogue.English.Say("prompt.others"), "") { Question = (lamps + " others dark", lamps) } });
            case '\r' or '\n':
                return new(view with { Prompt = null }) { Line = prompt.Text.Trim() };
            case Backspace or Delete:
                return new(view with { Prompt = prompt with { Text = prompt.Text.Length > 0 ? prompt.Text[..^1] : "" } });
            case KillLine:
                return new(view with { Prompt = prompt with { Text = "" } });
            case var c when char.IsControl(c) || prompt.Text.Length >= LongestLine:
                return new(view);
            default:
                return new(view with { Prompt = prompt with { Text = prompt.Text + key } });
        }
    }

    // 'y' or 'n'; anything else changes nothing, Esc goes back
    private static Pressed Answer(SessionView view, (string Yes, string? No) question, char key) => key switch
    {
        'y' or 'Y' when string.Equals(question.Yes, LeaveLine, StringComparison.Ordinal) => new(view with { Prompt = null }) { Leave = true },
        'y' or 'Y' => new(view with { Prompt = null }) { Line = question.Yes },
        'n' or 'N' => new(view with { Prompt = null }) { Line = question.No },
        Escape => new(view with { Prompt = null }),
        _ => new(view),
    };

    private static Pressed Do(SessionView view, string line, bool begins = false) => begins || line.EndsWith(' ')
        ? new(view with { Prompt = new Prompt(line, Hint(line)), Said = [] })
        : new(view) { Line = line };

    private static string Hint(string line)
    {
        string name = line.Split(' ')[0];
        string usage = TypedCommand.All.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.Ordinal))?.Usage ?? "";
        string key = "prompt." + name;
        return Catalogue.English.Has(key) ? Catalogue.English.Say(key) : $"{Catalogue.English.Say("typed." + name)}: {name} {usage}";
    }

    private static Pressed Open(SessionView view, Overlay panel) => new(view with { Panel = panel, Page = 0, Said = [] });

    private static Pressed Undo(SessionView view)
    {
        if (Glance.Undoable(view.Session) is not { } entry)
        {
            return new(view with { Said = [Catalogue.English.Say("screen.nothing-to-undo")] });
        }

        string number = entry.Number.ToString(CultureInfo.InvariantCulture);
        var question = new Phrase("prompt.undo", number, EventText.Of(entry.Event));
        return new(view with { Prompt = new Prompt(question.ToString(), "") { Question = ("undo " + number, null) } });
    }

    // who leaves while a load is on is told that nothing will ring any more
    private static Pressed Leave(SessionView view) => view.Session.Practice || view.Session.Running.IsEmpty
        ? new(view) { Leave = true }
        : new(view with { Prompt = new Prompt(Catalogue.English.Say("prompt.leave"), "") { Question = (LeaveLine, null) } });

    private static bool AsksForOthers(SessionView view, string text) => text.StartsWith("lamps ", StringComparison.Ordinal)
        && view.Next.Action is "note-lamps"
        && text["lamps ".Length..].All(c => char.IsAsciiDigit(c) || c == ' ')
        && text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length - 1 is var cells && cells > 0 && cells < view.Session.Pack.Series;
}
