import CampaignSyntax
import Diagnostics
import Testing

/// A declaration, and how to write a document in which a mapping of it stands.
struct DeclaredPlace: CustomTestStringConvertible {
    let declaration: Declaration
    /// Keys that say what form a condition has; empty for everything else.
    let heads: [String]
    /// A document around a mapping in braces.
    private let document: @Sendable (String) -> String

    var testDescription: String { declaration.name }

    /// Documents with a key: once beside the required keys only, once beside what the key needs to make sense.
    ///
    /// Keys stand in the order of the declaration; `written` is what is written for `key`, where that is something else.
    func documents(with key: String, _ value: String, written: String? = nil) -> [String] {
        let companions = Dictionary(companions(of: key), uniquingKeysWith: { first, _ in first })
        return [false, true].map { isAccompanied in
            let keys = declaration.fields.compactMap { field -> String? in
                if field.name == key { return "\(written ?? key): \(value)" }
                if let companion = companions[field.name], isAccompanied { return "\(field.name): \(companion)" }
                return field.isRequired ? "\(field.name): \(field.example)" : nil
            }
            return document("{ \(keys.joined(separator: ", ")) }")
        }
    }

    /// The first key of a file says what the file holds.
    func isKind(_ key: String) -> Bool { DocumentKind(rawValue: key)?.declaration.name == declaration.name }

    /// Keys of which one is required although none is: alternatives of each other.
    private func companions(of key: String) -> [(String, String)] {
        switch declaration.name {
        case "campaign": [("channels", "[sms]"), ("variants", "{ only: { sms: { text: Hello } } }")]
        case "schedule": [("every", "{ days: daily, at: \"12:30\" }")]
        case "recurring schedule": [("days", "daily")]
        case "trigger" where key == "where": [("event", "purchase")]
        case "trigger" where key == "within" || key == "start":
            [("sequence", "[{ event: purchase }, { event: refund }]")]
        case "trigger": [("before", "3 days"), ("of", "{ event: coupon, property: expires_at }")]
        case "send time": [("at", "\"12:30\"")]
        case "attribute condition": [("attribute", "country")]
        case "event condition": [("event", "purchase")]
        case "measure condition": [("measure", "{ event: purchase }")]
        case "share condition": [("share", "{ event: purchase }")]
        case "purchase interval condition": [("purchase_interval", "{ event: purchase, median: elapsed }")]
        case "overdue condition": [("overdue", "{ event: purchase, median: elapsed, by: 2 }")]
        case "never condition": [("never", "purchase")]
        case "comparison": [("is", "KR")]
        case "lifecycle condition": [("is", "at_risk")]
        case "sequence condition": [("sequence", "[{ event: purchase }, { event: refund }]")]
        case "sequence step": [("event", "purchase")]
        case "rank condition": [("top", "10%")]
        case "rfm condition": [("is", "champions")]
        default: []
        }
    }

    static let all: [DeclaredPlace] = {
        var places: [DeclaredPlace] = []
        for kind in DocumentKind.allCases where kind != .test {
            collect(kind.declaration, heads: [], &places) { "\($0)\n" }
        }
        return places
    }()

    private static func collect(
        _ declaration: Declaration, heads: [String], _ places: inout [DeclaredPlace],
        _ document: @escaping @Sendable (String) -> String
    ) {
        guard !places.contains(where: { $0.declaration.name == declaration.name }) else { return }
        let place = DeclaredPlace(declaration: declaration, heads: heads, document: document)
        places.append(place)
        for field in declaration.fields where field.availability == .available {
            let attempts = place.documents(with: field.name, field.example)
            let isAccompanied = attempts.first.map { !hasFindings($0) } == false
            collect(field.schema, &places) { value in
                let documents = place.documents(with: field.name, value)
                return (isAccompanied ? documents.last : documents.first) ?? ""
            }
        }
    }

    private static func hasFindings(_ text: String) -> Bool {
        !parse(SourceText(path: "test.yaml", bytes: Array(text.utf8)), FileID(index: 0)).1.isEmpty
    }

    private static func collect(
        _ schema: SchemaShape, _ places: inout [DeclaredPlace], _ document: @escaping @Sendable (String) -> String
    ) {
        switch schema {
        case .anything, .scalar, .choice: break
        case .list(let element): collect(element, &places) { document("[\($0)]") }
        case .named(let element): collect(element, &places) { document("{ some-name: \($0) }") }
        case .oneOf(let shapes): for shape in shapes { collect(shape, &places, document) }
        case .mapping(let declaration): collect(declaration(), heads: [], &places, document)
        case .condition:
            for form in ConditionFields.forms {
                collect(form, heads: ConditionFields.heads.map(\.name), &places, document)
            }
        }
    }
}
