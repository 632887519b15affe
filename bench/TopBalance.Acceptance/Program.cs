using System.Diagnostics;
using TopBalance.Acceptance;
using TopBalance.Acceptance.Calibration;
using TopBalance.Workbench.Files;

// usage: TopBalance.Acceptance calibration … | loops … | sessions … | store …; the scripts of these names beside it call it
if (args is ["loops", .. string[] loops])
{
    return TopBalance.Acceptance.Loops.LoopRun.Run(loops);
}

if (args is ["sessions", .. string[] sessions])
{
    return TopBalance.Acceptance.Sessions.SessionBench.Run(sessions);
}

if (args is ["store", .. string[] stores])
{
    return TopBalance.Acceptance.Stores.StoreProof.Run(stores);
}

if (args is not ["calibration", .. string[] rest])
{
    Console.Error.WriteLine(CommandLine.Usage);
    return 2;
}

CommandLine line;
try
{
    line = CommandLine.Parse(rest);
}
catch (FormatException e)
{
    Console.Error.WriteLine($"{e.Message}\n{CommandLine.Usage}");
    return 2;
}

var watch = Stopwatch.StartNew();
CalibrationRun[] runs = [.. line.Plans.Select(plan => CalibrationRun.Play(plan, PartLibrary.BesideProgram, (count, trial) => Console.Error.WriteLine(
    $"x {plan.PriorScale}, {count}/{plan.Packs}, {watch.Elapsed.TotalSeconds:0} s: seed {trial.Seed}, {trial.Pack.Arrangement}, "
    + (trial.Failure ?? $"{trial.Milliseconds.Length} observations, {trial.Rows.Count(r => r.Held)} of {trial.Rows.Length} inside"))))];
string commit = Environment.GetEnvironmentVariable("TOPBALANCE_COMMIT") ?? "an unknown commit";
var page = new CalibrationPage(runs, commit, $"bench/calibration {string.Join(' ', rest)}".TrimEnd());
CalibrationFiles.Write(runs, page, line.Folder, line.Docs);
Console.WriteLine(page.Write(""));
Console.Error.WriteLine($"{watch.Elapsed.TotalSeconds:0} s; rows in {line.Folder}");
return runs.All(run => run.Trials.All(t => t.Failure is null) && !run.Rows.Any(r => r.IsBroken)) ? 0 : 1;
