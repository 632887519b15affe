namespace TopBalance.Workbench.Tests.Cli;

/// <summary>A clock on which every wait is over at once, and took exactly as long as it was to.</summary>
internal sealed class HastyClock : TimeProvider
{
    private long ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref ticks);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Add(ref ticks, Math.Max(0, dueTime.Ticks));

        // a thread of its own: the pool may be full of other tests until the wait is of no use any more
        new Thread(() => callback(state)) { IsBackground = true }.Start();
        return new Spent();
    }

    private sealed class Spent : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
