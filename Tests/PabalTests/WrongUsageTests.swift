import TestSupport
import Testing

@Suite struct WrongUsageTests {
    @Test(arguments: Self.cases) func answers(_ broken: BrokenCase) throws { try check(broken) }

    private static let imported: @Sendable (CornerShop) throws -> Void = { try $0.importData() }

    static let cases = [
        BrokenCase("unknown-command", "valdate DIR", status: 64),
        BrokenCase("unknown-option", "validate DIR --strict", status: 64),
        BrokenCase("missing-option", "simulate DIR --from 2026-01-01", status: 64),
        BrokenCase("missing-data-command", "data export DIR", status: 64),
        BrokenCase("bad-instant", "simulate DIR --from yesterday --to 2026-03-01", status: 64),
        BrokenCase("bad-date", "simulate DIR --from 2026-01-01 --to 2026-02-30", status: 64),
        BrokenCase("bad-threads", CornerShop.simulation + " --threads 0", status: 64),
        BrokenCase("bad-format", "validate DIR --output-format xml", status: 64),
        BrokenCase("bad-output", CornerShop.simulation + " --output html=DIR/report.html", status: 64),
        BrokenCase("bad-rows-below-zero", "data import DIR --out DIR/data.pabal --bad-rows-max=-1", status: 64),
        BrokenCase("to-before-from", "simulate DIR --from 2026-03-01 --to 2026-01-01", status: 64),
        BrokenCase("to-is-from", "simulate DIR --from 2026-03-01 --to 2026-03-01", status: 64),
        BrokenCase(
            "unknown-holidays", "simulate DIR --from 2030-12-01 --to 2031-02-01", status: 64,
            harm: { shop in
                let days = "days: working_days, holidays: KR"
                let campaign = CornerShop.files["thank-you.yaml"]?.replacing("days: [mon]", with: days)
                try shop.folder.write(campaign ?? "", to: "thank-you.yaml")
            }),
        BrokenCase("unknown-campaign", "audience thank-yuo --workspace DIR --at 2026-02-01", status: 64),
        BrokenCase("unknown-code", "explain PB2140", status: 64),
        BrokenCase(
            "unknown-customer", CornerShop.simulation + " --data DIR/data.pabal --explain Kim", status: 66,
            harm: imported),
        BrokenCase("plan-not-writable", "plan DIR --out DIR/elsewhere/plan.json", status: 66),
        BrokenCase("result-not-writable", CornerShop.simulation + " --output json=DIR/elsewhere/r.json", status: 66),
        BrokenCase("result-onto-a-folder", CornerShop.simulation + " --output json=DIR/segments", status: 66),
    ]
}
