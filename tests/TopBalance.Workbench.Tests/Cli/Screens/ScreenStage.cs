using TopBalance.Cli;
using TopBalance.Cli.Output;
using TopBalance.Cli.Sessions;
using TopBalance.Cli.Sessions.Screens;
using TopBalance.Packs;
using TopBalance.Procedure;
using TopBalance.Workbench.Sessions;
using TopBalance.Workbench.Store;

namespace TopBalance.Workbench.Tests.Cli.Screens;

/// <summary>A session at a simulated pack, driven by lines, and what its screens look like.</summary>
internal sealed class ScreenStage : IDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly SessionStore store;
    private readonly Glance glance;
    private readonly SessionTable table;

    /// <param name="cells">In series.</param>
    /// <param name="layout">As in a pack file, e.g. <c>{ boxes: … }</c>; null: one line.</param>
    public ScreenStage(int cells, string? layout = null)
    {
        (PackSpec pack, var texts) = ResolvedPack.Read(WritePack(folder, cells, layout));
        store = new SessionStore(folder["data"], practice: true);
        var begun = new SessionBegun(pack, 3) { Files = texts, Practice = true };
        Desk = new SessionDesk(store.Begin(begun, Stamp.Now(DateTimeOffset.UnixEpoch, new Tick("practice", 0))), TimeProvider.System);
        glance = new Glance(Desk);
        table = new SessionTable(Desk, new Screen(new Terminal { Out = TextWriter.Null, Error = TextWriter.Null }, plain: true));
    }

    public SessionDesk Desk { get; }

    /// <summary>The screen of now, as it would be drawn.</summary>
    public SessionView View => glance.View() with { Rate = 60 };

    public static string WritePack(ScratchFolder folder, int cells, string? layout = null) => folder.Write("pack.yaml", FormattableString.Invariant($"""
        name: A bank of {cells} cells in a long hall beside the sea
        series: {cells}
        cell: calb-ca100
        module: minibms-3.6
        charger: {'{'} voltage_v: {3.6 * cells:0.0}, current_a: 10, termination_current_a: 5 {'}'}
        tools:
          bench_supplies: [ {'{'} current_a: 5 {'}'} ]
          smart_charger_12v: {'{'} current_a: 10, absorption_v: 14.4 {'}'}
          drain_load: {'{'} resistance_ohm: 1.0, max_w: 50 {'}'}
          charger_current_min_a: 0.5
        unknowns: {'{'} soc_min: 0.60, soc_max: 0.62 {'}'}
        layout: {layout ?? $"{{ boxes: [ {{ rows: 1, columns: {cells} }} ] }}"}
        """));

    public ScreenStage Do(params string[] lines)
    {
        foreach (string line in lines)
        {
            table.Do(line, byHand: false);
        }

        return this;
    }

    /// <summary>Presses keys one after another, doing the lines that they stand for.</summary>
    public SessionView Press(string keys)
    {
        SessionView view = View;
        foreach (char key in keys)
        {
            Pressed pressed = ScreenInput.Press(view, key);
            view = pressed.View;
            if (pressed.Line is { } line)
            {
                table.Do(line, byHand: true);
                view = View with { Panel = view.Panel, Prompt = view.Prompt };
            }
        }

        return view;
    }

    public static string[] Drawn(SessionView view, int width = 80, int height = 24, bool plain = false)
    {
        var screen = new Screen(new Terminal { Out = TextWriter.Null, Error = TextWriter.Null, Width = width }, plain);
        return [.. SessionFrame.Lines(view, width, height, plain).Select(screen.Render)];
    }

    /// <summary>Fails unless the screen fits, is marked as practice and shows what to do and how to leave.</summary>
    public static void ShouldFit(SessionView view, int width, int height, bool plain)
    {
        string[] lines = Drawn(view, width, height, plain);
        string all = string.Join('\n', lines);
        lines.Length.ShouldBeLessThanOrEqualTo(height, all);
        lines.ShouldAllBe(l => l.Length <= width, all);
        lines[0].ShouldStartWith("PRACTICE");
        if (view is { Panel: Overlay.Step, Prompt: null })
        {
            all.ShouldContain("> " + view.Next.Text.ToString().Split(' ')[0], customMessage: all);
            all.ShouldContain("q leave");
            all.ShouldContain("SOMETHING IS WRONG");
        }
    }

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }
}
