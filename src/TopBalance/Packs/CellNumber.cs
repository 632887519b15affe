namespace TopBalance.Packs;

/// <summary>The number people see on a cell: 1 to Ns.</summary>
public readonly record struct CellNumber
{
    /// <param name="value">1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public CellNumber(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        Value = value;
    }

    /// <summary>1 to Ns.</summary>
    public int Value { get; }

    /// <summary>The cell's place in buffers: 0 to Ns-1.</summary>
    public int Index => Value - 1;

    /// <summary>The number of the cell at a place in a buffer.</summary>
    public static CellNumber FromIndex(int index) => new(index + 1);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
