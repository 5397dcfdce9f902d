using System.Diagnostics;
using System.Globalization;

namespace Disclosure.Tests;

/// <summary>How long this thread has worked: a machine that is busy with other things makes nothing take longer.</summary>
public static class WorkTime
{
    /// <summary>The time that the system counts for each thread, in nanoseconds, where it tells.</summary>
    private const string Told = "/proc/thread-self/schedstat";

    public static TimeSpan Now => File.Exists(Told)
        ? TimeSpan.FromMicroseconds(long.Parse(File.ReadAllText(Told).Split(' ')[0], CultureInfo.InvariantCulture) / 1000.0)
        : Stopwatch.GetElapsedTime(0);
}
