import CampaignCompiler
import CampaignPlan
import CampaignSemantics
import CivilTime
import Dataset
import Diagnostics
import DiagnosticsRendering
import Simulation
import TestSupport

/// A workspace and its data, written as text, compiled, imported and bound.
struct Store {
    let plan: Plan
    let source: BoundDataset
    /// Holds the data set.
    private let folder: TemporaryDirectory

    /// `files` by path; `customers` and `events` are CSV with their headers.
    init(files: [String: String], customers: String, events: String) throws {
        let compilation = compile(files.map { WorkspaceFile(path: $0.key, bytes: Array($0.value.utf8)) })
        guard let plan = compilation.plan, let sources = compilation.workspace?.sources else {
            throw Failure(
                description: ConciseRenderer().render(compilation.diagnostics, in: compilation.sources))
        }
        folder = try TemporaryDirectory()
        try folder.write(customers, to: sources.customers.path)
        try folder.write(events, to: sources.events.path)
        let (summary, diagnostics) = try importDataset(
            schema: plan.schema, sources: sources, workspaceRoot: folder.path, to: folder.path + "/data.pabal",
            options: ImportOptions(catalogDigest: "", sourcesDigest: ""))
        guard summary != nil else { throw Failure(description: "\(diagnostics.map(\.message))") }
        self.plan = plan
        source = try BoundDataset(plan, try Dataset.open(at: folder.path + "/data.pabal"))
    }

    /// A simulation from date to date in the workspace's zone.
    func simulate(_ from: String, _ to: String, threads: Int = 2, shards: Int = 8, path: SimulationPath = .masks)
        throws -> SimulationResult
    {
        Simulation.simulate(source, period: try period(from, to), threads: threads, shards: shards, path: path)
    }

    func period(_ from: String, _ to: String) throws -> SimulationPeriod {
        guard let zone = TimeZoneRules.named(plan.workspace.zone), let first = CivilDate(parsing: from),
            let end = CivilDate(parsing: to),
            let period = SimulationPeriod(from: zone.startOfDay(first), to: zone.startOfDay(end), zone: zone)
        else { throw Failure(description: "no period from \(from) to \(to)") }
        return period
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }
}

/// Files of a workspace with one catalog for all tests.
enum StoreFiles {
    /// `settings` are further lines of `pabal.yaml`.
    static func files(zone: String = "UTC", settings: String = "", campaigns: [String: String]) -> [String: String] {
        var files = [
            "pabal.yaml": """
            pabal: 1
            workspace: store
            zone: \(zone)
            sources: { customers: { csv: customers.csv }, events: { csv: events.csv } }
            \(settings)
            """,
            "catalog.yaml": catalog,
        ]
        for (name, body) in campaigns { files[name + ".yaml"] = "campaign: \(name)\n" + body }
        return files
    }

    static let customerHeader = "id,since,zone,email,token,email_consent,push_consent"
    static let eventHeader = "customer_id,event,timestamp,amount"

    private static let catalog = """
        catalog: store
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
        derived:
          bill: { from: buy, by: amount }
        events:
          buy: { properties: { amount: { type: integer, optional: true } } }
          look: {}
        """
}
