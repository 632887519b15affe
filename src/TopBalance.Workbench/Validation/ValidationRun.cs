using System.Collections.Immutable;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Validation;

/// <summary>A case that was run, or could not be.</summary>
/// <param name="Case">Which.</param>
/// <param name="Result">What it found; null if it was skipped.</param>
/// <param name="Skipped">Why it was skipped; null if it was not.</param>
public sealed record CaseRun(IValidationCase Case, CaseResult? Result, string? Skipped);

/// <summary>What several cases come to together.</summary>
public enum Outcome
{
    /// <summary>Every case ran and every figure is within its margin.</summary>
    Within,

    /// <summary>A figure is out of its margin.</summary>
    Outside,

    /// <summary>No figure is out of its margin, but not every case could be run.</summary>
    Incomplete,
}

/// <summary>Runs cases one after another.</summary>
public static class ValidationRun
{
    /// <summary>The case of that id, or all.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static ImmutableArray<IValidationCase> Choose(string? id)
    {
        ImmutableArray<IValidationCase> all = ValidationCases.All;
        if (id is null)
        {
            return all;
        }

        ImmutableArray<IValidationCase> chosen = [.. all.Where(c => string.Equals(c.Id, id, StringComparison.Ordinal))];
        return !chosen.IsEmpty
            ? chosen
            : throw new InputException(null, 0, "--case", $"saw {OneLine.Quote(id)}, expected one of {string.Join(", ", all.Select(c => c.Id))}");
    }

    /// <summary>Runs a case if its data are there.</summary>
    public static CaseRun Run(IValidationCase validation, DataFolder data, IProgress<double>? progress, CancellationToken cancellationToken) =>
        data.Missing(validation).FirstOrDefault() is { } missing
            ? new CaseRun(validation, null, $"no data: {missing} is not in the data folder")
            : new CaseRun(validation, validation.Run(data, progress, cancellationToken), null);

    /// <summary>What they come to together.</summary>
    public static Outcome OutcomeOf(IReadOnlyCollection<CaseRun> runs)
    {
        bool outside = runs.Any(r => r.Result is { } result && result.Figures.Any(f => f.Verdict == Verdict.Outside));
        return outside ? Outcome.Outside : runs.Any(r => r.Result is null) ? Outcome.Incomplete : Outcome.Within;
    }
}
