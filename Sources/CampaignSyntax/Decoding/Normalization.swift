internal import Foundation

/// NFC, so that a text compares equal to the data however its accents or syllables were typed.
package func normalized(_ text: String) -> String {
    isASCII(text) ? text : text.precomposedStringWithCanonicalMapping
}

func isASCII(_ text: String) -> Bool {
    let view = text.utf8
    return isASCII(view.span)
}

func isASCII(_ bytes: Swift.Span<UInt8>) -> Bool {
    var all: UInt8 = 0
    for index in bytes.indices { all |= bytes[index] }
    return all < 0x80
}
