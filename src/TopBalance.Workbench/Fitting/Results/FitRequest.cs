using System.Collections.Immutable;
using TopBalance.Chemistry;
using TopBalance.Quantities;

namespace TopBalance.Workbench.Fitting;

/// <summary>What a person says of a cell whose logs are fitted; null where they say nothing.</summary>
/// <param name="Id">Name of the cell file without its ending.</param>
public sealed record FitRequest(string Id)
{
    private const double UsualMaxAboveFull = 0.05;

    /// <summary>Name for people. Default the id.</summary>
    public string? Name { get; init; }

    /// <summary>Where the logs come from, in words.</summary>
    public string? Source { get; init; }

    /// <summary>Capacity; null: counted from the logs.</summary>
    public AmpereHours? Capacity { get; init; }

    /// <summary>Full is held here.</summary>
    public Volts? Full { get; init; }

    /// <summary>Must never be held above this.</summary>
    public Volts? Max { get; init; }

    /// <summary>Discharge ends here.</summary>
    public Volts? Min { get; init; }

    /// <summary>RC pairs looked for at most. Default 2.</summary>
    public int RcPairs { get; init; } = 2;

    /// <summary>A cell of the same chemistry.</summary>
    public CellSpec? Like { get; init; }

    /// <summary>What the fit is told.</summary>
    public FitOptions Options
    {
        get
        {
            var usual = new FitOptions();
            return usual with
            {
                Capacity = Capacity,
                Full = Full ?? usual.Full,
                Min = Min ?? usual.Min,
                RcPairs = RcPairs,
                Like = Like,
            };
        }
    }

    /// <summary>The limit above full; where nobody says it, 50 mV above.</summary>
    public Volts MaxOrUsual => Max ?? new Volts(Math.Round(Options.Full.Value + UsualMaxAboveFull, 6));
}
