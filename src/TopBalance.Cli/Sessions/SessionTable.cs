using System.Globalization;
using Spectre.Console;
using TopBalance.Cli.Output;
using TopBalance.Cli.Sessions.Screens;
using TopBalance.Inference;
using TopBalance.Inference.Observations;
using TopBalance.Packs;
using TopBalance.Procedure;
using TopBalance.Simulation;
using TopBalance.Verification.Verdicts;
using TopBalance.Words;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Sessions;
using TopBalance.Workbench.Simulations;

namespace TopBalance.Cli.Sessions;

/// <summary>A session on a terminal: what is typed, what is told.</summary>
/// <param name="desk">The session.</param>
/// <param name="screen">Where it is shown.</param>
internal sealed class SessionTable(SessionDesk desk, Screen screen)
{
    /// <summary>Most steps that practice carries out by itself in one go.</summary>
    public const int MostSteps = 1000;

    /// <summary>The session.</summary>
    public SessionDesk Desk => desk;

    /// <summary>The last verdict given here; null before the first.</summary>
    public Verdict? Verdict { get; private set; }

    /// <summary>Does what a line says.</summary>
    /// <param name="line">As typed.</param>
    /// <param name="byHand">By a person; else from a file.</param>
    /// <exception cref="InputException">The line is wrong; nothing was noted.</exception>
    public void Do(string line, bool byHand)
    {
        var words = new Words(line, byHand);
        string name = words.Next("a command");
        TypedCommand command = TypedCommand.All.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new InputException(null, 0, null, Unknown(name));
        command.Do(this, words);
    }

    /// <summary>Notes something and says so.</summary>
    public void Report(SessionEvent happened, double minutesAgo)
    {
        desk.Report(happened, minutesAgo);
        int line = desk.Session.Log.Count;
        if (desk.Session.Disputed.TryGetValue(line, out Dispute? dispute) && dispute.Counts is null)
        {
            Tell(new Phrase("screen.disputed", Number(line), Catalogue.English.Say("disputed." + dispute.Code)), "bold");
        }
        else
        {
            Tell(new Phrase("screen.noted", Number(line), EventText.Of(happened)), "dim");
        }

        if (desk.MirrorProblem is { } problem)
        {
            Tell(new Phrase("screen.mirror", problem), "bold");
        }

        ShowChange();
    }

    /// <summary>Begins what is asked for, or what is advised; says why not.</summary>
    public void Begin(SessionRequest? request, bool rest)
    {
        if (rest || (request is null && string.Equals(desk.Next().Action, "rest", StringComparison.Ordinal)))
        {
            Report(new StepStarted(new Rest { UntilShuntsOff = true }), 0);
            return;
        }

        SessionRequest asked = request ?? desk.Next().Request
            ?? throw new InputException(null, 0, null, Catalogue.English.Say("screen.nothing-to-begin"));
        if (desk.Begin(asked) is Decision.Refused refused)
        {
            Tell(new Phrase("screen.refused"), "bold");
            foreach (Refusal because in refused.Because)
            {
                screen.Paragraph($"{because.Why} {because.Permit}", indent: 2);
            }
        }
        else
        {
            Tell(new Phrase("screen.begun", Number(desk.Session.Log.Count)), "dim");
        }
    }

    /// <summary>Asks for the verdict and shows it.</summary>
    public void Judge()
    {
        if (desk.Ask(new RequestVerdict(desk.Now)) is Decision.Refused refused)
        {
            refused.Because.ToList().ForEach(b => screen.Paragraph($"{b.Why} {b.Permit}"));
            return;
        }

        Verdict = desk.Judge();
        Tell(new Phrase("screen.verdict", Verdict.Outcome.ToString().ToUpperInvariant()), "bold");
        if (desk.Session.Practice)
        {
            Tell(new Phrase("screen.would-be", Verdict.ApartFromPractice.ToString().ToLowerInvariant()), "default");
        }

        foreach (Judged criterion in Verdict.Criteria)
        {
            string mark = criterion.Outcome switch { VerdictOutcome.Pass => "yes", VerdictOutcome.Fail => "NO", _ => "?" };
            screen.Paragraph($"{criterion.Seen}{(criterion.Next is { } next ? " " + next : "")}", indent: 5, lead: mark);
        }

        Tell(new Phrase(desk.Session.Practice ? "screen.record-practice" : "screen.record", desk.Id), "dim");
    }

    /// <summary>Lets practice time pass.</summary>
    public void Wait(double minutes)
    {
        double passed = desk.Wait(minutes);
        Tell(new Phrase("screen.passed", Wording.Duration(60 * passed)), "dim");
        if (desk.Practice!.Ended is { } ended)
        {
            Tell(new Phrase("screen.ended." + ended.Reason.ToString().ToLowerInvariant()), "bold");
            ShowLamps();
        }
    }

    /// <summary>Carries out the advice in practice until hands can do no more.</summary>
    public void Auto(int most)
    {
        var hands = new CarefulHands(desk);
        for (int k = 0; k < most; k++)
        {
            Advice next = desk.Next();
            Tell(next.Text, "default");
            if (!hands.Do(next))
            {
                break;
            }
        }
    }

    /// <summary>Where it stands and what to do next.</summary>
    public void ShowState()
    {
        Session s = desk.Session;
        screen.Line();
        string practice = s.Practice ? "[bold]" + Screen.Safe(Catalogue.English.Say("screen.practice")) + "[/]  " : "";
        screen.Line($"{practice}[bold]{Screen.Safe(s.Pack.Name)}[/]  {Screen.Safe(Catalogue.English.Say("phase." + s.Phase))}  [dim]{desk.Id}[/]");
        if (s is { WarningsAccepted: false, CheckUp: { } since })
        {
            Tell(new Phrase("screen.check-up", since.Session, Wording.Invariant($"{since.Months:0.0}")), "default");
        }

        foreach (Alarm alarm in desk.Alarms())
        {
            screen.Paragraph("! " + alarm.Text, "bold");
        }

        Advice next = desk.Next();
        screen.Box(Catalogue.English.Say("screen.next"), 0,
            [("", next.Text.ToString()), .. next.Because.Select(b => ("", $"{b.Why} {b.Permit}"))]);
        foreach (Phrase end in DeadEnds.Of(s, SessionSeen.Of(s).Observations))
        {
            screen.Paragraph(end.ToString());
        }
    }

    /// <summary>What is believed of each cell.</summary>
    public void ShowCells()
    {
        foreach (CellEstimate cell in desk.Cells())
        {
            string truth = desk.Practice is { } pack ? FormattableString.Invariant($"  (truly {pack.ToFullAh(cell.Cell.Index):0.00})") : "";
            (double low, double mid, double high) = cell.ToFullAh;
            screen.Line(Screen.Safe(FormattableString.Invariant($"cell {cell.Cell.Value,3}  {mid,6:0.00} Ah to full ({low:0.00} to {high:0.00}){truth}  {cell.Evidence}")));
        }
    }

    /// <summary>What is believed of each cell as a chart, the fullest first; with the truth where practice is over.</summary>
    public void ShowBelief() => ShowPanel(Overlay.Belief);

    /// <summary>Why the next step is what it is.</summary>
    public void ShowWhy() => ShowPanel(Overlay.Why);

    private void ShowPanel(Overlay panel)
    {
        var glance = new Glance(desk);
        SessionView view = glance.View();
        view = view with { Panel = panel, Cells = desk.Session.Charges > 0 ? glance.Cells() : [] };
        Panels.Lines(view, new Sheet(screen.Width, screen.Plain), int.MaxValue).ForEach(screen.Line);
    }

    /// <summary>The log.</summary>
    public void ShowLog()
    {
        foreach (Placed placed in desk.Session.Log)
        {
            SessionEntry entry = placed.Entry;
            string at = entry.Stamp.HappenedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            string mark = desk.Session.Disputed.ContainsKey(entry.Number) ? " !" : "";
            screen.Line(Screen.Safe($"{entry.Number,4} {at}{mark} {EventText.Of(entry.Event)}"));
        }
    }

    /// <summary>What can be typed.</summary>
    public void ShowHelp()
    {
        foreach (TypedCommand command in TypedCommand.All)
        {
            screen.Paragraph($"{Catalogue.English.Say("typed." + command.Name)} ({command.Name} {command.Usage})".Replace(" )", ")",
                StringComparison.Ordinal), indent: 10, lead: command.Name);
        }
    }

    private void ShowLamps()
    {
        PracticePack pack = desk.Practice!;
        Lamps[] lamps = [.. Enumerable.Range(0, desk.Session.Pack.Series).Select(c => new Lamps(pack.ShowsRed(c), pack.ShowsGreen(c)))];
        foreach (string line in LampPanel.Lines(desk.Session.Pack.Layout, lamps, screen.Width))
        {
            screen.Line(line);
        }

        screen.Line("[dim]" + LampPanel.LampLegend + "[/]");
    }

    private void ShowChange()
    {
        if (desk.Changed is not { } changed)
        {
            return;
        }

        foreach (CellChange cell in changed.Cells.Where(c => c.Undo is not null).Take(5))
        {
            screen.Paragraph(cell.Undo!.ToString(), indent: 2);
        }

        if (changed.AdviceChanged)
        {
            Tell(new Phrase("screen.advice-changed", changed.After.Text.ToString()), "bold");
        }
    }

    private void Tell(Phrase phrase, string style) => screen.Paragraph(phrase.ToString(), style);

    private static string Unknown(string name) => Spelling.Nearest(name, TypedCommand.All.Select(c => c.Name)) is { } near
        ? $"saw {OneLine.Quote(name)}; did you mean '{near}'?"
        : $"saw {OneLine.Quote(name)}; 'help' lists what can be typed";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
