/// Files of a small shop, with one catalog for all tests that compile and import in process.
package enum ShopFiles {
    /// By path. `hasUntil`: purchases have another column, an instant. `hasRecorded`: a column says when events became
    /// known. `settings` are further lines of `pabal.yaml`; `campaigns` are without their first line, by name.
    package static func files(
        named name: String, zone: String, settings: String, campaigns: [String: String], hasUntil: Bool = false,
        hasRecorded: Bool = false
    ) -> [String: String] {
        let columns = hasRecorded ? ", columns: { recorded_at: recorded }" : ""
        var files = [
            "pabal.yaml": """
            pabal: 1
            workspace: \(name)
            zone: \(zone)
            sources: { customers: { csv: customers.csv }, events: { csv: events.csv\(columns) } }
            \(settings)
            """,
            "catalog.yaml": "catalog: \(name)\n"
                + (hasUntil
                    ? catalog.replacing(
                        "buy: { properties: {", with: "buy: { properties: { until: { type: instant, optional: true },")
                    : catalog)
                ,
        ]
        for (name, body) in campaigns { files[name + ".yaml"] = "campaign: \(name)\n" + body }
        return files
    }

    package static let customerHeader = "id,since,zone,email,token,email_consent,push_consent"
    package static let eventHeader = "customer_id,event,timestamp,amount"

    private static let catalog = """
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
