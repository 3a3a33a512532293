import CampaignSyntax
import Diagnostics
import Testing

/// Keys that take names say of what: completion, definitions and rename follow them.
@Suite struct NameUseTests {
    /// Names that mean nothing else in the files: of files, columns and workspaces.
    private static let own: Set<String> = ["workspace.workspace", "catalog.catalog", "customer.key"]

    @Test func everyNameSaysWhatItNames() {
        for place in DeclaredPlace.all {
            for field in place.declaration.fields where field.availability == .available {
                guard takesName(field.schema), !Self.own.contains("\(place.declaration.name).\(field.name)") else {
                    continue
                }
                #expect(field.nameValues != nil, "\(place.declaration.name).\(field.name)")
            }
        }
    }

    /// Whatever is referred to can be declared.
    @Test func everyKindIsDeclared() {
        let fields = DeclaredPlace.all.flatMap(\.declaration.fields)
        let uses = Set(fields.flatMap { [$0.nameValues, $0.nameKeys, $0.nameOfKey].compactMap { $0 } })
        for kind in NameKind.allCases { #expect(uses.contains(.declares(kind)), "\(kind)") }
        for kind in NameKind.allCases where ![.campaign, .variant, .step].contains(kind) {
            #expect(uses.contains(.refers(kind)), "\(kind)")
        }
    }

    private func takesName(_ shape: SchemaShape) -> Bool {
        switch shape {
        case .scalar(let kind): kind == "identifier" || kind == "name"
        case .list(let element): takesName(element)
        case .oneOf(let shapes): shapes.contains { takesName($0) }
        case .anything, .choice, .mapping, .named, .condition: false
        }
    }
}
