import CampaignPlan
import CivilTime
import ShopSupport
import Simulation

/// A workspace and its data, written as text, compiled, imported and bound.
struct Store {
    private let shop: ImportedShop

    var plan: Plan { shop.plan }
    var source: BoundDataset { shop.source }

    /// `files` by path; `customers` and `events` are CSV with their headers.
    init(files: [String: String], customers: String, events: String) throws {
        shop = try ImportedShop(files: files, customers: customers, events: events)
    }

    /// A simulation from date to date in the workspace's zone.
    func simulate(
        _ from: String, _ to: String, threads: Int = 2, shards: Int = 8, path: SimulationPath = .masks
    )
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
        ShopFiles.files(named: "store", zone: zone, settings: settings, campaigns: campaigns)
    }

    static let customerHeader = ShopFiles.customerHeader
    static let eventHeader = ShopFiles.eventHeader
}
