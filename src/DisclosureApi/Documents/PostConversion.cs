using Disclosure.Contents;
using DisclosureApi.Http;

namespace DisclosureApi.Documents;

/// <summary>POST /v1/conversions: a document in, a filing out, with where each number was read; nothing is stored.</summary>
internal static class PostConversion
{
    public static readonly OperationContract Contract = new("convert_document", "Documents", "Read a document into a filing")
    {
        Description =
            "Reads the annual report that is the body. Each cell has a reading with its place; a number that cannot be told for sure is null "
            + "with candidates, never guessed. The answer can be sent unchanged to POST /v1/validations and PUT …/draft. Nothing is stored.",
        Documents = FilingBody.Documents,
        Answers = [new(200, "Filing", "The filing as read")],
        Problems = [400, 413, 415, 422],
    };

    public static async Task<IResult> HandleAsync(HttpContext context)
    {
        var filing = (await FilingBody.DocumentAsync(context)).Filing;
        return new Answer(StatusCodes.Status200OK, Json.Bytes(writer => FilingWriter.Write(writer, filing)), "");
    }
}
