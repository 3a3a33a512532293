import Foundation

/// The YAML files of a workspace of the repository, sorted by their path in it. A folder below with a `pabal.yaml` of its
/// own is another workspace.
package func sampleFiles(_ folder: String = "campaigns") throws -> [(path: String, bytes: [UInt8])] {
    let root = packageRoot + "/" + folder
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root)
        .filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }
    let others = paths.filter { $0.hasSuffix("/pabal.yaml") }.map { $0.dropLast("pabal.yaml".count) }
    return try paths.filter { path in !others.contains { path.hasPrefix($0) } }.sorted().map { path in
        (path, [UInt8](try Data(contentsOf: URL(filePath: "\(root)/\(path)"))))
    }
}
