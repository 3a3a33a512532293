import CampaignCompiler
import TestSupport

/// The workspaces that come with the product.
enum SampleWorkspace {
    static func files(_ folder: String = "campaigns") -> [WorkspaceFile] {
        ((try? sampleFiles(folder)) ?? []).map { WorkspaceFile(path: $0.path, bytes: $0.bytes) }
    }
}
