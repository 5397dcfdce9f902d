using DisclosureApi.Access;
using DisclosureApi.Http;

namespace DisclosureApi.Contract;

/// <summary>Which kinds of problems an operation can answer with, status by status.</summary>
internal static class ProblemKinds
{
    /// <summary>What comes with a status whatever the operation does: from its body, its headers, its roles, its machine.</summary>
    private static readonly (ProblemType Type, Func<OperationContract, bool> Comes)[] _common =
    [
        (ProblemTypes.InvalidJson, contract => contract.Body is not null && contract.BodyType != Body.CsvType),
        (ProblemTypes.InvalidRequest, _ => true),
        (ProblemTypes.KeyMissing, contract => contract.IsStep),
        (ProblemTypes.Unauthenticated, _ => true),
        (ProblemTypes.Forbidden, _ => true),
        (ProblemTypes.NotFound, _ => true),
        (ProblemTypes.NotAcceptable, _ => true),
        (ProblemTypes.TooSlow, _ => true),
        (ProblemTypes.Withdrawn, _ => true),
        (ProblemTypes.PreconditionFailed, _ => true),
        (ProblemTypes.BodyTooLarge, _ => true),
        (ProblemTypes.UnsupportedMediaType, _ => true),
        (ProblemTypes.InvalidBody, contract => contract.Body is not null && contract.BodyType != Body.CsvType),
        (ProblemTypes.KeyReused, contract => contract.IsStep),
        (ProblemTypes.NotAReport, contract => contract.Documents.Count > 0),
        (ProblemTypes.UnreadableDocument, contract => contract.Documents.Count > 0),
        (ProblemTypes.PreconditionRequired, _ => true),
        (ProblemTypes.TooManyRequests, _ => true),
        (ProblemTypes.Internal, _ => true),
        (ProblemTypes.Unavailable, _ => true),
    ];

    /// <summary>In the order of statuses; a status without a kind would be a promise that nothing keeps.</summary>
    public static IEnumerable<(int Status, IReadOnlyList<ProblemType> Types)> Of(OperationContract contract, Doors? doors)
    {
        int[] implied = doors is null ? [429, 500, 503] : [401, 403, 429, 500, 503];
        // A condition that is malformed is told as such wherever conditions decide about a write.
        int[] conditional = contract.IsConditional || contract.Problems.Contains(StatusCodes.Status412PreconditionFailed) ? [StatusCodes.Status400BadRequest] : [];
        int[] carried = contract.Body is not null || contract.Documents.Count > 0 ? [StatusCodes.Status408RequestTimeout] : [];
        foreach (var status in contract.Problems.Concat(implied).Concat(carried).Concat(conditional).Concat(contract.Refusals.Select(type => type.Status)).Distinct().Order())
        {
            IReadOnlyList<ProblemType> types =
            [
                .. _common.Where(entry => entry.Type.Status == status && entry.Comes(contract)).Select(entry => entry.Type),
                .. contract.Refusals.Where(type => type.Status == status),
            ];
            yield return types.Count > 0
                ? (status, types)
                : throw new InvalidOperationException($"{contract.Id} names problems of status {status}, but no kind of them.");
        }
    }
}
