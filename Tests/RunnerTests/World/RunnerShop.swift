import CampaignCompiler
import CampaignPlan
import CampaignSemantics
import CivilTime
import Dataset
import Diagnostics
import DiagnosticsRendering
import Simulation
import TestSupport

/// A workspace and its data, compiled and imported, for runners and simulations alike.
struct RunnerShop {
    let plan: Plan
    let dataset: Dataset
    let source: BoundDataset
    private let folder: TemporaryDirectory

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// `customers` and `events` are CSV rows under the headers below; `settings` further lines of `pabal.yaml`. `until`:
    /// events have another column, an instant of purchases.
    init(
        campaigns: [String: String], customers: [String], events: [String], zone: String = "Etc/UTC",
        settings: String = "", until: Bool = false
    ) throws {
        var files = [
            "pabal.yaml": """
            pabal: 1
            workspace: shop
            zone: \(zone)
            sources: { customers: { csv: customers.csv }, events: { csv: events.csv } }
            \(settings)
            """,
            "catalog.yaml": until
                ? Self.catalog.replacing(
                    "properties: {", with: "properties: { until: { type: instant, optional: true },")
                : Self.catalog,
        ]
        for (name, body) in campaigns { files[name + ".yaml"] = "campaign: \(name)\n" + body }
        let compilation = compile(files.map { WorkspaceFile(path: $0.key, bytes: Array($0.value.utf8)) })
        guard let plan = compilation.plan, let sources = compilation.workspace?.sources else {
            throw Failure(description: ConciseRenderer().render(compilation.diagnostics, in: compilation.sources))
        }
        folder = try TemporaryDirectory()
        try folder.write(([Self.customerHeader] + customers).joined(separator: "\n") + "\n", to: "customers.csv")
        let header = Self.eventHeader + (until ? ",until" : "")
        try folder.write(([header] + events).joined(separator: "\n") + "\n", to: "events.csv")
        let (summary, diagnostics) = try importDataset(
            schema: plan.schema, sources: sources, workspaceRoot: folder.path, to: folder.path + "/data.pabal",
            options: ImportOptions(catalogDigest: "", sourcesDigest: ""))
        guard summary != nil else { throw Failure(description: "\(diagnostics.map(\.message))") }
        self.plan = plan
        dataset = try Dataset.open(at: folder.path + "/data.pabal")
        source = try BoundDataset(plan, dataset)
    }

    func zone(of customer: Int) -> TimeZoneRules? {
        guard let column = try? dataset.attribute("zone"), let texts = try? dataset.dictionary(attribute: "zone"),
            column[customer] >= 0
        else { return nil }
        return TimeZoneRules.named(texts[Int(column[customer])])
    }

    static let customerHeader = "id,since,zone,email,token,email_consent,push_consent"
    static let eventHeader = "customer_id,event,timestamp,amount"

    private static let catalog = """
        catalog: shop
        customer:
          key: id
          since: since
          attributes:
            since: { type: instant }
            zone: { type: zone, optional: true }
            email: { type: email, personal: true, optional: true }
            token: { type: text, personal: true, optional: true }
            email_consent: { type: consent }
            push_consent: { type: consent }
        channels:
          email: { address: email, consent: email_consent }
          push: { address: token, consent: push_consent }
        events:
          buy: { properties: { amount: { type: integer, optional: true } } }
          look: {}
        """

    /// `count` customers with everything, called `c000` and on.
    static func customers(_ count: Int, zone: String = "") -> [String] {
        (0..<count).map { number in
            let key = "c" + String(1000 + number).dropFirst()
            return "\(key),2025-01-01T00:00:00Z,\(zone),\(key)@example.com,t\(key),true,true"
        }
    }
}

func instant(_ text: String) -> Int64 {
    InstantText(parsing: text)?.instant(in: .utc).milliseconds ?? .min
}
