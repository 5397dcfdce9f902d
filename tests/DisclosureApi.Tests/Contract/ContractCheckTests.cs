using DisclosureApi.Contract;
using DisclosureApi.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace DisclosureApi.Tests.Contract;

/// <summary>The host refuses to start with an endpoint that the contract could not tell.</summary>
public sealed class ContractCheckTests
{
    private static readonly OperationContract _right = new("get_thing", "Health", "Read a thing") { Answers = [new(200, "Health", "It")] };

    [Fact]
    public void A_contract_whose_names_are_all_known_is_right() => Assert.Empty(ContractCheck.Faults(Endpoint("/things", _right)));

    [Fact]
    public void An_endpoint_without_a_contract_is_refused() => Assert.Single(ContractCheck.Faults(Endpoint("/things")));

    [Fact]
    public void An_endpoint_left_out_of_the_contract_on_purpose_is_not() => Assert.Empty(ContractCheck.Faults(Endpoint("/things", new ExcludeFromDescriptionAttribute())));

    [Fact]
    public void A_schema_that_there_is_not_is_refused() =>
        Assert.Contains("the schema Nothing", Assert.Single(ContractCheck.Faults(Endpoint("/things", _right with { Body = "Nothing" }))), StringComparison.Ordinal);

    [Fact]
    public void A_header_that_is_not_described_is_refused()
    {
        var wrong = _right with { Answers = [new(200, "Health", "It") { Headers = ["X-Thing"] }] };
        Assert.Contains("the header X-Thing", Assert.Single(ContractCheck.Faults(Endpoint("/things", wrong))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_that_is_not_described_is_refused() =>
        Assert.Contains("the parameter thing", Assert.Single(ContractCheck.Faults(Endpoint("/things/{thing}", _right))), StringComparison.Ordinal);

    [Fact]
    public void A_tag_that_is_not_described_is_refused() =>
        Assert.Contains("the tag Things", Assert.Single(ContractCheck.Faults(Endpoint("/things", _right with { Tag = "Things" }))), StringComparison.Ordinal);

    private static RouteEndpoint Endpoint(string pattern, params object[] metadata) =>
        new(_ => Task.CompletedTask, RoutePatternFactory.Parse(pattern), 0, new EndpointMetadataCollection(metadata), pattern);
}
