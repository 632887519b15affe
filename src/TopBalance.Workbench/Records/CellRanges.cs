using System.Globalization;
using System.Text.RegularExpressions;

namespace TopBalance.Workbench.Records;

/// <summary>Makes long lists of cell numbers short: <c>1, 2, 3, 4, 7</c> becomes <c>1–4, 7</c>.</summary>
internal static partial class CellRanges
{
    private const int LeastRun = 3;

    /// <summary>The sentence with its lists shortened.</summary>
    public static string In(string sentence) => List().Replace(sentence, static list => Short(list.Value));

    private static string Short(string list)
    {
        int[] numbers = [.. list.Split(", ").Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
        var parts = new List<string>();
        for (int k = 0; k < numbers.Length;)
        {
            int end = k;
            while (end + 1 < numbers.Length && numbers[end + 1] == numbers[end] + 1)
            {
                end++;
            }

            bool run = end - k + 1 >= LeastRun;
            parts.AddRange(run ? [$"{Sheet.Number(numbers[k])}–{Sheet.Number(numbers[end])}"] : numbers[k..(end + 1)].Select(Sheet.Number));
            k = end + 1;
        }

        return string.Join(", ", parts);
    }

    [GeneratedRegex(@"(?<![\d.])\d{1,3}(?:, \d{1,3}){2,}(?![\d.]\d)", RegexOptions.None, 1000)]
    private static partial Regex List();
}
