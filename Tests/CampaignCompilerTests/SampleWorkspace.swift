import CampaignCompiler
import Foundation
import TestSupport

/// The workspaces that come with the product.
enum SampleWorkspace {
    static func files(_ folder: String = "campaigns") -> [WorkspaceFile] {
        let root = URL(filePath: packageRoot).appending(path: folder)
        let paths =
            FileManager.default.enumerator(atPath: root.path(percentEncoded: false))?.compactMap { $0 as? String } ?? []
        // A folder with a `pabal.yaml` of its own is another workspace.
        let others = paths.filter { $0.hasSuffix("/pabal.yaml") }.map { $0.dropLast("pabal.yaml".count) }
        let own = paths.filter { path in !others.contains { path.hasPrefix($0) } }
        return own.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.sorted().compactMap { path in
            (try? Data(contentsOf: root.appending(path: path))).map { WorkspaceFile(path: path, bytes: Array($0)) }
        }
    }
}
