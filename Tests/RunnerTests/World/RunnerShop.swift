import CampaignPlan
import CivilTime
import Dataset
import ShopSupport
import Simulation

/// A shop of `ShopFiles`, for runners and simulations alike.
struct RunnerShop {
    private let shop: ImportedShop

    var plan: Plan { shop.plan }
    var dataset: Dataset { shop.dataset }
    var source: BoundDataset { shop.source }

    /// `customers` and `events` are CSV rows under the headers of `ShopFiles`; `settings` further lines of `pabal.yaml`.
    /// `until`: events have another column, an instant of purchases; `recorded`: one more, when they became known.
    init(
        campaigns: [String: String], customers: [String], events: [String], zone: String = "Etc/UTC",
        settings: String = "", until: Bool = false, recorded: Bool = false
    ) throws {
        shop = try ImportedShop(
            files: ShopFiles.files(
                named: "shop", zone: zone, settings: settings, campaigns: campaigns, hasUntil: until,
                hasRecorded: recorded),
            customers: ([ShopFiles.customerHeader] + customers).joined(separator: "\n") + "\n",
            events: ([ShopFiles.eventHeader + (until ? ",until" : "") + (recorded ? ",recorded" : "")] + events).joined(
                separator: "\n") + "\n")
    }

    func zone(of customer: Int) -> TimeZoneRules? {
        guard let column = try? dataset.attribute("zone"), let texts = try? dataset.dictionary(attribute: "zone"),
            column[customer] >= 0
        else { return nil }
        return TimeZoneRules.named(texts[Int(column[customer])])
    }

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
