using System.Globalization;
using TopBalance.Procedure;

namespace TopBalance.Workbench.Store;

/// <summary>
/// A clock that goes on while the machine sleeps and is not set: the time since it was started. On Linux it outlives the program; elsewhere
/// it is the program's own and tells nothing of the time before it began.
/// </summary>
public static class SteadyClock
{
    private const string Uptime = "/proc/uptime", BootId = "/proc/sys/kernel/random/boot_id";
    private static readonly string? Boot = OperatingSystem.IsLinux() && File.Exists(BootId) && File.Exists(Uptime)
        ? File.ReadAllText(BootId).Trim() : null;

    /// <summary>Its reading; null where the system has no clock that goes on while it sleeps.</summary>
    public static Tick? Now()
    {
        if (Boot is null)
        {
            return null;
        }

        string text = File.ReadAllText(Uptime);
        return double.TryParse(text.AsSpan(0, text.IndexOf(' ')), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out double seconds)
            ? new Tick(Boot, seconds)
            : null;
    }

    /// <summary>Now, for something that is noted as it happens.</summary>
    public static Stamp Stamp(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        DateTimeOffset now = time.GetUtcNow();
        return new Stamp(now, now, time.LocalTimeZone.Id) { Tick = Now() };
    }
}
