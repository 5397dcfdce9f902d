using Disclosure.Contents;

namespace DisclosureApi.Http;

/// <summary>A kind of refusal (RFC 9457). Its code is the last part of the URI in <c>type</c>, at which this API serves a page.</summary>
/// <param name="Help">What a client does about it.</param>
public sealed record ProblemType(string Code, int Status, Message Title, Message Help);

/// <summary>Every kind of problem that this API answers with.</summary>
public static class ProblemTypes
{
    public static readonly ProblemType InvalidJson = new("invalid-json", 400,
        new("请求体不是有效的JSON", "The body is not valid JSON"),
        new("请按RFC 8259发送UTF-8编码的JSON：成员名不得重复，嵌套不得过深，不得含有U+0000或不成对的代理字符。",
            "Send JSON (RFC 8259) in UTF-8, without duplicate members, deep nesting, U+0000 or lone surrogates."));

    public static readonly ProblemType InvalidRequest = new("invalid-request", 400,
        new("请求有误", "The request is malformed"),
        new("请按接口文档更正路径、参数或标头。", "Correct the path, parameters or headers as the contract describes them."));

    public static readonly ProblemType KeyMissing = new("key-missing", 400,
        new("缺少Idempotency-Key", "An Idempotency-Key is missing"),
        new("每一步请带上Idempotency-Key标头，值为带双引号的新字符串（如UUID）；重试同一请求时沿用原值。",
            "Send the header Idempotency-Key with every step: a quoted string of your own making, such as \"8e03978e-40d5-43dd-bc93-6894a57f9324\", new for each step and the same when you send it again."));

    public static readonly ProblemType InvalidBody = new("invalid-body", 422,
        new("请求内容有误", "The body does not have the shape this resource takes"),
        new("errors列出全部问题，每项有JSON指针和改正办法。", "errors lists every fault with its JSON pointer and how to mend it; correct all of them and send again."));

    public static readonly ProblemType ImpossibleQuery = new("impossible-query", 422,
        new("参数不能这样组合", "The parameters do not go together"),
        new("每个参数单独看都有效，但合起来无法作答；请按detail更正。", "Each parameter is right by itself, but together they ask for what cannot be told; correct them as detail says."));

    public static readonly ProblemType NotAReport = new("not-a-report", 422,
        new("文档不是政府信息公开工作年度报告", "The document is no annual report on open government information"),
        new("请确认提交的是按国办公开办函〔2021〕30号或〔2019〕60号格式编制的年度报告全文。",
            "Make sure to send the whole annual report, made after the form of 2021 or 2019."));

    public static readonly ProblemType UnreadableDocument = new("unreadable-document", 422,
        new("文档无法读取", "The document cannot be read"),
        new("请重新导出文档：不加密、不是扫描图片、编码与声明一致，再行提交。", "Export the document again: not encrypted, not a scanned picture, in the encoding it declares; then send it."));

    public static readonly ProblemType FindingsStand = new("findings-stand", 422,
        new("年报存在未解决的问题，不能提交", "Findings stand in the way of submission"),
        new("findings列出全部问题：error须更正；waivableError须说明理由；warning须确认。",
            "findings lists all of them: an error must be corrected, a waivableError needs the submitter's reason, a warning an acknowledgement."));

    public static readonly ProblemType NoSuchFinding = new("no-such-finding", 422,
        new("没有这项问题", "There is no such finding"),
        new("请读取草稿当前的findings，按其中的code和pointers填写。", "Read the draft's current findings and name code and pointers as they stand there."));

    public static readonly ProblemType KeyReused = new("key-reused", 422,
        new("该Idempotency-Key已用于另一请求", "This Idempotency-Key was used for another request"),
        new("重试时请发送完全相同的请求；新的请求请用新的键。", "To retry, send the very same request; for a new request use a new key."));

    public static readonly ProblemType Unauthenticated = new("unauthenticated", 401,
        new("需要有效的访问令牌", "A valid access token is needed"),
        new("请在Authorization标头中以Bearer方式发送令牌（RFC 9068，ES256或RS256签名，未过期）。",
            "Send a token in Authorization: Bearer (RFC 9068, signed with ES256 or RS256, not expired)."));

    public static readonly ProblemType Forbidden = new("forbidden", 403,
        new("令牌没有此项权限", "The token does not allow this"),
        new("所需权限见接口文档中该操作的scope。", "The scope that the operation needs stands in the contract."));

    public static readonly ProblemType SamePerson = new("same-person", 403,
        new("须由另一人办理", "Another person must do this"),
        new("编写、保密审查和批准须由不同的人办理（条例第十七条）。", "Writing, secrecy review and approval are done by different people (regulation, article 17)."));

    public static readonly ProblemType NothingToRedact = new("nothing-to-redact", 422,
        new("没有需要删除的内容", "No text holds these words"),
        new("该年报的历史中没有包含所列字词的文本；请核对字词，逐字相同才会删除。", "No text in the report's history holds the words given. Check them: only what is the same letter for letter is removed."));

    public static readonly ProblemType NotYetProved = new("not-yet-proved", 404,
        new("存证尚未完成", "The ledger has not come so far"),
        new("事件记入存证约需一秒。请在Retry-After所示的秒数后重试。", "An event is in the ledger within a second. Try again after the seconds in Retry-After."));

    public static readonly ProblemType NotFound = new("not-found", 404,
        new("没有找到", "Nothing is here"),
        new("请核对地址。不属于您的草稿与不存在的草稿，回答相同。", "Check the address. A draft that is not yours answers exactly like one that does not exist."));

    public static readonly ProblemType NotYetPublished = new("not-yet-published", 404,
        new("当时尚未公布", "It was not public yet at that time"),
        new("firstPublishedAt是首次公布的时间；请给出不早于它的asOf。", "firstPublishedAt says when it first was; ask for that time or a later one."));

    public static readonly ProblemType MethodNotAllowed = new("method-not-allowed", 405,
        new("不支持该方法", "This resource does not take this method"),
        new("Allow标头列出可用的方法。", "The Allow header lists the methods it takes."));

    public static readonly ProblemType NotAcceptable = new("not-acceptable", 406,
        new("没有所要求的表示形式", "None of the accepted representations exists"),
        new("请更正Accept标头。", "Correct the Accept header."));

    public static readonly ProblemType TooSlow = new("too-slow", 408,
        new("请求体到达过慢", "The body came too slowly"),
        new("请在更快的线路上重新发送；请求体须在一分钟内全部到达。", "Send it again over a faster line: all of a body must be there within a minute."));

    public static readonly ProblemType WrongState = new("wrong-state", 409,
        new("当前状态不允许此操作", "The report's state does not allow this"),
        new("state是当前状态，allowed列出当前可执行的操作。", "state names the state, allowed lists what it allows now."));

    public static readonly ProblemType StaleContent = new("stale-content", 409,
        new("所审内容已变更", "The content has changed since it was read"),
        new("请重新读取草稿，对当前的contentHash作出决定。", "Read the draft again and decide on the contentHash it has now."));

    public static readonly ProblemType StaleRevision = new("stale-revision", 409,
        new("所读修订版已被更正", "The revision that was read has been corrected since"),
        new("revision是当前修订版；请阅读后再决定是否报告。", "revision is the current one; read it, and report the error if it is still there."));

    public static readonly ProblemType QueueFull = new("queue-full", 409,
        new("该年报待答复的差错报告已满", "As many error reports on this report wait for an answer as may"),
        new("请待机关答复后再报告；已有的差错报告见…/error-reports。", "Report it when the agency has answered some; …/error-reports lists those there are."));

    public static readonly ProblemType SecrecyReviewMissing = new("secrecy-review-missing", 409,
        new("尚未通过保密审查", "The secrecy review is missing"),
        new("由本机关另一人对当前contentHash进行保密审查并通过后再提交（条例第十七条）。",
            "Another person of the agency reviews the current contentHash and passes it before submission (regulation, article 17)."));

    public static readonly ProblemType WaiversOpen = new("waivers-open", 409,
        new("有错误尚未豁免", "Waivable errors are not waived"),
        new("findings列出尚未豁免的错误；审核人逐项决定，或退回修改。", "findings lists them; the reviewer decides each, or returns the report."));

    public static readonly ProblemType ReviewBegun = new("review-begun", 409,
        new("审核已经开始", "The review has begun"),
        new("请与审核机关联系，由其退回。", "Ask the reviewing office to return the report."));

    public static readonly ProblemType NotCompiling = new("not-compiling", 409,
        new("没有可汇总的单位", "This body compiles nothing of this kind"),
        new("县、地、省级人民政府汇总本行政区域（area）或本级（ownLevel），垂直管理系统的牵头机关汇总本系统（line）；scopes列出该机关可用的范围。",
            "A government of a county, prefecture or province compiles its area or its ownLevel, the head of a vertical system its line; scopes lists what this body may compile."));

    public static readonly ProblemType NotCompiled = new("not-compiled", 409,
        new("草稿不是汇总编制的", "The draft was not compiled"),
        new("请先以POST …/compilation汇总，再记录调整。", "Compile it first (POST …/compilation), then record adjustments."));

    public static readonly ProblemType ImpossibleFigures = new("impossible-figures", 422,
        new("结果不是表格允许的数", "The result is no number that the form allows"),
        new("cells列出有关单元格：计数应为非负整数，金额最多6位小数，均不得超过2^53−1。", "cells lists them: counts are whole and not negative, amounts have at most 6 places, and neither exceeds 2^53 − 1."));

    public static readonly ProblemType Contended = new("contended", 409,
        new("同一报告正被他人修改", "Others are changing the same report"),
        new("请重试。", "Try again."));

    public static readonly ProblemType AgencyEnded = new("agency-ended", 409,
        new("机构已经撤销", "The agency has ended"),
        new("机构并入他机关或撤销后，此后年度的年报由承继机构编报；登记有误的，由名录管理员恢复。",
            "After a body was merged or dissolved, its successors report for the years that follow; if the register is wrong, a registrar restores the entry."));

    public static readonly ProblemType WebhookLimit = new("webhook-limit", 409,
        new("已达到上限", "There are as many as there may be"),
        new("limit是允许的数量；请先删除不再需要的订阅，或等待在途的投递完成。", "limit says how many there may be: delete subscriptions that are no longer needed, or wait until those deliveries are done."));

    public static readonly ProblemType Withdrawn = new("withdrawn", 410,
        new("年报已撤回", "The report was withdrawn"),
        new("reason是撤回理由；历史仍可查阅。", "reason says why; its history can still be read."));

    public static readonly ProblemType PreconditionFailed = new("precondition-failed", 412,
        new("资源已变更", "The resource has changed"),
        new("current是当前版本，given是所给版本；请重新读取后再修改。", "current is the version it has, given the one you named; read it again before you change it."));

    public static readonly ProblemType BodyTooLarge = new("body-too-large", 413,
        new("请求体过大", "The body is too large"),
        new("limit是允许的最大字节数。", "limit is the largest number of bytes taken."));

    public static readonly ProblemType UnsupportedMediaType = new("unsupported-media-type", 415,
        new("不支持该媒体类型", "This media type is not taken here"),
        new("supported列出可用的媒体类型。", "supported lists the media types taken."));

    public static readonly ProblemType RangeNotSatisfiable = new("range-not-satisfiable", 416,
        new("所要求的范围不存在", "There are no such bytes"),
        new("Content-Range标头说明全长；请要求其中的字节。", "The header Content-Range tells the whole length; ask for bytes within it."));

    public static readonly ProblemType PreconditionRequired = new("precondition-required", 428,
        new("须注明所依据的版本", "Name the version you change"),
        new("修改时发送If-Match和读取时的ETag；新建时发送If-None-Match: *。", "Send If-Match with the ETag you read; to create, send If-None-Match: *."));

    public static readonly ProblemType TooManyRequests = new("too-many-requests", 429,
        new("请求过于频繁", "Too many requests"),
        new("请在Retry-After所示的秒数后再发；policy是用尽的限额，RateLimit标头随时说明余额。", "Send it again after the seconds in Retry-After. policy names the limit that is used up; the header RateLimit always tells what is left."));

    public static readonly ProblemType Internal = new("internal-error", 500,
        new("服务内部错误", "Something went wrong inside"),
        new("请凭request标识与运营方联系。", "Tell the operator the id in request."));

    public static readonly ProblemType Unavailable = new("unavailable", 503,
        new("服务暂时不可用", "The service cannot answer now"),
        new("请在Retry-After所示的秒数后重试。", "Try again after the seconds in Retry-After."));

    public static readonly ProblemType NotReady = new("not-ready", 503,
        new("本实例暂不宜接收请求", "This host should not be sent requests now"),
        new("failing列出原因：draining（即将停止）、database、schema、memory、ledger。", "failing names why: draining (it is about to end), database, schema, memory, ledger."));

    public static IReadOnlyList<ProblemType> All { get; } =
    [
        InvalidJson, InvalidRequest, KeyMissing, InvalidBody, ImpossibleQuery, NotAReport, UnreadableDocument, FindingsStand, NoSuchFinding, NothingToRedact, KeyReused, Unauthenticated, Forbidden, SamePerson, NotFound, NotYetPublished, NotYetProved,
        MethodNotAllowed, NotAcceptable, TooSlow, WrongState, StaleContent, StaleRevision, QueueFull, SecrecyReviewMissing, WaiversOpen, ReviewBegun, NotCompiling, NotCompiled, ImpossibleFigures, Contended, AgencyEnded, WebhookLimit, Withdrawn,
        PreconditionFailed, BodyTooLarge, UnsupportedMediaType, RangeNotSatisfiable, PreconditionRequired, TooManyRequests, Internal, Unavailable, NotReady,
    ];

    public static ProblemType ForStatus(int status) => status switch
    {
        400 => InvalidRequest,
        _ => All.FirstOrDefault(type => type.Status == status) ?? (status >= 500 ? Internal : InvalidRequest),
    };
}
