import CampaignCompiler
package import CampaignPlan
import CampaignSemantics
package import Dataset
import Diagnostics
import DiagnosticsRendering
import Foundation
package import Simulation
import TestSupport

/// A workspace, compiled, and its data, imported into a folder that lives as long as the value.
package struct ImportedShop {
    package let plan: Plan
    package let dataset: Dataset
    package let source: BoundDataset
    private let folder: TemporaryDirectory

    package struct Failure: Error, CustomStringConvertible {
        package let description: String

        package init(description: String) {
            self.description = description
        }
    }

    /// `files` by path; `customers` and `events` are CSV with their headers.
    package init(files: [String: String], customers: String, events: String) throws {
        let folder = try TemporaryDirectory()
        try self.init(files.map { WorkspaceFile(path: $0.key, bytes: Array($0.value.utf8)) }, folder) { sources in
            try folder.write(customers, to: sources.customers.path)
            try folder.write(events, to: sources.events.path)
            return folder.path
        }
    }

    /// The sample workspace of the repository.
    package static func sample() throws -> ImportedShop {
        let files = try sampleFiles().map { WorkspaceFile(path: $0.path, bytes: $0.bytes) }
        return try ImportedShop(files, try TemporaryDirectory()) { _ in packageRoot + "/campaigns" }
    }

    /// `root` gives the folder that the sources' paths are relative to.
    private init(
        _ files: [WorkspaceFile], _ folder: TemporaryDirectory, root: (DataSources) throws -> String
    ) throws {
        let compilation = compile(files)
        guard let plan = compilation.plan, let sources = compilation.workspace?.sources else {
            throw Failure(description: ConciseRenderer().render(compilation.diagnostics, in: compilation.sources))
        }
        let (summary, diagnostics) = try importDataset(
            schema: plan.schema, sources: sources, workspaceRoot: try root(sources), to: folder.path + "/data.pabal",
            options: ImportOptions(catalogDigest: "", sourcesDigest: ""))
        guard summary != nil else { throw Failure(description: "\(diagnostics.map(\.message))") }
        self.plan = plan
        self.folder = folder
        dataset = try Dataset.open(at: folder.path + "/data.pabal")
        source = try BoundDataset(plan, dataset)
    }
}
