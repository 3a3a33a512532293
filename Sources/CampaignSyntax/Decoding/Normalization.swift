internal import Foundation

/// NFC, so that a text compares equal to the data however its accents or syllables were typed.
package func normalized(_ text: String) -> String {
    text.utf8.allSatisfy { $0 < 0x80 } ? text : text.precomposedStringWithCanonicalMapping
}
