using TopBalance.Packs;

namespace TopBalance.Verification.Diagnosis;

/// <summary>One reason why a pack may not be converging, in whole sentences with units.</summary>
/// <param name="Code">Names the hypothesis, in kebab-case, e.g. <c>shunt-dead</c>.</param>
/// <param name="Cell">The cell it is about; null for the pack or the way of working.</param>
/// <param name="Probability">How probable it is after all that was seen, 0 to 1.</param>
/// <param name="Seen">The evidence: what of the log speaks for it, with numbers.</param>
/// <param name="Why">What it does to the balancing.</param>
/// <param name="Confirm">A test that a person at the pack can do and that decides.</param>
/// <param name="Do">What to do if the test confirms it.</param>
public sealed record DiagnosisFinding(
    string Code, CellNumber? Cell, double Probability, string Seen, string Why, string Confirm, string Do);
