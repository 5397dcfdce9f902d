using Disclosure.Canonical;
using Disclosure.Reports;
using DisclosureApi.Store;

namespace DisclosureApi.Benchmarks.Appends;

/// <summary>The event of about 1 KB that every side stores.</summary>
internal static class Sample
{
    public static readonly ReportEvent Event = new ReportEvent.ReportWithdrawn(new CommittedText(string.Concat(Enumerable.Repeat("0123456789abcdef", 58)), new string('5', 32)));

    public static readonly Provenance Provenance = new("p_0123456789abcdef01234567", "submitter", "11990102000001038J", "benchmarks", "0HN0123456789:00000001");

    public static readonly string Json = EventCodec.Encode(Event);

    public static readonly string Name = EventCodec.NameOf(Event);

    public static readonly string DotnetType = EventCodec.DotnetTypeOf(Event);

    public const string Headers = """{"role":"submitter","agency":"11990102000001038J","client":"benchmarks","salt":"55555555555555555555555555555555"}""";
}
