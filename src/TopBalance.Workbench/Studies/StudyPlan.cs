using System.Collections.Immutable;
using TopBalance.Methods;
using TopBalance.Packs;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Studies;

/// <summary>One combination of what is varied.</summary>
/// <param name="Values">A value per axis, as written.</param>
/// <param name="Pack">The pack with these values.</param>
public sealed record StudyVariant(ImmutableArray<string> Values, PackSpec Pack);

/// <summary>One play.</summary>
/// <param name="Variant">Index of the variant.</param>
/// <param name="Method">Index of the method.</param>
/// <param name="Pack">Index of the pack.</param>
public readonly record struct StudyTask(int Variant, int Method, int Pack);

/// <summary>
/// A study laid out: variants × methods × packs, in this order, each play known by its place. Immutable.
/// </summary>
public sealed class StudyPlan
{
    private StudyPlan(StudyRequest request, ImmutableArray<StudyVariant> variants, ImmutableArray<IBalancingMethod> methods, StudyHeader whole)
    {
        (Variants, Methods, Axes, Packs, Shard) = (variants, methods, request.Vary, request.Packs, request.Shard);
        Whole = whole;
        Header = Shard.IsWhole ? whole : whole with { Shard = Shard.ToString() };
    }

    /// <summary>Every combination, the last axis changing fastest.</summary>
    public ImmutableArray<StudyVariant> Variants { get; }

    /// <summary>The methods.</summary>
    public ImmutableArray<IBalancingMethod> Methods { get; }

    /// <summary>What is varied.</summary>
    public ImmutableArray<VaryAxis> Axes { get; }

    /// <summary>Packs per variant and method.</summary>
    public int Packs { get; }

    /// <summary>Which part is played.</summary>
    public Shard Shard { get; }

    /// <summary>What a file of all results begins with.</summary>
    public StudyHeader Whole { get; }

    /// <summary>What a file of this shard's results begins with.</summary>
    public StudyHeader Header { get; }

    /// <summary>Seed of all draws.</summary>
    public ulong Seed => Whole.Seed;

    /// <summary>How many plays this shard has.</summary>
    public long Count => CountOf(Whole.Tasks, Shard);

    /// <summary>The n-th play of this shard, from 0.</summary>
    public StudyTask this[long n] => TaskAt(Shard, n, Packs, Methods.Length);

    /// <summary>Reads the pack in all its variants.</summary>
    /// <exception cref="InputException">A file, a key or a value is wrong, or no variant allows one of the methods.</exception>
    public static StudyPlan Of(StudyRequest request) => Of(request, new DiskFiles(), PartLibrary.BesideProgram);

    /// <summary>Reads the pack from elsewhere.</summary>
    /// <exception cref="InputException">A file, a key or a value is wrong, or no variant allows one of the methods.</exception>
    public static StudyPlan Of(StudyRequest request, IFileSource source, PartLibrary library)
    {
        ArgumentNullException.ThrowIfNull(request);
        LoadedPack plain = PackFile.Load(request.Pack, source, library);
        CheckSize(request);
        var files = new List<string>(plain.Files.Select(f => f.Sha256));
        var variants = ImmutableArray.CreateBuilder<StudyVariant>();
        foreach (ImmutableArray<string> values in Combinations(request.Vary))
        {
            LoadedPack loaded = Load(request, values, source, library);
            files.AddRange(loaded.Files.Select(f => f.Sha256));
            variants.Add(new StudyVariant(values, loaded.Spec));
        }

        ImmutableArray<IBalancingMethod> methods = Allowed(request.Methods, variants);
        MachineType here = MachineType.Here;
        var header = new StudyHeader
        {
            Pack = plain.Spec.Name,
            Packs = request.Packs,
            Seed = request.Seed ?? plain.Spec.Seed,
            Tasks = (long)variants.Count * methods.Length * request.Packs,
            Methods = [.. methods.Select(m => m.Name)],
            Vary = [.. request.Vary.Select(a => a.ToString())],
            Files = [.. files.Distinct(StringComparer.Ordinal)],
            Engine = StudyHeader.EngineHere,
            Machine = here.Machine,
            Runtime = here.Runtime,
            Math = here.Math,
        };
        return header.Tasks <= StudyRequest.MostTasks
            ? new StudyPlan(request, variants.ToImmutable(), methods, header.Sealed())
            : throw TooMany(header.Tasks);
    }

    internal static long CountOf(long tasks, Shard shard) => Math.Max(0, (tasks - shard.Number + shard.Of) / shard.Of);

    internal static StudyTask TaskAt(Shard shard, long n, int packs, int methods)
    {
        long place = shard.Number - 1 + (n * shard.Of);
        (long group, long pack) = Math.DivRem(place, packs);
        return new StudyTask((int)(group / methods), (int)(group % methods), (int)pack);
    }

    internal static IEnumerable<ImmutableArray<string>> Combinations(ImmutableArray<VaryAxis> axes)
    {
        IEnumerable<ImmutableArray<string>> all = [[]];
        return axes.Aggregate(all, (before, axis) => before.SelectMany(values => axis.Values.Select(v => values.Add(v))));
    }

    private static void CheckSize(StudyRequest request)
    {
        double plays = request.Vary.Aggregate((double)request.Packs, (n, axis) => n * axis.Values.Length);
        if (plays > StudyRequest.MostTasks)
        {
            throw TooMany(plays);
        }
    }

    private static InputException TooMany(double plays) => new(
        null, 0, "--packs", FormattableString.Invariant($"makes {plays:0} plays, expected at most {StudyRequest.MostTasks}; take fewer packs or vary less"));

    private static LoadedPack Load(StudyRequest request, ImmutableArray<string> values, IFileSource source, PartLibrary library)
    {
        PackOverride[] overrides = [.. request.Vary.Zip(values, (axis, value) => new PackOverride(axis.Key, value))];
        try
        {
            return PackFile.Load(request.Pack, source, library, overrides);
        }
        catch (InputException e)
        {
            throw new InputException(null, 0, "--vary", $"with {string.Join(" and ", overrides.Select(o => o.ToString()))}: {e.Message}", e);
        }
    }

    private static ImmutableArray<IBalancingMethod> Allowed(ImmutableArray<IBalancingMethod> asked, IReadOnlyCollection<StudyVariant> variants)
    {
        bool Possible(IBalancingMethod method) => variants.Any(v => method.ImpossibleBecause(v.Pack) is null);
        if (asked.IsEmpty)
        {
            ImmutableArray<IBalancingMethod> possible = [.. BalancingMethods.All.Where(Possible)];
            return possible.Length > 0 ? possible : throw new InputException(null, 0, "--methods", "the pack's tools allow no method; add tools to the pack file");
        }

        return asked.FirstOrDefault(m => !Possible(m)) is { } never
            ? throw new InputException(null, 0, "--methods", $"{never.Name} is not possible: {never.ImpossibleBecause(variants.First().Pack)}")
            : asked;
    }
}
