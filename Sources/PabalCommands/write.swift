internal import Diagnostics
internal import Foundation

/// Writes a file whole or not at all, and into whatever else is there.
func writeWhole(_ bytes: [UInt8], to path: String) throws {
    // To write whole is to put a new file in the place of the old one, which must not happen to a device or a link.
    let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
    let options: Foundation.Data.WritingOptions = type == nil || type == .typeRegular ? .atomic : []
    try Foundation.Data(bytes).write(to: URL(fileURLWithPath: path), options: options)
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
