import CampaignPlan
import CivilTime

/// Reads the values of one attribute or property out of the fields of its column.
///
/// Immutable, and a class because a struct of this size is copied, with all that it holds, for every field read.
final class ValueReader: Sendable {
    /// Nil: the source has no such column, so every value is missing.
    let column: Int?
    /// As in the source.
    let columnName: String
    let type: ValueType
    let isRequired: Bool
    let isPersonal: Bool
    /// True where not every text is a value.
    let checksTexts: Bool
    /// What instants without an offset are read in.
    let zone: TimeZoneRules
    private let spans: ZoneSpans
    /// Where the texts go, for types stored as text.
    let texts: Int

    init(
        column: Int?, columnName: String, type: ValueType, isRequired: Bool, isPersonal: Bool, checksTexts: Bool,
        zone: TimeZoneRules, spans: ZoneSpans, texts: Int
    ) {
        self.column = column
        self.columnName = columnName
        self.type = type
        self.isRequired = isRequired
        self.isPersonal = isPersonal
        self.checksTexts = checksTexts
        self.zone = zone
        self.spans = spans
        self.texts = texts
    }

    /// The number, or the code of the text in `pools[texts]`; the least Int64 for a missing value.
    func read(_ field: Span<UInt8>, _ pools: inout [ColumnTexts]) throws(RowDefect) -> Int64 {
        if field.isEmpty {
            if isRequired { throw .missing(columnName) }
            return DatasetFormat.missingNumber
        }
        switch type {
        case .text, .zone, .email, .phone:
            let code = pools[texts].code(of: field)
            if checksTexts, !pools[texts].allows(code) {
                throw type == .zone
                    ? .notA(type, column: columnName, value: excerpt(field))
                    : .notListed(column: columnName, value: excerpt(field))
            }
            return Int64(code)
        case .integer: return try number(DecimalText(field, scale: 0, allowsPoint: false), field)
        case .decimal(let scale): return try number(DecimalText(field, scale: scale, allowsPoint: true), field)
        case .boolean, .consent:
            if field.isEqual(to: "true") { return 1 }
            if field.isEqual(to: "false") { return 0 }
            throw .notA(type, column: columnName, value: excerpt(field))
        case .instant:
            if let time = field.withUnsafeBufferPointer({ FixedText.instant($0, spans) }) { return time }
            guard let text = InstantText(utf8: field) else {
                throw isTooFine(field)
                    ? .tooManyDecimals(scale: 3, column: columnName, value: excerpt(field))
                    : .notA(type, column: columnName, value: excerpt(field))
            }
            let time = text.instant(in: zone).milliseconds
            guard TimeRange.instants.contains(time) else {
                throw .outOfRange(column: columnName, value: excerpt(field))
            }
            return time
        case .date:
            if field.count == 10, let days = field.withUnsafeBufferPointer({ FixedText.days($0) }) { return days }
            guard let date = CivilDate(parsing: String(copying: field)) else {
                throw .notA(type, column: columnName, value: excerpt(field))
            }
            return Int64(date.daysSinceEpoch)
        }
    }

    private func number(_ text: DecimalText, _ field: Span<UInt8>) throws(RowDefect) -> Int64 {
        switch text {
        case .value(let value): return value
        case .notANumber: throw .notA(type, column: columnName, value: excerpt(field))
        case .tooManyDecimals(let scale):
            throw .tooManyDecimals(scale: scale, column: columnName, value: excerpt(field))
        case .outOfRange: throw .outOfRange(column: columnName, value: excerpt(field))
        }
    }

    /// Whether it would be an instant with three decimals of a second: many programs write six.
    private func isTooFine(_ field: Span<UInt8>) -> Bool {
        var text = String(copying: field)
        guard let point = text.firstIndex(of: ".") else { return false }
        let rest = text[text.index(after: point)...].prefix { $0.isNumber }.dropFirst(3)
        text.removeSubrange(rest.startIndex..<rest.endIndex)
        return !rest.isEmpty && InstantText(parsing: text) != nil
    }

    private func excerpt(_ field: Span<UInt8>) -> String? { isPersonal ? nil : String(copying: field) }
}

/// The texts of one attribute or of the properties of one name, with what they may be.
struct ColumnTexts: Sendable {
    private(set) var pool = TextPool()
    private let isAllowed: (@Sendable (String) -> Bool)?
    /// By code.
    private var allowed: [Bool] = []
    /// By code: whether a row that counts has the text. A bad one may leave others in the pool.
    private(set) var isUsed: [Bool] = []

    /// `isAllowed` is asked once for each different text.
    init(isAllowed: (@Sendable (String) -> Bool)?) {
        self.isAllowed = isAllowed
    }

    mutating func code(of text: Span<UInt8>) -> UInt32 {
        let code = pool.code(of: text)
        if let isAllowed, Int(code) == allowed.count { allowed.append(isAllowed(pool.text(of: code))) }
        if Int(code) == isUsed.count { isUsed.append(false) }
        return code
    }

    mutating func use(_ code: UInt32) { isUsed[Int(code)] = true }

    func allows(_ code: UInt32) -> Bool { isAllowed == nil || allowed[Int(code)] }
}
