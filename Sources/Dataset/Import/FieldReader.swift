package import CampaignPlan
package import CivilTime

/// Reads values one at a time as an import would, for data that arrives later than the import.
package struct FieldReader: Sendable {
    private let reader: ValueReader
    private let isAllowed: (@Sendable (String) -> Bool)?

    package enum Value: Hashable, Sendable {
        case missing
        case number(Int64)
        case text(String)
    }

    /// What is wrong with a value, in words; values of personal attributes are left out.
    package struct Defect: Error, Hashable {
        package let message: String
    }

    /// - Parameters:
    ///   - name: As in the source, for messages.
    ///   - values: The only texts allowed, if the catalog lists them.
    ///   - zone: What instants without an offset are read in.
    package init(
        name: String, type: ValueType, isRequired: Bool, isPersonal: Bool = false, values: [String]? = nil,
        zone: TimeZoneRules
    ) {
        if let values {
            let known = Set(values)
            isAllowed = { known.contains($0) }
        } else {
            isAllowed = type.textTest
        }
        reader = ValueReader(
            column: nil, columnName: name, type: type, isRequired: isRequired, isPersonal: isPersonal,
            checksTexts: isAllowed != nil, zone: zone, spans: ZoneSpans(zone), texts: 0)
    }

    package func read(_ text: String) throws(Defect) -> Value {
        var pools = [ColumnTexts(isAllowed: isAllowed)]
        do throws(RowDefect) {
            let bytes = Array(text.utf8)
            let value = try reader.read(bytes.span, &pools)
            if text.isEmpty { return .missing }
            switch reader.type.storage {
            case .text: return .text(text)
            case .number: return .number(value)
            }
        } catch {
            throw Defect(message: error.message)
        }
    }
}
