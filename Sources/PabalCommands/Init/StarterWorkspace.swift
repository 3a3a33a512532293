internal import CivilTime

/// The files of a workspace to begin with.
struct StarterWorkspace {
    let name: String
    /// An IANA name.
    let zone: String

    struct File {
        /// Relative to the workspace.
        let path: String
        let text: String
    }

    /// The period that its data covers.
    static let from = "2026-01-05"
    static let to = "2026-03-30"

    var files: [File] {
        [
            File(path: "pabal.yaml", text: settings), File(path: "catalog.yaml", text: Self.catalog),
            File(path: "segments/one-order-only.yaml", text: Self.segment),
            File(path: "lifecycle/welcome.yaml", text: Self.welcome),
            File(path: "lifecycle/second-order-nudge.yaml", text: Self.nudge),
            File(path: "data/customers.csv", text: Self.customers), File(path: "data/events.csv", text: Self.events),
            File(path: ".gitignore", text: ".pabal/\n"),
        ]
    }

    private var settings: String {
        """
        # yaml-language-server: $schema=schemas/pabal.schema.json
        pabal: 1
        workspace: \(name)
        zone: \(zone)
        currency: USD
        policy:
          # Marketing messages that would come at night come in the morning.
          quiet_hours: { from: "21:00", to: "08:00", channels: [sms], then: next_allowed }
          # Nobody gets more than three marketing messages a week, and only one of them by SMS.
          frequency_caps:
            - { at_most: 3, per: 7d }
            - { channel: sms, at_most: 1, per: 7d }
          # One in twenty is never contacted, so that the effect of all campaigns together can be seen.
          holdout: 5%
        costs: { email: 0.001, sms: 0.05 }
        sources:
          customers: { csv: data/customers.csv }
          events: { csv: data/events.csv, columns: { customer: customer_id, event: event, time: timestamp } }

        """
    }

    private static let catalog = """
        # yaml-language-server: $schema=schemas/catalog.schema.json
        catalog: shop
        customer:
          key: customer_id
          since: signed_up_at
          attributes:
            name: { type: text, personal: true }
            email: { type: email, personal: true, optional: true }
            phone: { type: phone, personal: true, optional: true }
            country: { type: text }
            signed_up_at: { type: instant }
            email_consent: { type: consent }
            sms_consent: { type: consent }
        channels:
          email: { address: email, consent: email_consent }
          sms: { address: phone, consent: sms_consent }
        events:
          sign_up: {}
          visit: { properties: { page: { type: text } } }
          purchase: { properties: { order_id: { type: text }, amount: { type: decimal, scale: 2 } } }
        metrics:
          revenue: { event: purchase, sum: amount }

        """

    private static let segment = """
        # yaml-language-server: $schema=../schemas/segment.schema.json
        segment: one-order-only
        description: Bought exactly once, two weeks ago or longer.
        where:
          all:
            - { event: purchase, exactly: 1 }
            - { event: purchase, at_most: 0, within: 14d }

        """

    private static let welcome = """
        # yaml-language-server: $schema=../schemas/campaign.schema.json
        campaign: welcome
        description: A greeting an hour after sign-up, unless they have bought by then.
        goal:
          metric: revenue
          conversion: { event: purchase, within: 7d }
        audience:
          control_group: 10%
        schedule:
          when: { event: sign_up }
          delay: 1h
          re_entry: never
          expires: 1d
        channels: [email, sms]
        variants:
          plain:
            share: 100%
            email: { subject: Welcome, body: Good to have you here. These are our best sellers. }
            sms: { text: Welcome! Our best sellers are waiting for you. }
        exit: { event: purchase }

        """

    private static let nudge = """
        # yaml-language-server: $schema=../schemas/campaign.schema.json
        campaign: second-order-nudge
        description: Ask for the second order two weeks after the first; two texts against each other.
        goal:
          metric: revenue
          conversion: { event: purchase, within: 14d }
        audience:
          include: { segment: one-order-only }
          control_group: 10%
        schedule:
          when: { enters: audience }
          send: { next: weekday, at: "12:30" }
        channels: [email]
        variants:
          thanks:
            share: 50%
            email: { subject: How do you like it?, body: Thank you for your first order. }
          offer:
            share: 50%
            email: { subject: Something for you, body: Your second order ships for free. }

        """

    // Twenty people, one a day from the fifth of January on; every third buys, some of them again.

    private static let customers =
        "customer_id,name,email,phone,country,signed_up_at,email_consent,sms_consent\n"
        + people.map { person in
            let id = "c\(person)"
            let email = person % 6 == 5 ? "" : "\(id)@example.com"
            let phone = person % 4 == 0 ? "" : "+1555010\(person + 10)"
            let country = ["US", "KR", "GB"][person % 3]
            return "\(id),Customer \(person),\(email),\(phone),\(country),\(day(person))T09:30:00Z,"
                + "\(person % 7 != 6),\(person % 2 == 1)\n"
        }.joined()

    private static let events =
        "customer_id,event,timestamp,page,order_id,amount\n"
        + people.flatMap { person -> [String] in
            let visits = [0, 2, 9, 30].map { "c\(person),visit,\(day(person + $0))T10:00:00Z,/new,,\n" }
            let isBuyer = person % 3 != 0
            let order = "c\(person),purchase,\(day(person + 3))T18:00:00Z,,A\(person),\(20 + person).50\n"
            let second = "c\(person),purchase,\(day(person + 40))T18:00:00Z,,B\(person),\(30 + person).00\n"
            return ["c\(person),sign_up,\(day(person))T09:30:00Z,,,\n"] + visits + (isBuyer ? [order] : [])
                + (isBuyer && person % 4 == 1 ? [second] : [])
        }.joined()

    private static let people = 1...20

    /// The date that many days after the fourth of January 2026.
    private static func day(_ number: Int) -> String { "\(CivilDate(daysSinceEpoch: Int32(20_457 + number)))" }
}
