internal import Crypto

/// An Ed25519 private key (RFC 8032).
package struct SigningKey: Sendable {
    private let seed: [UInt8]
    package let verificationKey: VerificationKey

    /// The DER of a PKCS#8 PrivateKeyInfo up to the seed (RFC 8410).
    private static let prefix: [UInt8] = [
        0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
    ]
    private static let label = "PRIVATE KEY"

    /// Nil unless there are 32 bytes, which must be random and unguessable.
    package init?(seed: [UInt8]) {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
            let verificationKey = VerificationKey(bytes: Array(key.publicKey.rawRepresentation))
        else { return nil }
        self.seed = seed
        self.verificationKey = verificationKey
    }

    package init(pem text: String) throws(KeyProblem) {
        guard let (label, der) = PEM.block(text) else { throw .notPEM }
        guard label == Self.label else { throw .otherLabel(label) }
        guard der.starts(with: Self.prefix), let key = SigningKey(seed: Array(der.dropFirst(Self.prefix.count))) else {
            throw .notEd25519
        }
        self = key
    }

    /// PKCS#8, as `openssl genpkey -algorithm ed25519` writes it.
    package var pem: String { PEM.text(Self.label, Self.prefix + seed) }

    /// 64 bytes; nil only where the system's cryptography fails.
    package func signature(for message: [UInt8]) -> [UInt8]? {
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
            let signature = try? key.signature(for: message)
        else { return nil }
        return Array(signature)
    }
}
