using System.Collections.Immutable;
using TopBalance.Packs;
using TopBalance.Verification;
using static TopBalance.Workbench.Simulations.Wording;

namespace TopBalance.Cli.Output;

/// <summary>Findings for people, the worst first.</summary>
internal static class FindingsText
{
    private const int Indent = 8;

    /// <summary>Writes how many there are, then all of them, then what that comes to.</summary>
    public static void Write(Screen screen, PackSpec pack, ImmutableArray<Finding> findings)
    {
        screen.Title("CHECK", pack);
        screen.Line();
        screen.Paragraph(Counted(findings), "bold");
        foreach (Finding finding in findings.OrderBy(f => f.Severity))
        {
            Write(screen, finding);
        }

        screen.Line();
        screen.Paragraph(Verdict(findings), "bold");
    }

    private static void Write(Screen screen, Finding finding)
    {
        screen.Line();
        screen.Line($"[{Style(finding.Severity)}]{finding.Severity.ToString().ToUpperInvariant()}[/]  {Screen.Safe(finding.Code)}");
        screen.Paragraph(finding.Seen, indent: Indent, lead: "  seen");
        screen.Paragraph(finding.Why, indent: Indent, lead: "  why");
        screen.Paragraph(finding.Do, indent: Indent, lead: "  do");
    }

    private static string Style(Severity severity) => severity switch
    {
        Severity.Error => "bold white on red",
        Severity.Warning => "bold yellow",
        _ => "bold",
    };

    private static string Counted(ImmutableArray<Finding> findings) => string.Join(
        ", ",
        Count(findings.Count(f => f.Severity == Severity.Error), "error"),
        Count(findings.Count(f => f.Severity == Severity.Warning), "warning"),
        Count(findings.Count(f => f.Severity == Severity.Note), "note"));

    private static string Verdict(ImmutableArray<Finding> findings) => findings.Any(f => f.Severity == Severity.Error)
        ? "Do not start like this."
        : "That the BMS can stop the charger only a test at the pack can show: interrupt the loop while charging.";

    private static string Count(int count, string what) => Invariant($"{count} {what}{(count == 1 ? "" : "s")}");
}
