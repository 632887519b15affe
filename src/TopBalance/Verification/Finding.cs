namespace TopBalance.Verification;

/// <summary>How bad a finding is; the worst comes first.</summary>
public enum Severity
{
    /// <summary>Do not start like this.</summary>
    Error,

    /// <summary>It works, but not as hoped, or not without care.</summary>
    Warning,

    /// <summary>Good to know; nothing to change.</summary>
    Note,
}

/// <summary>One thing found in a setup, in whole sentences with units.</summary>
/// <param name="Code">Names the rule, in kebab-case, e.g. <c>charger-set-point</c>. One rule may find several things.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Seen">What was seen in the pack's file.</param>
/// <param name="Why">Why it matters, with what was expected.</param>
/// <param name="Do">What to do.</param>
public sealed record Finding(string Code, Severity Severity, string Seen, string Why, string Do);
