/// A small workspace without findings, and changes of it.
struct SampleFiles {
    /// Nil bytes: a file that is there and not read.
    private(set) var files: [(path: String, bytes: [UInt8]?)] = []

    /// The workspace without findings.
    static let whole = SampleFiles([
        "pabal.yaml": """
        pabal: 1
        workspace: gift-shop
        zone: Asia/Seoul
        currency: KRW
        jurisdictions: [KR]
        policy:
          quiet_hours: { from: "21:00", to: "08:00", channels: [sms], then: next_allowed }
          holdout: 5%
        costs: { sms: 9.9 }
        sources:
          customers: { csv: data/customers.csv }
          events: { csv: data/events.csv, columns: { customer: customer_id, time: timestamp } }

        """,
        "catalog.yaml": """
        catalog: gift-shop
        customer:
          key: customer_id
          attributes:
            country:     { type: text, values: [KR, US, JP] }
            zone:        { type: zone, optional: true }
            email:       { type: email, personal: true }
            phone:       { type: phone, optional: true }
            joined_at:   { type: instant }
            birthday:    { type: date, optional: true }
            visits:      { type: integer }
            is_member:   { type: boolean }
            sms_consent: { type: consent }
        channels:
          email: { address: email }
          sms:   { address: phone, consent: sms_consent }
        events:
          purchase:
            properties:
              product: { type: text }
              size:    { type: text, values: [S, M, L] }
              amount:  { type: decimal, scale: 2 }
              items:   { type: integer, optional: true }
              paid_at: { type: instant, optional: true }
          refund: { properties: { amount: { type: decimal, scale: 2 }, product: { type: integer } } }
        metrics:
          revenue: { event: purchase, sum: amount }

        """,
        "segments/lapsed.yaml": """
        segment: lapsed
        description: No purchase for 90 days.
        where:
          { event: purchase, at_most: 0, within: 90d }

        """,
        "campaigns/hello.yaml": """
        campaign: hello
        owner: growth
        goal: { metric: revenue, conversion: { event: purchase, within: 7d } }
        audience:
          include: { segment: lapsed }
          control_group: 10%
        schedule: { every: { days: weekdays, at: "12:30" } }
        channels: [email, sms]
        variants:
          short:
            share: 50%
            sms: { text: "안녕하세요" }
            email: { subject: Hello, body: Hello }
          long:
            share: 50%
            email: { subject: Hello, body: Hello again }
        exit: { event: purchase }

        """,
    ])

    private init(_ files: KeyValuePairs<String, String>) {
        for (path, text) in files { self.files.append((path, Array(text.utf8))) }
    }

    /// With one text of one file replaced by another; the text must be there.
    func replacing(_ old: String, in path: String, by new: String) -> SampleFiles {
        guard let index = files.firstIndex(where: { $0.path == path }),
            case let text = String(decoding: files[index].bytes ?? [], as: UTF8.self), text.contains(old)
        else { return with("MISSING/\(path)", "# there is no \(old)") }
        return with(path, text.replacing(old, with: new))
    }

    func with(_ path: String, _ text: String) -> SampleFiles { with(path, bytes: Array(text.utf8)) }

    func with(_ path: String, bytes: [UInt8]?) -> SampleFiles {
        var copy = self
        if let index = files.firstIndex(where: { $0.path == path }) {
            copy.files[index].bytes = bytes
        } else {
            copy.files.append((path, bytes))
        }
        return copy
    }

    func without(_ path: String) -> SampleFiles {
        var copy = self
        copy.files.removeAll { $0.path == path }
        return copy
    }

    /// With another condition of the only segment.
    func segment(_ condition: String) -> SampleFiles {
        replacing("{ event: purchase, at_most: 0, within: 90d }", in: "segments/lapsed.yaml", by: condition)
    }

    func schedule(_ schedule: String) -> SampleFiles {
        replacing(#"{ every: { days: weekdays, at: "12:30" } }"#, in: "campaigns/hello.yaml", by: schedule)
    }

    func campaign(_ old: String, _ new: String) -> SampleFiles {
        replacing(old, in: "campaigns/hello.yaml", by: new)
    }

    func catalog(_ old: String, _ new: String) -> SampleFiles { replacing(old, in: "catalog.yaml", by: new) }

    func settings(_ old: String, _ new: String) -> SampleFiles { replacing(old, in: "pabal.yaml", by: new) }
}
