import CampaignPlan

/// A text test, on the bytes of texts in NFC: equal texts have equal bytes there, and parts are found byte by byte.
struct TextMatcher {
    private let test: TextTest
    private let listed: Set<[UInt8]>
    private let part: [UInt8]

    init(_ test: TextTest) {
        self.test = test
        switch test {
        case .isIn(let texts), .isNotIn(let texts):
            listed = Set(texts.map { Array($0.utf8) })
            part = []
        case .contains(let text), .startsWith(let text), .endsWith(let text):
            listed = []
            part = Array(text.utf8)
        }
    }

    func matches(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        switch test {
        case .isIn: return listed.contains(bytes)
        case .isNotIn: return !listed.contains(bytes)
        case .contains: return (0...bytes.count).contains { bytes[$0...].starts(with: part) }
        case .startsWith: return bytes.starts(with: part)
        case .endsWith: return bytes.count >= part.count && bytes.suffix(part.count).elementsEqual(part)
        }
    }
}
