internal import Diagnostics
internal import Foundation

/// Writes a file whole or not at all, and into whatever else is there.
func writeWhole(_ bytes: [UInt8], to path: String) throws {
    // To write whole is to put a new file in the place of the old one, which must not happen to a device or a link.
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    let type = attributes?[.type] as? FileAttributeType
    let options: Foundation.Data.WritingOptions = type == nil || type == .typeRegular ? .atomic : []
    try Foundation.Data(bytes).write(to: URL(fileURLWithPath: path), options: options)
    // Who may read and write the old file may the new one.
    if !options.isEmpty, let permissions = attributes?[.posixPermissions] {
        try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
    }
}

/// The same; throws `CommandExit` after a report.
func write(
    _ bytes: [UInt8], to path: String, _ output: Output,
    help: String = "name a file in a folder that exists and can be written to"
) throws {
    do {
        try writeWhole(bytes, to: path)
    } catch {
        throw output.refuse(
            Diagnostic(
                .outputNotWritten, "the file `\(path)` cannot be written", at: .path(path), help: [help]), .noInput)
    }
}
