using System.Collections.Immutable;
using TopBalance.Cli.Output;
using TopBalance.Words;
using Spectre.Console;
using TopBalance.Workbench.Files;

namespace TopBalance.Cli.Sessions.Screens;

/// <summary>
/// One screen of the session: a function of what is to be shown and of the size of the terminal. Top line, what runs, the lamps of the pack,
/// what to do next with what to mind, keys.
/// </summary>
internal static class SessionFrame
{
    /// <summary>Smallest size that is laid out for; a smaller terminal shows what to do and nothing else.</summary>
    public const int LeastWidth = 40, LeastHeight = 18;

    private const int LeastBoard = 3;

    /// <summary>The screen as lines of markup: at most <paramref name="height"/>, none longer than <paramref name="width"/>.</summary>
    /// <param name="view">What is to be shown.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="plain">ASCII only.</param>
    public static ImmutableArray<string> Lines(SessionView view, int width, int height, bool plain)
    {
        var sheet = new Sheet(width, plain);
        if (width < LeastWidth || height < LeastHeight)
        {
            return Small(view, sheet, height);
        }

        List<string> top = [Top(view, sheet), StatusLine.Of(view, sheet), sheet.Rule()];
        List<string> keys = [.. PromptLines(view, sheet), .. KeyLines(view, sheet)];
        int room = height - top.Count - keys.Count;
        List<string> middle = view.Panel == Overlay.Step ? Step(view, sheet, room) : Panels.Lines(view, sheet, room);
        return [.. top, .. middle.Take(room), .. Enumerable.Repeat("", Math.Max(0, room - middle.Count)), .. keys];
    }

    private static ImmutableArray<string> Small(SessionView view, Sheet sheet, int height)
    {
        string practice = view.Session.Practice ? Catalogue.English.Say("screen.practice") + ": " : "";
        string[] words = [.. view.Alarms.Take(1).Select(a => a.Text.ToString()), view.Next.Text.ToString(), Catalogue.English.Say("screen.small")];
        return [.. sheet.Text(practice + string.Join(' ', words), "bold").Take(height)];
    }

    private static string Top(SessionView view, Sheet sheet)
    {
        string practice = view.Session.Practice ? Catalogue.English.Say("screen.practice") + "  " : "";
        int room = sheet.Width - practice.Length - 15;
        string where = sheet.Clip(Catalogue.English.Say("phase." + view.Session.Phase), room) + "  "
            + view.Clock.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        string name = sheet.Clip(OneLine.Of(view.Session.Pack.Name), sheet.Width - practice.Length - where.Length - 2);
        string gap = new(' ', Math.Max(1, sheet.Width - practice.Length - name.Length - where.Length));
        return $"[bold yellow]{practice}[/][bold]{Markup.Escape(name)}[/]{gap}{Markup.Escape(where)}";
    }

    // what must be said comes first; the board takes what is left, and the less important is cut where that is too little
    private static List<string> Step(SessionView view, Sheet sheet, int room)
    {
        List<string> told = StepText.Lines(view, sheet, Math.Max(3, room - LeastBoard - 2));
        IReadOnlyList<string> board = PackBoard.Lines(view, sheet.Width, Math.Max(1, room - told.Count - 2));
        string legend = sheet.Clip(Catalogue.English.Say(view.Shown.IsEmpty ? "screen.legend" : "screen.legend-shown"), sheet.Width);
        return [.. board, $"[dim]{Markup.Escape(legend)}[/]", sheet.Rule(), .. told];
    }

    private static IEnumerable<string> PromptLines(SessionView view, Sheet sheet)
    {
        if (view.Prompt is not { } prompt)
        {
            return [];
        }

        if (prompt.Question is not null)
        {
            return sheet.Text(prompt.Text, "bold");
        }

        // the end of a long line is what is being typed
        string typed = prompt.Text.Length < sheet.Width - 4 ? prompt.Text : prompt.Text[^(sheet.Width - 4)..];
        return [.. sheet.Text(prompt.Hint, "dim").Take(2), $"[bold]> {Markup.Escape(OneLine.Of(typed))}_[/]"];
    }

    private static IEnumerable<string> KeyLines(SessionView view, Sheet sheet)
    {
        if (view.Prompt is { } prompt)
        {
            return sheet.Groups(Catalogue.English.Say(prompt.Question is null ? "keys.typing" : "keys.question"), "dim");
        }

        if (view.Panel != Overlay.Step)
        {
            return sheet.Groups(Catalogue.English.Say(view.Panel == Overlay.Wrong ? "keys.wrong" : "keys.panel"), "dim");
        }

        string silence = view.Alarms.IsEmpty ? "" : "   " + Catalogue.English.Say("keys.silence");
        string speed = view.Rate > 0 ? "   " + Catalogue.English.Say("keys.speed") : "";
        string always = string.Join("   ", KeyMap.Always.Select(k => $"{k.Press} {Catalogue.English.Say("key." + k.Label)}"));
        ImmutableArray<ScreenKey> keys = KeyMap.Of(view);
        bool ways = string.Equals(view.Next.Action, "choose", StringComparison.Ordinal);
        string step = string.Join("   ", keys.Where(k => !ways || !char.IsAsciiDigit(k.Press))
            .Select(k => $"{k.Press} {Catalogue.English.Say("key." + k.Label)}"));
        return [.. sheet.Groups(step, "bold"), .. sheet.Groups((always + silence + speed).Trim(), "dim")];
    }
}
