package import Diagnostics

/// An entry whose key is a name that the author chose.
package struct Named<Value: Sendable>: Sendable {
    /// In NFC.
    package let name: Located<String>
    /// Nil where it was reported: the name is declared, and nothing more is known of it.
    package let value: Value?
    package let span: Span
}
