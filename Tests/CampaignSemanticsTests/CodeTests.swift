import Diagnostics
import Testing

/// The texts behind `pabal explain`.
@Suite struct CodeTests {
    @Test func idsAreUniqueAndSorted() {
        let ids = Code.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        #expect(ids == ids.sorted())
        for id in ids { #expect(id.wholeMatch(of: /PB\d{4}/) != nil, "\(id)") }
    }

    @Test(arguments: Code.all)
    func textsAreThere(_ code: Code) {
        #expect(!code.example.isEmpty)
        #expect(!code.title.isEmpty && !code.title.hasSuffix("."))
        #expect(code.title.first?.isUppercase == false || code.title.hasPrefix("YAML"))
        for text in [code.cause, code.fix] {
            #expect(text.hasSuffix("."), "\(code.id): \(text)")
            #expect(text.first?.isUppercase == true || text.first == "`", "\(code.id): \(text)")
        }
        #expect(Code.named(code.id.lowercased()) == code)
    }
}
