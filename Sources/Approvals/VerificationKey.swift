internal import Crypto

/// An Ed25519 public key (RFC 8032): tells whether somebody who has the private one has signed.
package struct VerificationKey: Hashable, Sendable {
    /// 32 bytes.
    package let bytes: [UInt8]

    /// The DER of a SubjectPublicKeyInfo up to the key itself (RFC 8410).
    private static let prefix: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]
    private static let label = "PUBLIC KEY"

    /// Nil unless there are 32 bytes that the algorithm takes as a key.
    package init?(bytes: [UInt8]) {
        guard (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)) != nil else { return nil }
        self.bytes = bytes
    }

    package init(pem text: String) throws(KeyProblem) {
        guard let (label, der) = PEM.block(text) else { throw .notPEM }
        guard label == Self.label else { throw .otherLabel(label) }
        guard let key = VerificationKey(der: der) else { throw .notEd25519 }
        self = key
    }

    /// The body of the PEM on one line.
    package init?(base64 text: String) {
        guard let der = Base64.bytes(text) else { return nil }
        self.init(der: der)
    }

    private init?(der: [UInt8]) {
        guard der.starts(with: Self.prefix), let key = VerificationKey(bytes: Array(der.dropFirst(Self.prefix.count)))
        else { return nil }
        self = key
    }

    private var der: [UInt8] { Self.prefix + bytes }

    package var pem: String { PEM.text(Self.label, der) }

    package var base64: String { Base64.text(der) }

    /// SHA-256 of the DER, in hexadecimal: the same for everybody who has the key.
    package var id: String { Hexadecimal.text(SHA256.hash(data: der)) }

    package func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else { return false }
        return key.isValidSignature(signature, for: message)
    }
}
