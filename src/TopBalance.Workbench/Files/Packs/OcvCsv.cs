using System.Collections.Immutable;
using TopBalance.Chemistry;

namespace TopBalance.Workbench.Files;

/// <summary>The file <c>ocv_csv</c>: an OCV table.</summary>
internal static class OcvCsv
{
    private const int MostRows = 100_000;

    private static readonly Key<double> Soc = new("soc", Shapes.Number(NumberRange.From(0, 1)), "State of charge.") { Required = true };

    private static readonly Key<double> Volts = new("ocv_v", Shapes.Number(NumberRange.From(0, 6), "V"), "Open-circuit voltage, V.")
    {
        Required = true,
    };

    private static readonly MapShape Row = new([Soc, Volts]);

    public static OcvCurve Parse(SourceText source)
    {
        var soc = ImmutableArray.CreateBuilder<double>();
        var volts = ImmutableArray.CreateBuilder<double>();
        MapValues? last = null;
        foreach (MapValues row in CsvRows.Read(source, Row))
        {
            if (soc.Count == MostRows)
            {
                throw row.Wrong("is one row too many, expected at most 100000; thin the table out");
            }

            if (last is not null && row.Get(Soc) <= soc[^1])
            {
                throw row.WrongAt(
                    Soc, $"saw {NumberText.Write(row.Get(Soc))} after {NumberText.Write(soc[^1])}, expected it to rise; sort the rows");
            }

            if (last is not null && row.Get(Volts) < volts[^1])
            {
                throw row.WrongAt(
                    Volts, $"saw {NumberText.Write(row.Get(Volts))} after {NumberText.Write(volts[^1])}, expected no fall; correct it");
            }

            soc.Add(row.Get(Soc));
            volts.Add(row.Get(Volts));
            last = row;
        }

        try
        {
            return new OcvCurve(soc.ToImmutable(), volts.ToImmutable());
        }
        catch (ArgumentException e)
        {
            throw new InputException(source.File, last?.Line ?? 1, null, Refusal.Of(e), e);
        }
    }
}
