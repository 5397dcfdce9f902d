using Microsoft.OpenApi;
using static DisclosureApi.Contract.Schemas.Shape;

namespace DisclosureApi.Contract.Schemas;

/// <summary>The small bodies of the steps in a report's life.</summary>
internal static class StepSchemas
{
    private const int MaxText = 2_000;
    private const int MaxPointer = 200;
    private const int MaxItems = 500;

    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() =>
    [
        ("StepNote", Closed("A step that needs no more than a word, or none.", ("note", Note())).WithExample("""{ "note": "请审核。" }""")),
        ("StepNothing", Closed("A step that needs no word.").WithExample("{}")),
        ("Submission", Closed(
            "What goes with a submission; nothing has to.",
            ("note", Note()),
            ("publishOriginal", Flag("Whether the document that the draft was filed as becomes public with the report; false when left out.").OrNull()))
            .WithExample("""{ "note": "请审核。", "publishOriginal": true }""")),
        ("SecrecyReview", SecrecyReview()),
        ("Acknowledgements", Acknowledgements()),
        ("Review", Review()),
        ("Waiver", Waiver()),
        ("Reason", Closed("Why a step is taken that changes what the public reads.", ("reason", Text("Becomes part of the public history.", MaxText).NotEmpty()))
            .Whole().WithExample("""{ "reason": "新收申请件数漏计2件。" }""")),
        ("Archive", Archive()),
        ("WordsRedaction", Closed(
            "Words that must go, and the law that says so.",
            ("words", List("Letter for letter as they stand.", Text("Words.", MaxText).With(word => word.MinLength = 2), 20).NotEmpty()),
            ("basis", Text("法律依据, the provision that orders it.", MaxText).NotEmpty()),
            ("reason", Text("Becomes part of the public history; it must not repeat the words.", MaxText).NotEmpty()))
            .Whole().WithExample("""{ "words": ["13900000000"], "basis": "个人信息保护法第四十七条", "reason": "误载个人电话" }""")),
        ("Redaction", Closed(
            "Words that must go, or a person, or both; and the law that says so.",
            ("words", List("Letter for letter as they stand; needed where no person is named.", Text("Words.", MaxText).With(word => word.MinLength = 2), 20).NotEmpty()),
            ("person", Text("The id, as events bear it, of somebody who acted on the report and whom nothing is to lead to any more.", MaxText).With(id => (id.Pattern, id.Examples) = ("^p_[0-9a-f]{24}$", ["p_0123456789abcdef01234567"]))),
            ("basis", Text("法律依据, the provision that orders it.", MaxText).NotEmpty()),
            ("reason", Text("Becomes part of the public history; it must not repeat the words.", MaxText).NotEmpty()))
            .Requiring("basis", "reason").WithExample("""{ "words": ["13900000000"], "basis": "个人信息保护法第四十七条", "reason": "误载个人电话" }""")),
    ];

    private static OpenApiSchema SecrecyReview() => Closed(
        "What the secrecy reviewer says of which content (条例, articles 14 to 17).",
        ("contentHash", ReportSchemas.Hash("The contentHash of the draft that was read.")),
        ("passed", Flag("Whether the content may be public.")),
        ("note", Note())).Requiring("contentHash", "passed").WithExample(Examples.SecrecyReview);

    private static OpenApiSchema Acknowledgements() => Closed(
        "Findings that the submitter has seen, and why they stand.",
        ("acknowledgements", List("At least one.", Closed(
            "One acknowledgement.",
            ("code", Text("The finding's code.", 20).NotEmpty()),
            ("pointers", List(
                "The finding has all of these among its pointers; left out or empty, all findings of the code are meant.", Text("A JSON pointer.", MaxPointer),
                MaxItems)
                .With(list => list.Type |= JsonSchemaType.Null)),
            ("reason", Text("Why the finding stands; a waivableError needs one.", MaxText).OrNull())).Requiring("code"), MaxItems).NotEmpty()))
        .Whole().WithExample(Examples.Acknowledgements);

    private static OpenApiSchema Review() => Closed(
        "The reviewing office's decision. approve needs contentHash, return needs comments.",
        ("decision", Choice("What is decided.",
            ("approve", "批准, the content that was read may be published"),
            ("return", "退回, it goes back to its writers with comments"))),
        ("contentHash", ReportSchemas.Hash("The contentHash of the draft that was read; needed to approve.").OrNull()),
        ("comments", List("What is to be mended; needed to return.", Closed(
            "One comment.",
            ("pointer", Text("JSON pointer into the content; left out, the report as a whole is meant.", MaxPointer).OrNull()),
            ("text", Text("The comment.", MaxText).NotEmpty())).Requiring("text"), MaxItems).With(list => list.Type |= JsonSchemaType.Null)),
        ("note", Note())).Requiring("decision").WithExample(Examples.Review);

    private static OpenApiSchema Waiver() => Closed(
        "What the reviewing office decides on a waivable error.",
        ("code", Text("The findings' code.", MaxText).NotEmpty()),
        ("decision", Choice("What is decided.",
            ("grant", "同意豁免, the findings may stand"),
            ("refuse", "不同意豁免, the findings must be mended"))),
        ("reason", Text("Why.", MaxText).NotEmpty()))
        .Whole().WithExample("""{ "code": "T3-005", "decision": "grant", "reason": "当年受理系统未统计该项，情况属实。" }""");

    private static OpenApiSchema Archive() => Closed(
        "A report as it was published elsewhere before.",
        ("filing", Named("Filing")),
        ("publishedOn", Day("The day of its legal publication.")),
        ("sourceUrl", Text("The http or https address it was published at.", MaxText).With(url => url.Pattern = "^[Hh][Tt][Tt][Pp][Ss]?://")))
        .Whole().WithExample(Examples.Archive);

    private static OpenApiSchema Note() => Text("A word to whoever reads the trail.", MaxText).OrNull();
}
