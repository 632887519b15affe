using TopBalance.Packs;
using TopBalance.Procedure;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Sessions;

/// <summary>What was done and seen in a session, as an observations file says it.</summary>
public static class SessionLog
{
    /// <summary>The text of the file; it says <c>not_seen</c> unless 'all others were dark' was said.</summary>
    public static string Text(Session session) => ObservationText.Write(SessionSeen.Of(session).Observations);

    /// <summary>The file as it is read.</summary>
    /// <param name="session">The session.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="InputException">Nothing was done or seen yet.</exception>
    public static ObservationLog Of(Session session, string name)
    {
        ArgumentNullException.ThrowIfNull(session);
        string text = Text(session);
        return text.Length > 0
            ? ObservationFile.Load(name, MemoryFiles.Of((name, text)), session.Pack)
            : throw new InputException(name, 0, null, "nothing was done or seen in it yet");
    }
}
