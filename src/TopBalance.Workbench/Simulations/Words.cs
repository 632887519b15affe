using System.Globalization;
using TopBalance.Simulation;

namespace TopBalance.Workbench.Simulations;

/// <summary>The engine's kinds in the words of files, output and JSON.</summary>
public static class Words
{
    /// <summary><c>hvc</c>, <c>charged</c>, <c>lvc</c>, <c>time</c>, <c>stuck</c>, <c>loop</c>, <c>reached</c> …</summary>
    public static string Of(EndReason reason) => Kebab(reason.ToString());

    /// <summary><c>overcharge</c>, <c>reversal</c>, <c>over-hvc</c>, <c>over-wattage</c>.</summary>
    public static string Of(HazardKind kind) => Kebab(kind.ToString());

    /// <summary>E.g. <c>shunt-on</c>, <c>hvc-opened</c>, <c>constant-voltage</c>.</summary>
    public static string Of(RunEventKind kind) => Kebab(kind.ToString());

    private static string Kebab(string pascal)
    {
        var text = new System.Text.StringBuilder(pascal.Length + 2);
        foreach (char c in pascal)
        {
            if (char.IsUpper(c) && text.Length > 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLower(c, CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
