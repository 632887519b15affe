namespace TopBalance.Workbench.Tests.Cli;

/// <summary>A clock on which nothing takes any time, however busy the machine is.</summary>
internal sealed class StillClock : TimeProvider
{
    public override long GetTimestamp() => 0;
}
