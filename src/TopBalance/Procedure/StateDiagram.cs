using System.Text;
using System.Text.RegularExpressions;
using TopBalance.Verification.Verdicts;
using TopBalance.Words;

namespace TopBalance.Procedure;

/// <summary>Phases, arrows, checks, refusals, disputes and criteria as a document, from the data that decide.</summary>
public static partial class StateDiagram
{
    /// <summary>Markdown with a Mermaid diagram and tables.</summary>
    public static string Write()
    {
        var text = new StringBuilder("```mermaid\nstateDiagram-v2\n    [*] --> Describe\n    [*] --> CheckUp\n");
        foreach (Transition arrow in Phases.All)
        {
            string when = arrow.When.Length > 0 ? $" ({arrow.When})" : "";
            string from = arrow.From?.ToString() ?? "Anywhere";
            string to = arrow.To?.ToString() ?? "Anywhere";
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"    {from} --> {to}: {InWords(arrow.On.Name)}{when}\n");
        }

        text.Append("    Abandoned --> [*]\n```\n");
        Table(text, "Checked before the first charge", "check", PreChecks.All.Select(c => (c.Code, "check." + c.Code, "")));
        Table(text, "A request is refused", "rule", Rules.All.Select(r => (r.Code, "refused." + r.Code, "permit." + r.Code)));
        Table(text, "A report is disputed", "rule", Disputes.Codes.Select(c => (c, "disputed." + c, "")));
        Table(text, "Criteria of the verdict", "criterion", Criteria.All.Select(c => (c.Code, "criterion." + c.Code, "")));
        return text.ToString();
    }

    private static void Table(StringBuilder text, string title, string head, IEnumerable<(string Code, string Key, string Permit)> rows)
    {
        bool permits = false;
        var body = new StringBuilder();
        foreach ((string code, string key, string permit) in rows)
        {
            permits |= permit.Length > 0;
            body.Append("| `").Append(code).Append("` | ").Append(Shown(key)).Append(permit.Length > 0 ? " | " + Shown(permit) : "")
                .Append(" |\n");
        }

        text.Append("\n## ").Append(title).Append("\n\n| ").Append(head)
            .Append(permits ? " | why | what would make it permitted |\n|---|---|---|\n" : " | in words |\n|---|---|\n").Append(body);
    }

    private static string Shown(string key) => Catalogue.English.Say(new Phrase(key, "…", "…", "…", "…", "…"));

    // LoopTested: loop tested
    private static string InWords(string name) => Capital().Replace(name, m => " " + m.Value.ToLowerInvariant()).Trim();

    [GeneratedRegex("[A-Z]", RegexOptions.None, 1000)]
    private static partial Regex Capital();
}
