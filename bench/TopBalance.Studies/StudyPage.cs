using System.Globalization;
using System.Text;
using TopBalance.Workbench.Studies;
using static TopBalance.Studies.Pick;

namespace TopBalance.Studies;

/// <summary>A study's part of the page.</summary>
internal static class StudyPage
{
    public static void Append(StringBuilder page, Study study, StudySummary summary)
    {
        string[] keys = [.. study.Request.Vary.Where(a => a.Values.Length > 1).Select(a => a.Key)];
        StudyHeader header = summary.Study;
        page.Append(CultureInfo.InvariantCulture, $"## {study.Question}\n\n{study.Answer(summary)}\n\n![{study.Question}](studies/{study.Id}.svg)\n\n");
        page.Append(CultureInfo.InvariantCulture, $"```text\n{study.Command}\n```\n\n");
        page.Append(CultureInfo.InvariantCulture, $"{study.Packs} packs, seed {study.Seed}, {header.Tasks} plays; engine {header.Engine}, {header.Machine}, {header.Runtime}. Medians:\n\n");
        page.Append(CultureInfo.InvariantCulture, $"| {string.Concat(keys.Select(k => $"`{k}` | "))}method | hours | 10–90 % | attended h | charges | overshot | balanced |\n|{string.Concat(Enumerable.Repeat("---|", keys.Length + 7))}\n");
        foreach (StudyResult r in summary.Results)
        {
            string variant = string.Concat(keys.Select(k => r.Variant[k] + " | "));
            page.Append(r is { Hours: { } hours, AttendedHours: { } attended, ChargerCycles: { } cycles }
                ? Text($"| {variant}{r.Method} | {hours.P50:0.#} | {hours.P10:0.#}–{hours.P90:0.#} | {attended.P50:0.#} | {cycles.P50:0.#} | {100 * r.OvershootRisk:0} % | {100 * r.Balanced:0} % |\n")
                : Text($"| {variant}{r.Method} | not possible: {r.ImpossibleBecause} | | | | | |\n"));
        }

        page.Append('\n');
    }
}
