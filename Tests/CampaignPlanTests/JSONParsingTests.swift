import CampaignPlan
import TestSupport
import Testing

@Suite struct JSONParsingTests {
    @Test(arguments: [
        ("{}", "{}"), (" [ 1 , -2 ,\t\"a\"\n] ", "[1,-2,\"a\"]"),
        ("{\"b\":true,\"a\":false}", "{\"a\":false,\"b\":true}"),
        ("\"\\u0041\\n\\/\\\"\\\\\\ud83d\\ude00\"", "\"A\\n/\\\"\\\\😀\""), ("0", "0"),
        ("9007199254740991", "9007199254740991"),
        ("-9223372036854775808", "\"-9223372036854775808\""), ("\"\\u0000\"", "\"\\u0000\""),
    ])
    func reads(_ text: String, _ canonical: String) throws {
        #expect(try JSON(parsing: Array(text.utf8)).canonicalText == canonical)
    }

    @Test(arguments: [
        ("", "byte 0: the text ends where a value should be"), ("nul", "byte 0: null is not allowed"),
        ("[1,]", "byte 3: no value begins here"), ("[1 2]", "byte 3: the list is not closed"),
        ("{\"a\":1,}", "byte 7: a key is missing"), ("{\"a\" 1}", "byte 5: a colon is missing"),
        ("{\"a\":1,\"\\u0061\":2}", "byte 7: the key `a` comes twice"),
        ("{\"a\":1", "byte 6: the object is not closed"),
        ("1.0", "byte 1: only whole numbers are allowed"), ("1e3", "byte 1: only whole numbers are allowed"),
        ("01", "byte 0: no whole number of 64 bits"), ("-0", "byte 0: no whole number of 64 bits"),
        ("-", "byte 0: no whole number of 64 bits"), ("+1", "byte 0: no value begins here"),
        ("9223372036854775808", "byte 0: no whole number of 64 bits"), ("\"a", "byte 0: the string is not closed"),
        ("\"\t\"", "byte 1: a control character that is not escaped"), ("\"\\x\"", "byte 3: an unknown escape"),
        ("\"\\u12g4\"", "byte 5: an escape needs four hexadecimal digits"),
        ("\"\\ud800\"", "byte 7: half a surrogate pair"), ("\"\\udc00\"", "byte 7: half a surrogate pair"),
        ("\"\\ud800\\u0041\"", "byte 13: half a surrogate pair"),
        ("true false", "byte 5: there is more after the value"),
        ("tru", "byte 3: no value begins here"), ("\u{FEFF}1", "byte 0: no value begins here"),
        (String(repeating: "[", count: 100_000), "byte 64: more than 64 levels"),
    ])
    func refuses(_ text: String, _ problem: String) {
        #expect(refusal(Array(text.utf8)) == problem)
    }

    @Test(arguments: [[0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22]] as [[UInt8]])
    func refusesWhatIsNotUTF8(_ bytes: [UInt8]) {
        #expect(refusal(bytes) == "byte 0: the string is not UTF-8")
    }

    private func refusal(_ bytes: [UInt8]) -> String {
        do throws(JSONProblem) {
            return "read \(try JSON(parsing: bytes))"
        } catch {
            return error.description
        }
    }

    @Test func randomBytes() {
        var random = SeededGenerator(seed: testSeed("random JSON"))
        let letters = Array("{}[]:,\"\\u0189-.eEtrufalsn \n".utf8) + [0x80, 0xFF, 0x00]
        var read = 0
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...12, using: &random)).compactMap { _ in
                letters.randomElement(using: &random)
            }
            guard let json = try? JSON(parsing: bytes) else { continue }
            read += 1
            let canonical = Array(json.canonicalText.utf8)
            // A number beyond 2^53 is written as a string, so the text settles at the second time.
            let again = try? JSON(parsing: canonical)
            #expect(again.map { Array($0.canonicalText.utf8) } == canonical)
        }
        #expect(read > 20)
    }
}
