using TopBalance.Inference.Observations;

namespace TopBalance.Inference;

/// <summary>What ended a charge, as a condition on the cells.</summary>
internal enum RowEnd
{
    /// <summary>Nothing about the cells: somebody switched it off, or the mains failed.</summary>
    Nothing,

    /// <summary>The first cell reached its HVC.</summary>
    FirstAtHvc,

    /// <summary>The last cell reached its shunt-on level.</summary>
    LastRed,

    /// <summary>The sum of the cells stood at the supply's voltage while its current had fallen.</summary>
    AtVoltage,
}

/// <summary>A charge of neighbouring cells in series by one source, as it was noted: the pack charger's, a 12 V charger's or a bench supply's.</summary>
internal sealed record RowCharge
{
    /// <summary>Index of the first cell, and how many.</summary>
    public required (int First, int Count) Cells { get; init; }

    /// <summary>Noted current while it was constant, A.</summary>
    public required double Amps { get; init; }

    /// <summary>How long it lasted, s.</summary>
    public required double Seconds { get; init; }

    /// <summary>Standard deviation of <see cref="Seconds"/>; null takes that of noted minutes.</summary>
    public double? TimeSigma { get; init; }

    /// <summary>The source's voltage, V; infinite if it never mattered.</summary>
    public double Volts { get; init; } = double.PositiveInfinity;

    /// <summary>Resistance of its leads, Ω.</summary>
    public double LeadOhms { get; init; }

    /// <summary>Noted current at the end, A; null if it was still the full one, or nobody looked.</summary>
    public double? EndAmps { get; init; }

    /// <summary>Noted charge, Ah; null takes current times time.</summary>
    public double? MeteredAh { get; init; }

    /// <summary>The source may have been at constant voltage for part of the time: less than current times time went in.</summary>
    public bool MayTaper { get; init; }

    /// <summary>What ended it.</summary>
    public RowEnd End { get; init; }

    /// <summary>Which cell tripped.</summary>
    public Trip Tripped { get; init; }

    /// <summary>Lamps at the end; null if nobody looked.</summary>
    public LampsSeen? Lamps { get; init; }

    /// <summary>Measured sum of the cells at the end, V.</summary>
    public double? SumVolts { get; init; }

    /// <summary>When single lamps came on, s from the start, by cell index.</summary>
    public IReadOnlyDictionary<int, double>? RedAfter { get; init; }

    /// <summary>The current was noted to have fallen: the source was at its voltage.</summary>
    public bool Fell => EndAmps is { } end && end < 0.95 * Amps;

    /// <summary>At the end the sum of several cells was the source's voltage.</summary>
    public bool AtVolts => Cells.Count > 1 && (End == RowEnd.AtVoltage || (Fell && !double.IsInfinity(Volts)));

    /// <summary>Lamp of a cell by index; all lit if the end says so.</summary>
    public LampSight LampOf(int cell) =>
        End == RowEnd.LastRed ? LampSight.Lit : Lamps?.Of(Packs.CellNumber.FromIndex(cell)) ?? LampSight.NotSeen;
}

/// <summary>Buffers for one charge in one shared draw.</summary>
internal sealed class RowFigures
{
    /// <summary>Most steps in which the charge that passed is looked at.</summary>
    public const int MostBins = 40;

    /// <summary>Most pieces that one reading cuts a slice into.</summary>
    public const int MostParts = 20;

    private readonly int room;
    private readonly SliceFigures[] slices;

    public RowFigures(int cells, int room)
    {
        this.room = room;
        slices = new SliceFigures[cells * room];
        Survivals = new double[cells * (MostBins + 1)];
        Candidates = new int[cells];
        Pieces = new Slice[room * MostParts];
    }

    /// <summary>Edges of the steps of the charge that passed, Ah.</summary>
    public double[] Edges { get; } = new double[MostBins + 1];

    /// <summary>Probability of each step.</summary>
    public double[] Masses { get; } = new double[MostBins];

    /// <summary>Logarithm of the probability that no cell has met its level by an edge.</summary>
    public double[] LogNone { get; } = new double[MostBins + 1];

    /// <summary>Per cell, the probability that it has not met its level by an edge.</summary>
    public double[] Survivals { get; }

    /// <summary>Cells that may have met their level by the last edge.</summary>
    public int[] Candidates { get; }

    /// <summary>Where a cell's slices are cut.</summary>
    public Slice[] Pieces { get; }

    public Span<SliceFigures> Of(int cell) => slices.AsSpan(cell * room, room);

    public Span<double> SurvivalOf(int cell) => Survivals.AsSpan(cell * (MostBins + 1), MostBins + 1);
}

/// <summary>What a charge means for one slice.</summary>
internal struct SliceFigures
{
    /// <summary>Ah to full at which its lamp comes on, at which it trips, and at which a shunt lets go at the end.</summary>
    public double RedAh, TripAh, LetGoAh;

    /// <summary>Charge through the string until the level that ends the charge, from the slice's lower and upper end, Ah.</summary>
    public double EarliestAh, LatestAh;

    /// <summary>
    /// A supply at its voltage holds a cell between these: where its current begins to fall, and where hardly any flows. Below
    /// all else if the source never holds its voltage.
    /// </summary>
    public double HeldFromAh, HeldToAh;

    /// <summary>
    /// Where a supply that holds its voltage leaves a cell that current times time puts here: beyond <see cref="HeldFromAh"/> the current
    /// falls as the charge left to <see cref="HeldToAh"/> does.
    /// </summary>
    public readonly double Held(double ah)
    {
        double room = Math.Max(HeldFromAh - HeldToAh, 1e-9);
        return ah >= HeldFromAh ? ah : HeldFromAh - (room * (1 - Math.Exp((ah - HeldFromAh) / room)));
    }

    /// <summary>Hysteresis state at the end.</summary>
    public double Hysteresis;

    /// <summary>
    /// Share of the string current that reaches the cell once its shunt is on. Below 0 where the shunt takes more: then the cell is
    /// bled to <see cref="OffAh"/>, charged to <see cref="RedAh"/> and so on, and its lamp is lit for part of the time.
    /// </summary>
    public double RedShare;

    /// <summary>Ah to full at which a shunt that takes more than the current lets go.</summary>
    public double OffAh;

    /// <summary>Of the time that a cell swings between its levels, the share in which its lamp is lit.</summary>
    public readonly double LitShare => 1 / (1 - RedShare);

    /// <summary>Charge through the string that takes a cell from an Ah to full down to its trip level.</summary>
    public readonly double ToTrip(double toFullAh, bool lit)
    {
        double dark = lit ? 0 : Math.Max(0, toFullAh - Math.Max(RedAh, TripAh));
        double red = Math.Max(0, toFullAh - dark - TripAh);
        return red <= 1e-12 ? dark : RedShare <= 0 ? double.PositiveInfinity : dark + (red / RedShare);
    }

    /// <summary>Ah to full after a charge through the string.</summary>
    public readonly double After(double toFullAh, double stringAh, bool lit)
    {
        double dark = lit ? 0 : Math.Clamp(toFullAh - RedAh, 0, stringAh);
        return toFullAh - dark - ((stringAh - dark) * RedShare);
    }
}
