using System.Collections.Immutable;

namespace TopBalance.Workbench.Files;

/// <summary>Every kind of entry: the next one is a file beside the others and a line here.</summary>
internal static class EntryKinds
{
    /// <summary>Most entries of a file.</summary>
    public const int MostEntries = 10_000;

    public static ImmutableArray<EntryKind> All { get; } =
    [
        new LoopTestEntry(),
        new ChargeEntry(),
        new DrainEntry(),
        new ChargeCellEntry(),
        new VoltagesEntry(),
        new UseEntry(),
        new LogEntry(),
        new RestEntry(),
        new ResetEntry(),
    ];

    /// <summary>The whole file.</summary>
    public static ListShape<EntryValues> File { get; } = new(new EntryShape(All), 1, MostEntries);
}
