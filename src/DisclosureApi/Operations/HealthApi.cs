using DisclosureApi.Http;

namespace DisclosureApi.Operations;

/// <summary>For those who watch: is the process alive, and should it be sent requests.</summary>
internal static class HealthApi
{
    private static readonly OperationContract Live = new("get_liveness", "Health", "Is the process alive")
    {
        Answers = [new(200, "Health", "It is")],
    };

    private static readonly OperationContract Ready = new("get_readiness", "Health", "Can it do its work")
    {
        Description =
            "Ready means that the database answers, its schema is of this program, this host hears of what others store, and the ledger takes events in. While the primary is away and a replica answers, status is reading: public readings are served, "
            + "and whatever needs the primary is told 503. Otherwise 503, whose failing names what does not hold: "
            + "draining (the host is about to end), database, schema, memory, ledger.",
        Answers = [new(200, "Health", "It can; while the primary is away, it can read")],
        Refusals = [ProblemTypes.NotReady],
    };

    public static void Add(IServiceCollection services, Settings settings)
    {
        services.AddSingleton<Readiness>();
        services.AddHostedService<Watch>();
        services.AddHostedService<Draining>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.Drain + Draining.Longest);
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods("/health/live", ["GET", "HEAD"], () => Status("live")).Describe(Live).AllowAnonymous();
        app.MapMethods("/health/ready", ["GET", "HEAD"], ReadyAsync).Describe(Ready).AllowAnonymous();
    }

    private static async Task<IResult> ReadyAsync(Readiness readiness, CancellationToken cancellation) =>
        await readiness.FailingAsync(cancellation) is { Count: > 0 } failing
            ? failing is ["database"] && readiness.CanRead ? Status("reading") : new Problem(ProblemTypes.NotReady).With("failing", failing).WithHeader("Retry-After", "1")
            : Status("ready");

    private static Answer Status(string status) => new(StatusCodes.Status200OK, Json.Bytes(new { status }), "");
}
