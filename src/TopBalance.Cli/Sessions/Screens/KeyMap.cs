using System.Collections.Immutable;
using System.Globalization;
using TopBalance.Methods;
using TopBalance.Procedure;
using TopBalance.Simulation;

namespace TopBalance.Cli.Sessions.Screens;

/// <summary>A key and the line that it stands for: whatever a key does can be typed and be written into a script.</summary>
/// <param name="Press">The key.</param>
/// <param name="Label">Its words are <c>key.LABEL</c> in the catalogue.</param>
/// <param name="Line">The line. One that ends with a space is begun, for the person to finish.</param>
internal sealed record ScreenKey(char Press, string Label, string Line)
{
    /// <summary>The person goes on typing.</summary>
    public bool Begins => Line.EndsWith(' ');
}

/// <summary>Which keys do what at which step.</summary>
internal static class KeyMap
{
    /// <summary>Keys that do the same everywhere: they open a panel or leave. Their words are <c>key.LABEL</c>.</summary>
    public static ImmutableArray<(char Press, string Label)> Always { get; } =
        [('w', "why"), ('b', "belief"), ('u', "undo"), ('!', "wrong"), (':', "type"), ('?', "help"), ('q', "quit")];

    /// <summary>What goes wrong, and the key for it.</summary>
    public static ImmutableArray<(char Press, TroubleKind Kind)> Troubles { get; } =
    [
        ('h', TroubleKind.Hot), ('s', TroubleKind.Smell), ('m', TroubleKind.Smoke), ('e', TroubleKind.Swelling), ('p', TroubleKind.Spark),
        ('o', TroubleKind.Other),
    ];

    /// <summary>The keys of the step.</summary>
    public static ImmutableArray<ScreenKey> Of(SessionView view) => [.. Step(view), .. Practice(view)];

    /// <summary>The line behind a trouble's key.</summary>
    public static string LineOf(TroubleKind kind)
    {
        string word = kind.ToString().ToLowerInvariant();
        return kind == TroubleKind.Other ? "wrong other " : $"wrong {word} {word}";
    }

    private static IEnumerable<ScreenKey> Step(SessionView view)
    {
        Session s = view.Session;
        switch (view.Next.Action)
        {
            case "accept-warnings":
                return [new('a', "accept", "accept")];
            case "check":
                return Check(PreChecks.Missing(s).Select(c => c.Code).FirstOrDefault("temperature"));
            case "test-loop":
                return [new('y', "loop-all", "loop stopped buzzer again"), new('n', "loop-not", "loop "), new('o', "off", "off")];
            case "watch":
                return
                [
                    new('h', "end-hvc", "end hvc"), new('d', "end-charged", "end charged"), new('m', "end-mains", "end mains"),
                    new('o', "off", "off"), new('l', "lamp", "lamp "), new('i', "here", "here "),
                ];
            case "note-lamps":
                return
                [
                    new('l', "lamps", "lamps "), new('n', "lamps-none", "lamps others dark"), new('a', "lamps-all", "lamps " + All(s)),
                    new('m', "lamps-missed", "lamps"), new('p', "pack", "pack "),
                ];
            case "note-trip":
                return
                [
                    new('t', "trip", "trip "), new('n', "trip-none", "trip none"), new('m', "trip-missed", "trip missed"),
                    new('p', "pack", "pack "),
                ];
            case "reset":
                return [new('r', "reset", "reset")];
            case "choose":
                return Ways(s).Select((m, k) => new ScreenKey((char)('1' + k), "choose", "choose " + m.Name)).Concat(Reset(s));
            case "test-charge" or "charge" or "drain" or "charge-cell" or "charge-four" or "rest":
                return [new('s', "start", "start"), .. Reset(s)];
            case "measure-supply":
                return [new('v', "supply", $"supply {Supply(view)} "), .. Reset(s)];
            case "wait":
                return Wait(s);
            case "verdict":
                return [new('v', "verdict", "verdict")];
            case "settle":
                string line = Number(s.Unsettled.First().Entry);
                return [new('c', "settle-counts", $"settle {line} counts "), new('x', "settle-out", $"settle {line} out ")];
            case "stop" when s.Trouble is not null:
                return [new('o', "over", "over ")];
            case "stop" when s.Interlock == Interlock.Failed:
                return [new('c', "changed", "changed ")];
            case "stop":
                return [new('v', "volts", "volts ")];
            case "resume":
                return [new('r', "resume", "resume")];
            default:
                return [];
        }
    }

    private static IEnumerable<ScreenKey> Check(string code) => code switch
    {
        "voltages" => [new('v', "volts", "volts "), new('x', "reversed", "reversed ")],
        "temperature" => [new('t', "temp", "temp ")],
        _ => [new('y', "check", "check " + code)],
    };

    private static IEnumerable<ScreenKey> Wait(Session s)
    {
        if (s.OfCells.FirstOrDefault() is not { } activity)
        {
            return [new('d', "rest-dark", "end rest dark"), new('x', "rest-over", "end rest")];
        }

        string cell = activity.Cells[0].ToString();
        return activity.Step is DrainCell
            ? [new('e', "drain-ended", "end drain " + cell), new('i', "here", "here "), new('o', "off", "off")]
            :
            [
                new('r', "cell-red", $"end cell {cell} red"), new('t', "cell-tapered", $"end cell {cell} tapered"),
                new('x', "cell-stopped", $"end cell {cell} stopped"), new('z', "cell-alarm", $"end cell {cell} alarm "),
                new('i', "here", "here "),
            ];
    }

    // practice: time can be skipped, and hands lent
    private static IEnumerable<ScreenKey> Practice(SessionView view)
    {
        if (view.Rate <= 0 || view.Panel != Overlay.Step)
        {
            yield break;
        }

        if (PracticeTime.SkipMinutes(view.Session, view.NowSeconds, view.WatchFrom) is { } minutes)
        {
            yield return new ScreenKey('f', "skip", "wait " + minutes.ToString("0.####", CultureInfo.InvariantCulture));
        }
        else if (view.Session.OfString is not null && view.Session.Interlock == Interlock.Passed && view.Heard is null)
        {
            yield return new ScreenKey('f', "skip-five", "wait 5");
        }

        yield return new ScreenKey('A', "auto", "auto 1");
    }

    private static IEnumerable<ScreenKey> Reset(Session s) => s.Latched ? [new('r', "reset", "reset")] : [];

    /// <summary>The ways that the tools allow, in the order of their keys.</summary>
    public static IEnumerable<IBalancingMethod> Ways(Session s) => BalancingMethods.All.Where(m => m.ImpossibleBecause(s.Pack) is null);

    private static string Supply(SessionView view) => view.Next.Cells.Length > 1 ? "0"
        : Number(Enumerable.Range(0, view.Session.Pack.Tools.BenchSupplies.Length)
            .MaxBy(k => view.Session.Pack.Tools.BenchSupplies[k].Current.Value) + 1);

    private static string All(Session s) => string.Join(' ', Enumerable.Range(1, s.Pack.Series).Select(Number));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
