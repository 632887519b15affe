using System.Globalization;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Studies;

/// <summary>A part of a study for one of several processes: every <see cref="Of"/>-th play, from the <see cref="Number"/>-th on.</summary>
/// <param name="Number">Which, from 1.</param>
/// <param name="Of">How many there are.</param>
public readonly record struct Shard(int Number, int Of)
{
    /// <summary>Most parts of a study.</summary>
    public const int Most = 100_000;

    /// <summary>What numbers the tasks of a Slurm job array.</summary>
    public const string SlurmId = "SLURM_ARRAY_TASK_ID",
        SlurmMin = "SLURM_ARRAY_TASK_MIN", SlurmStep = "SLURM_ARRAY_TASK_STEP", SlurmCount = "SLURM_ARRAY_TASK_COUNT";

    /// <summary>What numbers the pods of a Kubernetes indexed Job, from 0.</summary>
    public const string KubernetesIndex = "JOB_COMPLETION_INDEX";

    private const string Option = "--shard";

    /// <summary>All of it.</summary>
    public static Shard Whole { get; } = new(1, 1);

    /// <summary>The only one.</summary>
    public bool IsWhole => Of == 1;

    /// <summary>Reads <c>K/N</c>, <c>slurm</c> or <c>index/N</c>.</summary>
    /// <param name="text">The option's value.</param>
    /// <param name="environment">A variable of the environment by its name, or null.</param>
    /// <exception cref="InputException">It is written otherwise, or the environment does not say which part this is.</exception>
    public static Shard Parse(string text, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(environment);
        if (text is "slurm")
        {
            return Slurm(environment);
        }

        string[] parts = text.Split('/');
        if (parts.Length != 2 || !IsWholeNumber(parts[1], out int of) || of is < 1 or > Most)
        {
            throw Wrong(text, Invariant($"expected K/N with K from 1 to N, N at most {Most}, or slurm, or index/N"));
        }

        bool byIndex = parts[0] is "index";
        int number = byIndex ? Variable(text, KubernetesIndex, environment, "a pod of an indexed Job has it") + 1
            : IsWholeNumber(parts[0], out int given) ? given : 0;
        string seen = byIndex ? $"{KubernetesIndex} is {number - 1}" : OneLine.Quote(text);
        return number >= 1 && number <= of
            ? new Shard(number, of)
            : throw Wrong(text, byIndex ? Invariant($"{seen}, expected 0 to {of - 1}") : Invariant($"expected K from 1 to {of}"));
    }

    /// <summary><c>K/N</c>.</summary>
    public override string ToString() => Invariant($"{Number}/{Of}");

    private static Shard Slurm(Func<string, string?> environment)
    {
        const string text = "slurm", advice = "a task of 'sbatch --array' has it";
        int id = Variable(text, SlurmId, environment, advice);
        int least = Variable(text, SlurmMin, environment, advice);
        int count = Variable(text, SlurmCount, environment, advice);
        int step = environment(SlurmStep) is null ? 1 : Math.Max(1, Variable(text, SlurmStep, environment, advice));
        int number = ((id - least) / step) + 1;
        bool fits = count is >= 1 and <= Most && id >= least && (id - least) % step == 0 && number <= count;
        return fits
            ? new Shard(number, count)
            : throw Wrong(text, Invariant($"task {id} from {least} in steps of {step} is none of {count}; number the array without gaps, e.g. --array=1-{count}"));
    }

    private static int Variable(string text, string name, Func<string, string?> environment, string advice) =>
        environment(name) is not { } value ? throw Wrong(text, $"{name} is not set in the environment; {advice}")
        : IsWholeNumber(value, out int number) ? number
        : throw Wrong(text, $"{name} is {OneLine.Quote(value)}, expected a whole number; {advice}");

    private static bool IsWholeNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static InputException Wrong(string text, string problem) => new(null, 0, Option, $"{OneLine.Quote(text)}: {problem}");
}
