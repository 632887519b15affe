using System.Collections.Immutable;
using System.Globalization;

namespace TopBalance.Acceptance.Loops;

/// <summary>One job as it stands in a file of rows.</summary>
internal sealed record LoopRow
{
    public required ulong Seed { get; init; }

    public required string Method { get; init; }

    /// <summary><c>mixed</c>, <c>single</c> or <c>paper</c>.</summary>
    public required string Role { get; init; }

    public required double Hours { get; init; }

    public required double AttendedHours { get; init; }

    public required double Cost { get; init; }

    public required double ResidualShare { get; init; }

    public required bool Balanced { get; init; }

    /// <summary>NaN where nothing was predicted.</summary>
    public required double PitBefore { get; init; }

    /// <summary>NaN where nothing was predicted.</summary>
    public required double PitAfter { get; init; }

    public required int Overcharges { get; init; }

    public required int Reversals { get; init; }

    public required int LateModules { get; init; }

    /// <summary>Empty for none.</summary>
    public required string Fault { get; init; }

    public required string GivenUp { get; init; }

    /// <summary>Reads files of the same columns, in order of the seeds.</summary>
    public static ImmutableArray<LoopRow> Read(IEnumerable<string> files) =>
    [
        .. from file in files
           from line in File.ReadLines(file).Skip(1)
           let row = Parse(line)
           orderby row.Seed, row.Role
           select row,
    ];

    private static LoopRow Parse(string line)
    {
        string[] names = LoopTrial.Header.Split(',');
        string[] values = line.Split(',', names.Length);
        string Of(string name) => values[Array.IndexOf(names, name)];
        double Number(string name) => double.Parse(Of(name), CultureInfo.InvariantCulture);
        return new LoopRow
        {
            Seed = ulong.Parse(Of("seed"), CultureInfo.InvariantCulture),
            Method = Of("method"),
            Role = Of("role"),
            Hours = Number("hours"),
            AttendedHours = Number("attended_hours"),
            Cost = Number("cost"),
            ResidualShare = Number("residual_ah") / Number("capacity_ah"),
            Balanced = Of("balanced") == "1",
            PitBefore = Number("pit_before"),
            PitAfter = Number("pit_after"),
            Overcharges = (int)Number("overcharge"),
            Reversals = (int)Number("reversal"),
            LateModules = (int)Number("late_modules"),
            Fault = Of("fault"),
            GivenUp = Of("given_up").Trim('"'),
        };
    }
}
