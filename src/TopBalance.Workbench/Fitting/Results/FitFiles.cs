namespace TopBalance.Workbench.Fitting;

/// <summary>What was written of a fit; null where nothing was asked for.</summary>
/// <param name="Cell">The cell file.</param>
/// <param name="Csv">The curves as a table.</param>
/// <param name="Plot">The page.</param>
public sealed record FitFiles(string? Cell, string? Csv, string? Plot);
