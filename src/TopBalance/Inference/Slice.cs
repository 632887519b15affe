namespace TopBalance.Inference;

/// <summary>
/// A slice of what is believed of one cell, given what all cells share: a cell of this capacity, resistance and module lacks anything
/// between two figures, each as likely as the other. Evidence cuts slices, so that a bound stays exact however few of them there are.
/// </summary>
internal struct Slice
{
    /// <summary>Share of the cell's belief; those of a cell sum to 1.</summary>
    public double Weight;

    /// <summary>Ah to full lies between these.</summary>
    public double Low, High;

    /// <summary>Capacity of the whole cell, Ah.</summary>
    public double CapacityAh;

    /// <summary>Its resistances over those of a nominal cell.</summary>
    public double Factor;

    /// <summary>The levels of its module, V.</summary>
    public double On, Off, Hvc;

    /// <summary>A loose lug in series, inside the module's sense points, Ω; 0 in sound packs.</summary>
    public double LugOhms;

    /// <summary>Hysteresis state, −1 to 1.</summary>
    public double Hysteresis;

    /// <summary>Its shunt conducts.</summary>
    public bool Lit;

    /// <summary>Width in Ah.</summary>
    public readonly double Width => High - Low;

    /// <summary>Its middle, Ah.</summary>
    public readonly double Middle => 0.5 * (Low + High);

    /// <summary>The part of it between two figures, with its share of the weight; weight 0 if it has none there.</summary>
    public readonly Slice Part(double low, double high)
    {
        Slice part = this;
        part.Low = Math.Max(Low, low);
        part.High = Math.Min(High, high);
        if (part.High <= part.Low)
        {
            bool inside = Width <= 0 && Low >= low && Low < high;
            part.Weight = inside ? Weight : 0;
            (part.Low, part.High) = inside ? (Low, High) : (part.Low, part.Low);
            return part;
        }

        part.Weight = Width > 0 ? Weight * (part.High - part.Low) / Width : Weight;
        return part;
    }
}
