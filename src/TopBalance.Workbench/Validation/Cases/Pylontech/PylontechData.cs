using System.Collections.Immutable;
using System.Globalization;

namespace TopBalance.Workbench.Validation.Cases.Pylontech;

/// <summary>Records of 15S modules with shunting BMS. Cells are numbered from 0 as in their files.</summary>
internal static class PylontechData
{
    /// <summary>Cells in series.</summary>
    public const int Cells = 15;

    private const string Origin =
        "G. Pollak-Diener 2026, github.com/GPollakDiener/Pylontech-Battery-Investigation @819c868, 15S modules US2000C (50 Ah) and US3000C (74 Ah)";

    /// <summary>Files of this source.</summary>
    public static MeasuredData Of(params ImmutableArray<string> files) => new(files, Origin, "CC BY-NC 4.0") { NonCommercial = true };

    /// <summary>A column of each cell, by what stands behind its number, e.g. <c>V</c>.</summary>
    public static double[][] PerCell(DataTable table, string what) =>
    [
        .. Enumerable.Range(0, Cells).Select(k => table[string.Create(CultureInfo.InvariantCulture, $"cell_{k:00}_{what}")].ToArray()),
    ];
}
