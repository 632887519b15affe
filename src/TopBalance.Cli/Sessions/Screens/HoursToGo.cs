using TopBalance.Procedure;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Planning;
using TopBalance.Workbench.Sessions;

namespace TopBalance.Cli.Sessions.Screens;

/// <summary>
/// How long the job takes from here, worked out beside the screens: a rough figure on few packs, anew after what changes it. A person need
/// not wait for it.
/// </summary>
internal sealed class HoursToGo : IDisposable
{
    private CancellationTokenSource stop = new();
    private Task<PlanSummary?> planning = Task.FromResult<PlanSummary?>(null);
    private string of = "-";
    private int lines;
    private PlanSummary? last;

    /// <summary>The plan; null until it is worked out. While something runs it is that of before.</summary>
    /// <param name="session">Where it stands.</param>
    public PlanSummary? Of(Session session)
    {
        if (planning.IsCompletedSuccessfully && planning.Result is { } done)
        {
            last = done;
        }

        // nothing is known of the job before the loop is proved, and while something runs only its end tells more
        if (session.Interlock != Interlock.Passed || !session.Running.IsEmpty || session.EndToCapture)
        {
            return last;
        }

        string seen = session.Log.Count == lines ? of : SessionLog.Text(session);
        lines = session.Log.Count;
        if (!string.Equals(seen, of, StringComparison.Ordinal))
        {
            (of, last) = (seen, null);
            stop.Cancel();
            stop.Dispose();
            stop = new CancellationTokenSource();
            planning = Task.Run(() => Plan(session, seen, stop.Token), CancellationToken.None);
        }

        return last;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
    }

    private static PlanSummary? Plan(Session session, string seen, CancellationToken cancel)
    {
        try
        {
            ObservationLog? log = seen.Length == 0 ? null : SessionLog.Of(session, "session");
            return PlanRun.Run(session.Pack, log, new PlanRequest { Packs = PlanRequest.LeastPacks, Threads = 1 }, null, cancel);
        }
        catch (Exception e) when (e is OperationCanceledException or InputException or ObjectDisposedException)
        {
            return null;
        }
    }
}
