/// Why a text is no key.
package enum KeyProblem: Error, Hashable, Sendable {
    /// Neither PEM nor anything else that is known.
    case notPEM
    /// PEM of something else: a public key where a private one is needed, an encrypted key, a certificate.
    case otherLabel(String)
    /// A key of another algorithm or form.
    case notEd25519
}
