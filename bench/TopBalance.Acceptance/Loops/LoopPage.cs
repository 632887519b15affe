using System.Globalization;
using System.Text;

namespace TopBalance.Acceptance.Loops;

/// <summary>What many jobs say together.</summary>
internal static class LoopPage
{
    public static string Write(IReadOnlyList<LoopTrial> trials, string command, string commit)
    {
        var page = new StringBuilder();
        page.AppendLine(CultureInfo.InvariantCulture, $"Command `{command}`, commit {commit}.").AppendLine();
        page.AppendLine("| followed | jobs | balanced | median hours | median attended | median cost | cells overcharged, jobs | reversed, jobs |");
        page.AppendLine("|---|---|---|---|---|---|---|---|");
        foreach (IGrouping<string, LoopTrial> role in trials.GroupBy(t => t.Role))
        {
            LoopTrial[] jobs = [.. role];
            page.AppendLine(CultureInfo.InvariantCulture,
                $"| {role.Key} | {jobs.Length} | {jobs.Count(t => t.Job.GivenUp is null)} | {Median(jobs, t => t.Job.Played.Hours):0.0} | "
                + $"{Median(jobs, t => t.Job.Played.AttendedHours):0.0} | {Median(jobs, t => t.Job.Played.Cost):0.00} | "
                + $"{jobs.Count(t => t.Job.Hazards.Any(h => h.Kind == Simulation.HazardKind.Overcharge))} | "
                + $"{jobs.Count(t => t.Job.Hazards.Any(h => h.Kind == Simulation.HazardKind.Reversal))} |");
        }

        return page.ToString();
    }

    private static double Median(LoopTrial[] trials, Func<LoopTrial, double> of) => trials.Select(of).Order().ElementAt(trials.Length / 2);
}
