using DisclosureApi.Http;
using Npgsql;

namespace DisclosureApi;

/// <summary>For those who watch: is the process alive, and can it do its work.</summary>
internal static class HealthApi
{
    private static readonly OperationContract Live = new("get_liveness", "Health", "Is the process alive")
    {
        Answers = [new(200, "Health", "It is")],
    };

    private static readonly OperationContract Ready = new("get_readiness", "Health", "Can it do its work")
    {
        Description = "Ready means that the database answers and holds the event store.",
        Answers = [new(200, "Health", "It can")],
    };

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods("/health/live", ["GET", "HEAD"], () => Status("live")).Describe(Live).AllowAnonymous();
        app.MapMethods("/health/ready", ["GET", "HEAD"], ReadyAsync).Describe(Ready).AllowAnonymous();
    }

    private static async Task<IResult> ReadyAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        try
        {
            await using var command = database.CreateCommand("select 1 from mt_streams limit 1");
            await command.ExecuteNonQueryAsync(cancellation);
            return Status("ready");
        }
        catch (NpgsqlException)
        {
            return new Problem(ProblemTypes.Unavailable).WithHeader("Retry-After", "1");
        }
    }

    private static Answer Status(string status) => new(StatusCodes.Status200OK, Json.Bytes(new { status }), "");
}
