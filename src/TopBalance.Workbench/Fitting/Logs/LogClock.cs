using System.Globalization;
using TopBalance.Workbench.Files;

namespace TopBalance.Workbench.Fitting;

/// <summary>Reads the time column of a log: numbers, <c>hh:mm:ss</c>, or dates with a time of day.</summary>
internal sealed class LogClock(LogUnit unit, bool namesUnit, bool decimalCommas)
{
    private const double Day = 86400;

    // seconds since 1970 have 10 digits, milliseconds 13
    private const double EpochMilliseconds = 1e11;

    private static readonly string[] Formats =
    [
        .. from date in new[] { "yyyy-MM-dd", "yyyy/MM/dd", "dd.MM.yyyy", "d.M.yyyy" }
           from between in new[] { "'T'", "' '" }
           from time in new[] { "HH:mm:ss.FFFFFFFK", "H:mm:ss.FFFFFFFK", "HH:mmK" }
           select date + between + time,
    ];

    private Kind kind;
    private DateTimeOffset first;
    private double days, last;

    // milliseconds since 1970 though nothing says so
    private bool epoch;

    private enum Kind
    {
        Unknown,
        Number,
        TimeOfDay,
        Date,
    }

    /// <summary>Time in s, from the first stamp where they are stamps.</summary>
    public bool TryRead(string text, out double seconds)
    {
        seconds = 0;
        return kind switch
        {
            Kind.Number => TryNumber(text, out seconds),
            Kind.TimeOfDay => TryTimeOfDay(text, out seconds),
            Kind.Date => TryDate(text, out seconds),
            _ => TryBegin(text, out seconds),
        };
    }

    private bool TryBegin(string text, out double seconds)
    {
        if (TryNumber(text, out seconds))
        {
            kind = Kind.Number;
        }
        else if (TryTimeOfDay(text, out seconds))
        {
            kind = Kind.TimeOfDay;
        }
        else if (TryDate(text, out seconds))
        {
            kind = Kind.Date;
        }

        return kind != Kind.Unknown;
    }

    private bool TryNumber(string text, out double seconds)
    {
        bool read = LogNumber.TryRead(text, decimalCommas, out seconds);
        epoch |= read && !namesUnit && seconds > EpochMilliseconds;
        seconds *= epoch ? 1e-3 : unit.Factor;
        return read;
    }

    private bool TryTimeOfDay(string text, out double seconds)
    {
        seconds = 0;
        string[] parts = text.Split(':');
        bool read = parts.Length == 3
            && double.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out double hours) && hours < 1e6
            && double.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out double minutes) && minutes < 60
            && LogNumber.TryRead(parts[2], commas: true, out double second) && second is >= 0 and < 60
            && (seconds = (hours * 3600) + (minutes * 60) + second) >= 0;
        if (!read)
        {
            return false;
        }

        // from 23:59 to 00:00 a day goes by; a smaller step back is a clock that was put back
        if (kind == Kind.TimeOfDay && seconds < Day && seconds + (days * Day) < last - (0.75 * Day))
        {
            days++;
        }

        seconds += days * Day;
        last = seconds;
        return true;
    }

    private bool TryDate(string text, out double seconds)
    {
        const DateTimeStyles style = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        bool read = DateTimeOffset.TryParseExact(
            text.Replace(',', '.'), Formats, CultureInfo.InvariantCulture, style, out DateTimeOffset stamp);
        first = read && kind == Kind.Unknown ? stamp : first;
        seconds = read ? (stamp - first).TotalSeconds : 0;
        return read;
    }
}
