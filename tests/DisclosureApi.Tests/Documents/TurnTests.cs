using Disclosure.Documents;
using DisclosureApi.Http;

namespace DisclosureApi.Tests.Documents;

/// <summary>Documents wait for each other, so that nobody else has to wait for all of them.</summary>
public class TurnTests
{
    [Fact]
    public async Task No_more_documents_are_read_at_once_than_there_are_processors_for()
    {
        var (now, most) = (0, 0);
        var readers = new DocumentReaders([new DocumentReader("text/plain", ReadAsync)]);

        await Task.WhenAll(Enumerable.Range(0, 5 * FilingBody.MostAtOnce).Select(_ => Assert.ThrowsAsync<ProblemException>(() =>
            FilingBody.ReadAsync(readers, "text/plain", new DocumentBytes([], null), TestContext.Current.CancellationToken))));

        Assert.InRange(most, 1, FilingBody.MostAtOnce);

        async Task<SourceText> ReadAsync(DocumentBytes document, CancellationToken cancellation)
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            await Task.Delay(20, cancellation);
            Interlocked.Decrement(ref now);
            return new SourceText([]);
        }
    }
}
