/// One customer as a person would write them down: names and texts, no codes, no columns.
struct NaiveCustomer: Hashable {
    /// Milliseconds; `Int64.min`: always.
    var existsFrom: Int64
    /// Absent and `.missing` are the same.
    var attributes: [String: NaiveValue]
    /// In the order of input, which need not be that of time.
    var events: [NaiveEvent]

    func attribute(_ name: String) -> NaiveValue { attributes[name] ?? .missing }
}

struct NaiveEvent: Hashable {
    var type: String
    /// Milliseconds since 1970-01-01T00:00:00Z.
    var time: Int64
    /// Absent and `.missing` are the same.
    var properties: [String: NaiveValue]

    func property(_ name: String) -> NaiveValue { properties[name] ?? .missing }
}

enum NaiveValue: Hashable {
    case missing
    case text(String)
    case number(Int64)
}
