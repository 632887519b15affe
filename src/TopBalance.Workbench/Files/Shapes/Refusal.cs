using System.Globalization;

namespace TopBalance.Workbench.Files;

/// <summary>Puts what a specification's constructor refused into words for the writer of a file.</summary>
internal static class Refusal
{
    public static string Of(ArgumentException e)
    {
        string reason = e.Message.ReplaceLineEndings("\n").Split('\n')[0];
        int parameter = reason.IndexOf(" (Parameter ", StringComparison.Ordinal);
        reason = (parameter < 0 ? reason : reason[..parameter]).TrimEnd('.');
        reason = reason.Length == 0 ? "not possible" : char.ToLowerInvariant(reason[0]) + reason[1..];
        return e is ArgumentOutOfRangeException { ActualValue: IConvertible seen }
            ? $"saw {seen.ToString(CultureInfo.InvariantCulture)}, {reason}; correct it"
            : $"{reason}; correct it";
    }
}
