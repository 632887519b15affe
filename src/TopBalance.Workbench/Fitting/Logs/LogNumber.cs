using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Fitting;

/// <summary>Reads the numbers of a log: a decimal point, or a comma where columns are not separated by commas.</summary>
internal static class LogNumber
{
    public static bool TryRead(string text, bool commas, out double value) =>
        NumberText.TryParse(text, out value)
        || (commas && text.Contains(',', StringComparison.Ordinal) && NumberText.TryParseTyped(text, out value));
}
