using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Perfolizer.Horology;
using TopBalance.Benchmarks.Page;
using TopBalance.Benchmarks.Works;

// usage: TopBalance.Benchmarks FOLDER PAGE [--short]; 'bench/run' calls it
if (args.Length < 2)
{
    Console.Error.WriteLine("saw no folder and page, expected both; start 'bench/run' instead");
    return 2;
}

bool brief = args.Contains("--short", StringComparer.Ordinal);
Job job = Job.Default.WithWarmupCount(brief ? 2 : 5).WithIterationCount(brief ? 3 : 15)
    .WithIterationTime(TimeInterval.FromMilliseconds(brief ? 100 : 300))
    .WithArguments([new MsBuildArgument("/p:RunAnalyzers=false")]);
IConfig config = ManualConfig.CreateEmpty()
    .AddJob(job)
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddLogger(ConsoleLogger.Default)
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .WithArtifactsPath(Path.Combine(args[0], "artifacts"));

// one build for all of them; the page keeps this order
Type[] works = [typeof(CaseA), typeof(CaseC), typeof(ProductModel), typeof(TwoParallel), typeof(StateQuery)];
Summary[] summaries = BenchmarkRunner.Run(works, config);
Measured[] measured = [.. summaries.SelectMany(s => s.Reports).Where(r => r.Success).Select(Measured.Of)];
await File.WriteAllTextAsync(args[1], new BenchmarkPage(RunFolder.Read(args[0]), measured).Write());
return summaries.All(s => s.Reports.All(r => r.Success)) ? 0 : 1;
