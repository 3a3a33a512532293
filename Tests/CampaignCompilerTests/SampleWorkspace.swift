import CampaignCompiler
import Foundation
import TestSupport

/// The workspace that comes with the product.
enum SampleWorkspace {
    static func files() -> [WorkspaceFile] {
        let root = URL(filePath: packageRoot).appending(path: "campaigns")
        let paths =
            FileManager.default.enumerator(atPath: root.path(percentEncoded: false))?.compactMap { $0 as? String } ?? []
        return paths.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.sorted().compactMap { path in
            (try? Data(contentsOf: root.appending(path: path))).map { WorkspaceFile(path: path, bytes: Array($0)) }
        }
    }
}
