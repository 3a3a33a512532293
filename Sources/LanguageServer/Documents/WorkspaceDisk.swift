package import CampaignCompiler
package import Diagnostics

/// The files below open buffers.
package protocol WorkspaceDisk {
    /// A plain file is there.
    func isFile(_ path: String) -> Bool

    /// The files of the workspace in a folder, as `pabal validate` reads them, and what is wrong with reading them.
    func files(of folder: String) -> (files: [WorkspaceFile], findings: [Diagnostic])
}
