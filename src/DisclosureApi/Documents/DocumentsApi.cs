using DisclosureApi.Documents.Batch;
using DisclosureApi.Documents.Readers;
using DisclosureApi.Documents.Writers;
using DisclosureApi.Http;
using DisclosureApi.Http.Printing;

namespace DisclosureApi.Documents;

/// <summary>The official forms, and reading documents made after them.</summary>
public static class DocumentsApi
{
    /// <summary>Which documents this instance reads, and how.</summary>
    public static DocumentReaders Readers() => InstalledReaders.Find();

    /// <summary>Which documents it gives out, and how.</summary>
    public static DocumentWriters Writers() => InstalledWriters.All();

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods("/v1/formats", ["GET", "HEAD"], GetFormats.Handle).Describe(GetFormats.Contract).AllowAnonymous();
        app.MapMethods("/v1/formats/{year:int}/blank", ["GET", "HEAD"], GetBlankForm.Handle).Describe(GetBlankForm.Contract).AllowAnonymous();
        app.MapPost("/v1/conversions", (Delegate)PostConversion.HandleAsync).Describe(PostConversion.Contract).AllowAnonymous();
        app.MapPost("/v1/conversions/batch", PostBatch.HandleAsync).Describe(PostBatch.Contract).AllowAnonymous();
    }
}
