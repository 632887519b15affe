using System.Globalization;

namespace TopBalance.Workbench.Files;

/// <summary>
/// A file or an option that is wrong. <see cref="Exception.Message"/> is one line for the person who wrote it: where, what was
/// seen, what was expected, what to do.
/// </summary>
public sealed class InputException : Exception
{
    /// <param name="file">The file as the user named it; null for an option.</param>
    /// <param name="line">Line from 1; 0 if it concerns the whole file.</param>
    /// <param name="key">The key with the way to it, e.g. <c>charger.voltage_v</c>, or the option; null if it concerns none.</param>
    /// <param name="problem">What was seen, what was expected and what to do. Control characters are made visible.</param>
    /// <param name="inner">What failed underneath, or null.</param>
    public InputException(string? file, int line, string? key, string problem, Exception? inner = null)
        : base(Compose(file, line, key, problem), inner)
    {
        File = file;
        Line = line;
        Key = key;
        Problem = OneLine.Of(problem);
    }

    /// <summary>The file as the user named it; null for an option.</summary>
    public string? File { get; }

    /// <summary>Line from 1; 0 if it concerns the whole file.</summary>
    public int Line { get; }

    /// <summary>The key with the way to it, e.g. <c>charger.voltage_v</c>; null if it concerns none.</summary>
    public string? Key { get; }

    /// <summary>The message without file, line and key.</summary>
    public string Problem { get; }

    private static string Compose(string? file, int line, string? key, string problem)
    {
        string place = (file, line) switch
        {
            (null, _) => "",
            (_, 0) => file + ": ",
            _ => string.Create(CultureInfo.InvariantCulture, $"{file}:{line}: "),
        };
        return OneLine.Of(place + (string.IsNullOrEmpty(key) ? "" : key + ": ") + problem);
    }
}
