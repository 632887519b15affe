using TopBalance.Packs;

namespace TopBalance.Verification.Setup;

/// <summary>Supplies with a common or earthed side on different cells short the string.</summary>
internal sealed class BenchSuppliesFloating : ISetupRule
{
    /// <inheritdoc/>
    public string Code => "bench-supplies-floating";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine(PackSpec pack)
    {
        int count = pack.Tools.BenchSupplies.Length;
        int tied = pack.Tools.BenchSupplies.Count(s => s.Floating == Floating.No);
        int unknown = pack.Tools.BenchSupplies.Count(s => s.Floating == Floating.Unknown);
        if (tied >= 2)
        {
            yield return Found(
                Severity.Error,
                tied == count ? $"None of the {count} bench supplies floats." : $"{tied} of {count} bench supplies do not float.",
                "Connected to different cells at once, their common or earthed side shorts the cells between them: sparks, burnt leads, "
                    + "fire.",
                "Use one of them at a time, with all leads of the others off the pack.");
        }
        else if (count >= 2 && tied + unknown >= 2)
        {
            yield return Found(
                Severity.Warning,
                unknown == count
                    ? $"Whether the {count} bench supplies float is not known."
                    : $"Of {count} bench supplies {unknown} may not float{(tied > 0 ? ", and one does not" : "")}.",
                "Two supplies whose outputs, USB or control cables share a side or the earth short the cells between them when they are "
                    + "on different cells.",
                "Use one at a time until a meter shows no connection from either output to earth, to its cables and to the other supply; "
                    + "then write 'floating: yes'.");
        }
        else if (tied + unknown >= 1)
        {
            bool isTied = tied > 0;
            yield return Found(
                Severity.Note,
                isTied ? "One bench supply does not float." : "Whether one bench supply floats is not known.",
                "Alone it shorts nothing, but an earthed output ties the cell it is on, and with it the pack, to earth; so does a meter "
                    + "or a laptop on the same cell.",
                $"Touch nothing else of the pack while it is connected{(isTied ? "" : "; measure from its output to earth")}.");
        }
    }

    private Finding Found(Severity severity, string seen, string why, string what) => new(Code, severity, seen, why, what);
}
