/// Textual encoding of a key (RFC 7468): base64 between two lines that say what it is.
enum PEM {
    static func text(_ label: String, _ bytes: [UInt8]) -> String {
        let body = Array(Base64.text(bytes).utf8)
        let lines = stride(from: 0, to: body.count, by: 64).map {
            String(decoding: body[$0..<min($0 + 64, body.count)], as: UTF8.self)
        }
        return (["-----BEGIN \(label)-----"] + lines + ["-----END \(label)-----"]).joined(separator: "\n") + "\n"
    }

    /// The only block of a text, of any label. White space around lines is tolerated; text outside of the block is not.
    static func block(_ text: String) -> (label: String, bytes: [UInt8])? {
        let lines = text.split(whereSeparator: \.isNewline).map { line in
            line.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed()
        }.map { String($0) }.filter { !$0.isEmpty }
        guard let first = lines.first, let last = lines.last, lines.count >= 3, first.hasPrefix("-----BEGIN "),
            first.hasSuffix("-----"), first.count > 16
        else { return nil }
        let label = String(first.dropFirst(11).dropLast(5))
        guard last == "-----END \(label)-----" else { return nil }
        return Base64.bytes(lines.dropFirst().dropLast().joined()).map { (label, $0) }
    }
}
