import CampaignSyntax
import Diagnostics
import Testing

/// The declarations are the only list of keys: what they say is what decoding does.
@Suite struct DeclarationTests {
    private static let places = DeclaredPlace.all

    @Test func everythingIsDescribed() {
        #expect(Self.places.count > 30)
        for place in Self.places {
            #expect(place.declaration.doc.hasSuffix("."), "\(place.declaration.name)")
            let names = place.declaration.fields.map(\.name)
            #expect(Set(names).count == names.count, "\(place.declaration.name)")
            for field in place.declaration.fields {
                #expect(field.doc.hasSuffix("."), "\(place.declaration.name).\(field.name)")
                #expect(!field.example.isEmpty, "\(place.declaration.name).\(field.name)")
            }
        }
    }

    @Test(arguments: places)
    func everyKeyTakesItsExample(_ place: DeclaredPlace) {
        for field in place.declaration.fields where field.availability == .available {
            let attempts = place.documents(with: field.name, field.example).map { ($0, findings($0)) }
            #expect(attempts.contains { $0.1.isEmpty }, "\(field.name)\n\(attempts.map { "\($0)\n\($1)" }.joined())")
        }
    }

    /// A default is something that one could write, and the sentence about the key says it too.
    @Test(arguments: places)
    func everyKeyTakesItsDefault(_ place: DeclaredPlace) {
        for field in place.declaration.fields {
            guard let value = field.defaultValue else { continue }
            #expect(!field.isRequired, "\(field.name)")
            #expect(field.doc.contains("efault") && field.doc.contains(value), "\(field.name): \(field.doc)")
            let attempts = place.documents(with: field.name, value).map { ($0, findings($0)) }
            #expect(attempts.contains { $0.1.isEmpty }, "\(field.name)\n\(attempts.map { "\($0)\n\($1)" }.joined())")
        }
        let words = ["default `", "default 1", "default 2", "default 4", "default 5", "efault false", "default UTC"]
        for field in place.declaration.fields where words.contains(where: field.doc.contains) {
            #expect(field.defaultValue != nil, "\(field.name): \(field.doc)")
        }
    }

    @Test(arguments: places)
    func laterKeysSaySo(_ place: DeclaredPlace) {
        for field in place.declaration.fields where field.availability == .later {
            for document in place.documents(with: field.name, field.example).suffix(1) {
                #expect(findings(document) == ["PB1005: remove it, or use a newer version"], "\(document)")
            }
        }
    }

    @Test(arguments: places)
    func unknownKeysGiveTheNearest(_ place: DeclaredPlace) {
        for field in place.declaration.fields where field.name.count > 2 {
            let middle = field.name.index(field.name.startIndex, offsetBy: field.name.count / 2)
            let misspelt = field.name[..<middle] + "q" + field.name[middle...]
            let document = place.documents(with: field.name, field.example, written: String(misspelt)).last ?? ""
            // A misspelt head is no condition at all, and a misspelt kind no document.
            let code = place.heads.contains(field.name) ? "PB1011" : place.isKind(field.name) ? "PB1006" : "PB1001"
            let isLater = code == "PB1001" && field.availability == .later
            let help =
                isLater
                ? "remove it: `\(field.name)`, which may be meant, is not available in this build"
                : "write `\(field.name)`"
            #expect(findings(document) == ["\(code): \(help)"], "\(document)")
        }
    }

    /// Code and help of every finding.
    private func findings(_ text: String) -> [String] {
        let source = SourceText(path: "test.yaml", bytes: Array(text.utf8))
        return parse(source, FileID(index: 0)).1.map { "\($0.code.id): \($0.help.joined(separator: "; "))" }
    }
}
