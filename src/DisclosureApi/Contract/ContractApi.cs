using DisclosureApi.Http;

namespace DisclosureApi.Contract;

/// <summary>What this API promises, for machines and for people: the contract, its documentation, and a page for each kind of problem.</summary>
public static class ContractApi
{
    private const string Address = "/openapi/v1.json";

    public static IServiceCollection AddContract(this IServiceCollection services)
    {
        services.AddOpenApi(ContractDocument.Name, options =>
        {
            options.AddOperationTransformer(ContractOperation.DescribeAsync);
            options.AddDocumentTransformer(ContractDocument.CompleteAsync);
        });
        return services.AddSingleton<PublishedContract>().AddSingleton<PublishedSchemas>();
    }

    /// <summary>Comes after all rooms have told their URLs: it refuses to start with one that the contract could not tell.</summary>
    public static void MapContract(this WebApplication app)
    {
        app.MapMethods("/v1/schemas/{schema}", ["GET", "HEAD"], (string schema, PublishedSchemas schemas) => schemas.AnswerAsync(schema)).Describe(PublishedSchemas.Contract).AllowAnonymous();
        app.RequireContracts();
        app.MapMethods(Address, ["GET", "HEAD"], (PublishedContract contract) => contract.AnswerAsync()).ExcludeFromDescription().AllowAnonymous();
        // Whoever opens the bare address is a newcomer; what he needs first is the documentation.
        app.MapMethods("/", ["GET", "HEAD"], () => Results.LocalRedirect("~/docs/index.html")).ExcludeFromDescription().AllowAnonymous();
        ProblemPages.Map(app);
        MapDocumentation(app);
    }

    private static void MapDocumentation(WebApplication app)
    {
        var pages = app.MapSwaggerUI("/docs", options =>
        {
            options.DocumentTitle = "DisclosureApi 接口文档";
            // Relative to the page, so that the documentation also works behind a prefix.
            options.SwaggerEndpoint("../openapi/v1.json", "DisclosureApi v1");
            options.EnableDeepLinking();
            options.DisplayOperationId();
        });
        pages.AllowAnonymous().WithMetadata(new ExcludeFromDescriptionAttribute(), new HttpMethodMetadata(["GET", "HEAD"]));
        pages.Finally(endpoint =>
        {
            var show = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context =>
            {
                foreach (var (name, value) in PageHeaders.Documentation)
                {
                    context.Response.Headers[name] = value;
                }
                return show(context);
            };
        });
    }
}
