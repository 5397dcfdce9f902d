using System.Collections.Concurrent;
using Disclosure.Tests;

namespace DisclosureApi.Tests.Store.Following;

/// <summary>Hosts that are replaced one by one under load, as an operator upgrades them.</summary>
public sealed class RollingRestartTests(Api api) : IClassFixture<Api>
{
    private const int Writers = 4;
    private const int Replacements = 4;
    private readonly ConcurrentBag<string> _acknowledged = [];
    private volatile Uri[] _hosts = [];

    [Fact]
    public async Task Hosts_are_replaced_one_by_one_and_nobody_who_asks_again_loses_a_write()
    {
        _hosts = [await api.AnotherHostAsync(), await api.AnotherHostAsync()];
        using var stopping = new CancellationTokenSource();
        var writers = Enumerable.Range(0, Writers).Select(writer => Task.Run(() => RegisterOnAsync(writer, stopping.Token))).ToList();
        for (var replaced = 0; replaced < Replacements; replaced++)
        {
            var before = _acknowledged.Count;
            while (_acknowledged.Count < before + 20)
            {
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }
            var old = _hosts[0];
            _hosts = [_hosts[1], await api.AnotherHostAsync()];
            await api.StopHostAsync(old);
        }
        await stopping.CancelAsync();
        await Task.WhenAll(writers);

        Assert.Equal(_acknowledged.Order(StringComparer.Ordinal), _acknowledged.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.Equal(_acknowledged.Order(StringComparer.Ordinal), await api.Database.TextsAsync("""select split_part(stream_id, '/', 2) as code from mt_events where type = 'agency_registered' order by stream_id collate "C" """));
        foreach (var host in _hosts)
        {
            (await api.Of(null, host).GetAsync($"/v1/agencies/{_acknowledged.First()}")).Expect(200);
        }
    }

    /// <summary>One agency after another, each asked for until it is answered; that it is there already answers a lost answer.</summary>
    private async Task RegisterOnAsync(int writer, CancellationToken stopping)
    {
        for (var number = writer + 1; !stopping.IsCancellationRequested; number += Writers)
        {
            var code = Samples.CodeOf(number);
            for (var attempt = 0; !await IsRegisteredAsync(code, _hosts[(number + attempt) % 2]); attempt++)
            {
                Assert.InRange(attempt, 0, 20);
            }
            _acknowledged.Add(code);
        }
    }

    private async Task<bool> IsRegisteredAsync(string code, Uri host)
    {
        try
        {
            var answer = await api.Of(api.Registrar.Token, host).PutAsync($"/v1/agencies/{code}", Bodies.Agency(code, Samples.Office), Headers.Create);
            return answer.Status is 201 or 412 || (answer.Status == 503 ? false : throw new InvalidOperationException(answer.Text));
        }
        catch (HttpRequestException)
        {
            // The host is gone; the next one is asked.
            return false;
        }
    }
}
