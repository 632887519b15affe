using TopBalance.Inference.Observations;

namespace TopBalance.Workbench.Files;

/// <summary><c>log</c>: a digital BMS logged every cell.</summary>
internal sealed class LogEntry() : MapKind("log", "A log of current and all cell voltages.", "{ file: cells.csv }", [Named])
{
    private static readonly Key<string> Named = new(
        "file", Shapes.Text("the path of a CSV file", 1000), "CSV file, relative to this one: time_s, current_a, v1 to vn.")
    {
        Required = true,
        Example = "cells.csv",
    };

    protected override Observation Read(MapValues values, EntryContext context) => context.Reader.ReadNamed(
        context.Source,
        values,
        Named,
        values.Get(Named),
        FileReader.MostCsvBytes,
        text => PackLogCsv.Parse(text, context.Pack.Series));

    protected override FlowMap? Map(Observation seen, Func<LogSeen, string> fileOf) =>
        seen is LogSeen log ? new FlowMap().Add(Named, ObservationText.Quoted(fileOf(log))) : null;
}
