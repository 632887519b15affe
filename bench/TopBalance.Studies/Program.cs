using System.Text;
using TopBalance.Studies;
using TopBalance.Workbench.Files;
using TopBalance.Workbench.Studies;
using static TopBalance.Studies.Pick;

// usage: TopBalance.Studies RESULTS DOCS [--afresh]; 'bench/studies' calls it from the root of the checkout
if (args.Length < 2)
{
    Console.Error.WriteLine("saw no folders, expected one for results and docs; start 'bench/studies' instead");
    return 2;
}

var page = new StringBuilder("""
    # Six studies

    Written by `bench/studies`; run it again rather than edit this page. Simulated, not measured: packs as they are believed to be, played to their end with the times a person needs, which are estimates of ours. Where fewer than half of the packs ended balanced, a point is left out of the plot. [Run your own](guide/cluster.md).


    """);
foreach (Study study in StudyList.All)
{
    StudyPlan plan = StudyPlan.Of(study.Request);
    string results = Path.Combine(args[0], study.Id + ".csv");
    bool stale = File.Exists(results) && StudyResults.Open(results).Header.DiffersFrom(plan.Header) is not null;
    bool begun = File.Exists(results + ".partial");
    long started = TimeProvider.System.GetTimestamp();
    StudySummary summary;
    try
    {
        summary = await StudyRun.RunAsync(plan, new StudyOutput { Files = [results], Afresh = stale || args.Contains("--afresh", StringComparer.Ordinal) });
    }
    catch (InputException) when (begun)
    {
        summary = await StudyRun.RunAsync(plan, new StudyOutput { Files = [results], Afresh = true });
    }

    Console.WriteLine(Text($"{study.Id}: {plan.Count} plays, {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s"));
    AtomicFile.Write(Path.Combine(args[1], "studies", study.Id + ".svg"), w => w.Write(study.Chart(summary).Svg()));
    StudyPage.Append(page, study, summary);
}

AtomicFile.Write(Path.Combine(args[1], "studies.md"), w => w.Write(page.ToString().TrimEnd() + "\n"));
return 0;
