namespace DisclosureApi;

public static class ContractApi
{
    public static IServiceCollection AddContract(this IServiceCollection services) => services.AddOpenApi("v1");

    public static void MapContract(this WebApplication app) => app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
}
