import Foundation

/// The folder that holds `Package.swift`, absolute and without a final `/`.
package let packageRoot: String = {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let path = sources.deletingLastPathComponent().path(percentEncoded: false)
    return path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
}()
