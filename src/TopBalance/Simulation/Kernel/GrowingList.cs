namespace TopBalance.Simulation.Kernel;

/// <summary>A list that keeps its buffer when it is cleared, so that a second run of the same size allocates nothing.</summary>
internal sealed class GrowingList<T>
    where T : struct
{
    private T[] items = new T[16];

    public int Count { get; private set; }

    public ReadOnlySpan<T> Items => items.AsSpan(0, Count);

    public ref T this[int index] => ref items[index];

    public void Clear() => Count = 0;

    public void Truncate(int count) => Count = count;

    public void DropFirst(int count)
    {
        Items[count..].CopyTo(items);
        Count -= count;
    }

    public void Add(in T item)
    {
        if (Count == items.Length)
        {
            Array.Resize(ref items, Count * 2);
        }

        items[Count++] = item;
    }

    public void AddRange(ReadOnlySpan<T> more)
    {
        while (Count + more.Length > items.Length)
        {
            Array.Resize(ref items, items.Length * 2);
        }

        more.CopyTo(items.AsSpan(Count));
        Count += more.Length;
    }

    public void Sort(Comparison<T> comparison, int from = 0) => items.AsSpan(from, Count - from).Sort(comparison);
}
