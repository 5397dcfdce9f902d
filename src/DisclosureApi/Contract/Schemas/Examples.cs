namespace DisclosureApi.Contract.Schemas;

/// <summary>Bodies to begin with. The agency is made up, with right check characters; a test sends each through the code that reads it.</summary>
internal static class Examples
{
    public const string AgencyCode = "11320800001234511H";

    public const string Agency =
        """
        {
          "code": "11320800001234511H", "name": "示例市人民政府办公室", "region": "320800", "level": "prefecture", "kind": "office",
          "supervisor": "1132080000123452X9", "line": null, "validFrom": "2008-05-01", "validTo": null, "successors": []
        }
        """;

    /// <summary>The beginning of a report, such as one writes first; rows and sections follow as they are known.</summary>
    public const string Filing =
        """
        {
          "agencyName": "示例市人民政府办公室",
          "year": 2023,
          "content": {
            "title": "示例市人民政府办公室2023年政府信息公开工作年度报告",
            "printedDate": "2024-01-17",
            "period": { "from": "2023-01-01", "to": "2023-12-31" },
            "contact": { "office": "示例市人民政府办公室", "telephone": "0000-00000000" },
            "sections": {
              "preamble": "根据《中华人民共和国政府信息公开条例》，编制本报告。",
              "overview": "2023年，本机关收到政府信息公开申请2件，均已办结。"
            },
            "forms": { "proactive": "2021", "applications": "2021", "disputes": "2021" },
            "tables": {
              "proactive": {
                "governmentRules": { "made": 0, "repealed": 0, "inForce": 0 },
                "normativeDocuments": { "made": 3, "repealed": 1, "inForce": 42 },
                "fees": { "amount": 7730.28 }
              },
              "applications": {
                "received": {
                  "naturalPerson": 2, "enterprise": 0, "researchInstitution": 0, "publicWelfare": 0, "legalService": 0, "otherOrganisation": 0, "total": 2
                }
              },
              "disputes": { "reconsideration": { "upheld": 0, "corrected": 0, "otherResult": 0, "pending": 0, "total": 0 } }
            },
            "source": { "headings": [], "labels": [], "marks": [] }
          },
          "readings": {
            "/tables/applications/received/total": { "state": "sure", "raw": "2", "line": 84, "column": 8, "candidates": [], "why": null }
          },
          "notes": []
        }
        """;

    public const string Acknowledgements =
        """
        {
          "acknowledgements": [
            { "code": "T4-002", "pointers": ["/tables/disputes/reconsideration/pending"], "reason": "复议机关尚未反馈件数。" }
          ]
        }
        """;

    public const string SecrecyReview = $$"""{ "contentHash": "{{Hash}}", "passed": true, "note": "不涉及国家秘密。" }""";

    public const string Review = $$"""{ "decision": "approve", "contentHash": "{{Hash}}", "note": "同意公布。" }""";

    public const string Archive =
        $$"""
        {
          "filing": {{Filing}},
          "publishedOn": "2024-01-17",
          "sourceUrl": "https://www.example.gov.cn/zwgk/nb/2023.html"
        }
        """;

    public const string Step =
        $$"""
        {
          "state": "submitted", "position": 12, "revision": null,
          "links": {
            "report": "/v1/agencies/{{AgencyCode}}/reports/2023",
            "draft": "/v1/agencies/{{AgencyCode}}/reports/2023/draft",
            "findings": "/v1/agencies/{{AgencyCode}}/reports/2023/findings"
          }
        }
        """;

    public const string Findings =
        """
        {
          "ruleSet": "2026.1",
          "findings": [
            {
              "code": "T4-001", "severity": "error",
              "messages": { "zh": "“行政复议”行总计应为11，实填10", "en": "Row \"reconsideration\": the total should be 11, not 10" },
              "basis": "国办公开办函〔2021〕30号、〔2019〕60号附件表格“总计”",
              "pointers": ["/tables/disputes/reconsideration/total", "/tables/disputes/reconsideration/upheld"],
              "span": null, "stated": 10, "computed": 11, "difference": -1,
              "hints": [{ "pointer": "/tables/disputes/reconsideration/total", "value": 11 }]
            }
          ],
          "notAssessed": []
        }
        """;

    public const string Problem =
        """
        {
          "type": "/problems/wrong-state", "title": "The report's state does not allow this", "status": 409,
          "detail": "The report is in state \"published\", which does not allow \"submit\".",
          "state": "published", "allowed": ["openCorrection", "withdraw"], "command": "submit"
        }
        """;

    private const string Hash = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b";
}
