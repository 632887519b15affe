using System.Collections.Immutable;

namespace TopBalance.Workbench.Validation;

/// <summary>Measured data that a case uses.</summary>
/// <param name="Files">Paths inside the data folder, with <c>/</c>.</param>
/// <param name="Origin">Who measured it and where it can be had.</param>
/// <param name="Licence">Name of its licence.</param>
public sealed record MeasuredData(ImmutableArray<string> Files, string Origin, string Licence)
{
    /// <summary>
    /// The licence forbids commercial use: nothing of the data goes into the project but error figures; charts that show it are made
    /// locally only.
    /// </summary>
    public bool NonCommercial { get; init; }
}

/// <summary>
/// One comparison of the model with measured data it was not fitted to. The next one is a file in <c>Cases</c> and a line in
/// <see cref="ValidationCases"/>.
/// </summary>
public interface IValidationCase
{
    /// <summary>Name for <c>--case</c> and for files: lower case, digits and hyphens.</summary>
    string Id { get; }

    /// <summary>Heading, a few words.</summary>
    string Title { get; }

    /// <summary>What is done, in a paragraph: what the model is given, what it is judged on.</summary>
    string Method { get; }

    /// <summary>The data used.</summary>
    ImmutableArray<MeasuredData> Data { get; }

    /// <summary>Compares. The same data give the same result.</summary>
    /// <param name="data">Has all files of <see cref="Data"/>.</param>
    /// <param name="progress">Told the share that is done, 0 to 1; may be null.</param>
    /// <param name="cancellationToken">Looked at several times a second.</param>
    CaseResult Run(DataFolder data, IProgress<double>? progress, CancellationToken cancellationToken);
}
