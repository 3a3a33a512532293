/// `file:` URIs and the paths that they mean.
enum DocumentURI {
    private static let scheme = "file://"

    /// The absolute path; nil for a URI of another scheme or host.
    static func path(_ uri: String) -> String? {
        guard uri.lowercased().hasPrefix(scheme) else { return nil }
        var rest = uri.dropFirst(scheme.count)
        if !rest.hasPrefix("/") {
            guard rest.hasPrefix("localhost/") else { return nil }
            rest = rest.dropFirst("localhost".count)
        }
        rest = rest.prefix { $0 != "?" && $0 != "#" }
        guard let path = decoded(rest), path.hasPrefix("/"), !path.utf8.contains(0) else { return nil }
        return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    static func uri(_ path: String) -> String {
        scheme
            + path.utf8.map { byte in
                isPlain(byte) ? String(Character(Unicode.Scalar(byte))) : "%" + hexadecimal(byte)
            }.joined()
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
            || Array("/-._~".utf8).contains(byte)
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "0" + digits : digits
    }

    /// Nil for a `%` without two digits, and for what is no UTF-8.
    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
