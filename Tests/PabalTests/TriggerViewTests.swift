import Foundation
import TestSupport
import Testing

/// How triggers, best times and conditions on local days read in a plan.
@Suite struct TriggerViewTests {
    private func shop() throws -> CornerShop {
        let shop = try CornerShop()
        let rest = "channels: [email]\nvariants: { plain: { share: 100%, email: { subject: Hello, body: There. } } }\n"
        try shop.folder.write(
            """
            campaign: forgotten
            audience: { include: { segment: weekenders } }
            schedule:
              when: { sequence: [{ event: visit }, { event: visit, within: 1d }, { absent: purchase, within: 24h }], within: 7d }
              send: { best_time: { event: visit, over: 90d, occurrences: 1, within: ["09:00", "20:00"], fallback: "12:30" } }
              re_entry: { after: 30d }
            \(rest)
            """, to: "forgotten.yaml")
        try shop.folder.write(
            """
            campaign: first-year
            schedule:
              when: { anniversary: { of: { first: purchase }, next: 3 days, year: 1 } }
              re_entry: never
            \(rest)
            """, to: "first-year.yaml")
        try shop.folder.write(
            """
            segment: weekenders
            where:
              any:
                - { share: { event: visit, where: { local_weekday: { in: [sat, sun] } } }, at_least: 50% }
                - { event: visit, where: { local_weekday: { is: mon } } }
                - { purchase_interval: { event: purchase, median: elapsed }, at_most: 36h }
            """, to: "segments/weekenders.yaml")
        return shop
    }

    @Test func plan() throws {
        let lines = try shop().run("plan DIR").stdout.split(separator: "\n", omittingEmptySubsequences: false)
        expectSnapshot(
            lines.filter { !$0.hasPrefix("plan digest ") }.joined(separator: "\n"), named: "view/plan-triggers")
    }

    @Test func explanation() throws {
        let shop = try shop()
        try shop.edit(
            "data/events.csv", "kim,visit,2026-01-20T03:00:00Z,,\n",
            """
            kim,visit,2026-01-20T03:00:00Z,,
            kim,visit,2026-01-20T05:00:00Z,,

            """)
        try shop.edit(
            "data/events.csv", "kim,purchase,2026-01-05",
            "kim,purchase,2025-01-22T03:00:00Z,A0,1\nkim,purchase,2026-01-05")
        expectSnapshot(
            try shop.run(CornerShop.simulation + " --explain kim").stdout, named: "view/explain-triggers")
    }
}
