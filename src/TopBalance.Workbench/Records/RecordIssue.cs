using System.Collections.Immutable;
using System.Text;
using TopBalance.Procedure;
using TopBalance.Verification.Verdicts;
using TopBalance.Workbench.Json;
using TopBalance.Workbench.Store;

namespace TopBalance.Workbench.Records;

/// <summary>A record ready to be shown: its three forms.</summary>
/// <param name="Kind">How it is kept.</param>
/// <param name="Number">Of the issue; null if it is none.</param>
/// <param name="Outcome">Its verdict.</param>
/// <param name="Html">The page.</param>
/// <param name="Json">The JSON, without a line end after it.</param>
/// <param name="Text">For a terminal.</param>
public sealed record RecordForms(RecordKind Kind, int? Number, VerdictOutcome Outcome, string Html, string Json, string Text)
{
    /// <summary>As it is kept.</summary>
    public static RecordForms Of(FiledIssue issue)
    {
        ArgumentNullException.ThrowIfNull(issue);
        return new RecordForms(
            RecordKind.Issued, issue.Number, issue.Outcome, Decoded(issue.Html), Decoded(issue.Json), Decoded(issue.Text));
    }

    /// <summary>Rendered.</summary>
    internal static RecordForms Of(TopBalanceRecord record) => new(
        record.Head.Kind, record.Head.Issue, record.Verdict.Outcome, RecordPage.Html(record), JsonText.Of(record), RecordText.Of(record));

    private static string Decoded(ImmutableArray<byte> bytes) => Encoding.UTF8.GetString(bytes.AsSpan());
}

/// <summary>Issues records: frozen when issued. A log that went on, or another program, makes a new issue beside the old ones.</summary>
/// <param name="time">The clock on the wall.</param>
/// <param name="build">The program that draws up.</param>
public sealed class RecordIssue(TimeProvider time, ProgramBuild build)
{
    /// <summary>The latest issue if it still holds, else a new one. In practice nothing is filed.</summary>
    /// <param name="store">Where the session is kept.</param>
    /// <param name="id">Of the session.</param>
    /// <param name="progress">Told what is being worked out; may be null.</param>
    /// <param name="cancellationToken">Looked at between the parts; what is cancelled files nothing.</param>
    public RecordForms Of(SessionStore store, string id, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        StoredSession stored = store.Open(id);
        (Session session, string hash) = (stored.Session, stored.Hash);
        if (!session.Practice && store.Issue(id) is { } latest && Holds(latest, hash))
        {
            return RecordForms.Of(latest);
        }

        TopBalanceRecord record = Drawn(session, id, hash, progress, cancellationToken);
        return session.Practice ? RecordForms.Of(record)
            : RecordForms.Of(store.File(id, before => before is not null && Holds(before, hash) ? before : Next(record, before)));
    }

    /// <summary>A copy that no store keeps, of an exported file.</summary>
    public RecordForms Unfiled(
        Session session, string id, string hash, IProgress<string>? progress = null, CancellationToken cancellationToken = default) =>
        RecordForms.Of(Drawn(session, id, hash, progress, cancellationToken));

    private TopBalanceRecord Drawn(
        Session session, string id, string hash, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        TopBalanceRecord record = RecordDraft.Of(session, id, hash, progress, cancellationToken);
        return record with
        {
            Head = record.Head with { IssuedAt = time.GetUtcNow(), Software = build.Software, Model = build.Model },
        };
    }

    private bool Holds(FiledIssue issue, string hash) => string.Equals(issue.LogHash, hash, StringComparison.Ordinal)
        && string.Equals(issue.Software, build.Software, StringComparison.Ordinal)
        && string.Equals(issue.Model, build.Model, StringComparison.Ordinal);

    private static FiledIssue Next(TopBalanceRecord record, FiledIssue? before)
    {
        TopBalanceRecord issued = record with
        {
            Head = record.Head with
            {
                Kind = RecordKind.Issued,
                Issue = (before?.Number ?? 0) + 1,
                Supersedes = before is null ? null : new Superseded(before.Number, before.IssuedAt, Differences.Of(before, record)),
            },
        };
        RecordForms forms = RecordForms.Of(issued);
        RecordHead head = issued.Head;
        return new FiledIssue(head.Issue!.Value, head.IssuedAt, head.LogHash, head.Software, head.Model, forms.Outcome)
        {
            Html = Encoded(forms.Html),
            Json = Encoded(forms.Json),
            Text = Encoded(forms.Text),
        };
    }

    private static ImmutableArray<byte> Encoded(string text) => [.. Encoding.UTF8.GetBytes(text)];
}
