using DisclosureApi.Http;

namespace DisclosureApi.Access.Recording;

/// <summary>Says of an endpoint that its uses are recorded.</summary>
public sealed record RecordedUse;

public static class RecordedEndpointExtensions
{
    /// <summary>Every request that comes through the door is recorded, whatever it is answered.</summary>
    public static RouteHandlerBuilder Recorded(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new RecordedUse()).AddEndpointFilter(async (invocation, next) =>
    {
        var context = invocation.HttpContext;
        var log = context.RequestServices.GetRequiredService<AccessLog>();
        var operation = context.GetEndpoint()!.Metadata.GetRequiredMetadata<OperationContract>().Id;
        var access = await log.BeginAsync(context, operation, context.RequestAborted);
        context.Features.Set(access);
        try
        {
            return new RecordedResult((IResult)(await next(invocation))!, log, access);
        }
        catch (Exception refused)
        {
            await log.EndAsync(access, refused is ProblemException { Problem.Type.Status: var status } ? status : StatusCodes.Status500InternalServerError);
            throw;
        }
    });

    private sealed class RecordedResult(IResult result, AccessLog log, AuditAccess access) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            try
            {
                await result.ExecuteAsync(httpContext);
            }
            finally
            {
                await log.EndAsync(access, httpContext.Response.StatusCode);
            }
        }
    }
}
