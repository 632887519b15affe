using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using TopBalance.Verification.Verdicts;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Store;

/// <summary>A record as it was issued. Its bytes never change.</summary>
/// <param name="Number">From 1.</param>
/// <param name="IssuedAt">UTC.</param>
/// <param name="LogHash">Hash of the last line of the log that it is of.</param>
/// <param name="Software">Version and build of the program.</param>
/// <param name="Model">Version and build of the model.</param>
/// <param name="Outcome">Its verdict.</param>
public sealed record FiledIssue(
    int Number, DateTimeOffset IssuedAt, string LogHash, string Software, string Model, VerdictOutcome Outcome)
{
    /// <summary>The page.</summary>
    public required ImmutableArray<byte> Html { get; init; }

    /// <summary>The JSON.</summary>
    public required ImmutableArray<byte> Json { get; init; }

    /// <summary>The text for a terminal.</summary>
    public required ImmutableArray<byte> Text { get; init; }

    /// <summary>Hash of page, JSON and text one after another, lower-case hexadecimal.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData([.. Html, .. Json, .. Text]));
}

/// <summary>Where issued records are kept.</summary>
internal sealed class IssueShelf(StoreDatabase database)
{
    private const string Columns = "number, issued_at, log_hash, software, model, outcome, html, json, text, sha256";

    public ImmutableArray<int> Numbers(string id) =>
        [.. database.Rows("SELECT number FROM issues WHERE session = $0 ORDER BY number", static r => r.GetInt32(0), id)];

    public FiledIssue? Read(string id, int? number)
    {
        string which = number is null ? "" : " AND number = $1";
        object[] values = number is { } wanted ? [id, wanted] : [id];
        List<(FiledIssue Issue, string Noted)> found = database.Rows(
            $"SELECT {Columns} FROM issues WHERE session = $0{which} ORDER BY number DESC LIMIT 1", Row, values);
        if (found is not [var (issue, noted)])
        {
            return null;
        }

        return string.Equals(issue.Sha256, noted, StringComparison.Ordinal) ? issue
            : throw new InputException(null, 0, null,
                FormattableString.Invariant($"issue {issue.Number} of session {id} is damaged: it has not the hash that was noted of it"));
    }

    public FiledIssue File(string id, Func<FiledIssue?, FiledIssue> draw) => database.Write(() =>
    {
        FiledIssue? latest = Read(id, null);
        FiledIssue next = draw(latest);
        if (ReferenceEquals(next, latest))
        {
            return next;
        }

        database.Execute(
            $"INSERT INTO issues (session, {Columns}) VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            id, next.Number, Written(next.IssuedAt), next.LogHash, next.Software, next.Model, next.Outcome.ToString(),
            next.Html.ToArray(), next.Json.ToArray(), next.Text.ToArray(), next.Sha256);
        return next;
    });

    private static string Written(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static (FiledIssue Issue, string Noted) Row(Microsoft.Data.Sqlite.SqliteDataReader r)
    {
        DateTimeOffset at = DateTimeOffset.Parse(r.GetString(1), CultureInfo.InvariantCulture);
        VerdictOutcome outcome = Enum.TryParse(r.GetString(5), out VerdictOutcome read) ? read : VerdictOutcome.Inconclusive;
        var issue = new FiledIssue(r.GetInt32(0), at, r.GetString(2), r.GetString(3), r.GetString(4), outcome)
        {
            Html = [.. (byte[])r.GetValue(6)],
            Json = [.. (byte[])r.GetValue(7)],
            Text = [.. (byte[])r.GetValue(8)],
        };
        return (issue, r.GetString(9));
    }
}
