/// How something that marketers ask for, by its number in the design's list, is said in the language.
struct Scenario {
    let id: String
    let expression: Expression

    enum Expression {
        /// Files of the Korean sample workspace.
        case files([String])
        /// A condition over its catalog.
        case condition(String)
        /// Why it cannot be said.
        case leftOut(String)
    }

    /// Whom to write to.
    static let segments: [Scenario] = [
        .init("S02", ["new", "active", "at-risk", "lapsed"].map { "segments/\($0)-customers.yaml" }),
        .init(
            "S03",
            """
            all:
              - any: [{ event: product_view, within: 7d }, { event: add_to_cart, within: 7d }]
              - { attribute: tenure_years, at_most: 3 }
              - { not: { event: cancel, within: 90d } }
            """),
        .init(
            "S04",
            """
            all:
              - { event: product_view, where: { category: { is: 뜨개 } }, within: 14d }
              - { event: product_view, where: { category: { is_not: 뜨개 } }, at_most: 0, within: 14d }
            """),
        .init(
            "S05", "{ sequence: [{ event: add_to_cart }, { absent: purchase, within: 1h, same: product }], within: 7d }"
        ),
        .init("S07", ["cart/replenishment.yaml"]),
        .init(
            "S08",
            """
            rfm:
              recency: { event: visit }
              frequency: { event: visit, within: 90d }
              monetary: { event: purchase, sum: amount }
              is: champions
            """),
        .init("S09", leftOut: "a probability needs a model that is fitted to the data; conditions state facts"),
        .init("S10", "{ moved: { from: active-customers, to: at-risk-customers, within: 14d } }"),
        // Each of the catalog's events can be counted, added up and averaged, over any window, in all or by property.
        .init(
            "S11",
            """
            all:
              - { event: purchase, average: amount, at_least: 30000, within: 180d }
              - { event: visit, distinct: local_date, at_least: 3, past: 30 days }
              - { purchase_interval: { event: order, median: local_days, occurrences: 3 }, at_most: 60 }
            """),
        .init("S31", ["segments/quiet-readers.yaml"]),
        .init(
            "S32",
            leftOut:
                "the size of an audience is a figure of the simulation; checks against a least size come with estimates"
        ),
        .init("S41", ["segments/likely-best.yaml", "lifecycle/best-preview.yaml"]),
        .init(
            "S42",
            """
            all:
              - { event: purchase, average: amount, at_most: 50000 }
              - { event: product_view, distinct: product, at_most: 1 }
              - { event: order, at_most: 0, within: 30d }
            """),
        .init("S43", ["segments/app-visitors-of-yesterday.yaml", "segments/spring-lookers.yaml"]),
        .init(
            "S44",
            """
            all:
              - { event: visit, where: { device: { is: ios } }, past: 7 days }
              - { event: visit, where: { source: { starts_with: naver } }, past: 90 days }
              - { attribute: city, in: [서울, 부산] }
            """),
        .init(
            "S45",
            """
            any:
              - { event: visit, where: { url: { contains: /sale } }, within: 7d }
              - { event: add_to_cart, within: 7d }
            """),
        .init("S46", ["segments/crm-visitors-without-orders.yaml", "welcome/first-order-nudge.yaml"]),
        .init(
            "S48",
            "{ measure: { event: purchase, within: 90d }, less_than: { times: 10%, measure: { event: product_view, within: 90d } } }"
        ),
        .init(
            "S51",
            """
            all:
              - { event: purchase, where: { category: { is: 도자기 } } }
              - { event: coupon_used, at_most: 0, within: 90d }
            """),
        .init("S52", ["lifecycle/two-weeks-absent.yaml"]),
        .init("S68", ["new", "active", "at-risk", "lapsed"].map { "segments/\($0)-customers.yaml" }),
    ]

    /// When to write.
    static let times: [Scenario] = [
        .init("S06", ["newsletter/reading-hour.yaml"]),
        .init("S34", ["newsletter/weekly-digest.yaml"]),
        .init("S36", ["newsletter/weekly-digest.yaml"]),
        .init("S53", ["welcome/new-customer.yaml"]),
        .init("S56", ["coupon/coupon-expiry.yaml", "cart/cart-to-consultation.yaml"]),
        .init("S69", ["welcome/new-customer.yaml"]),
        .init("S71", ["service/plan-benefits.yaml"]),
        .init("S73", ["service/cancel-reason.yaml"]),
    ]

    private init(_ id: String, _ files: [String]) { self = Scenario(id: id, expression: .files(files)) }
    private init(_ id: String, _ condition: String) { self = Scenario(id: id, expression: .condition(condition)) }
    private init(_ id: String, leftOut reason: String) { self = Scenario(id: id, expression: .leftOut(reason)) }

    private init(id: String, expression: Expression) {
        self.id = id
        self.expression = expression
    }
}
