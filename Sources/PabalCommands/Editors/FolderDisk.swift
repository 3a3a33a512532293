internal import CampaignCompiler
internal import Diagnostics
internal import Foundation
internal import LanguageServer

/// The files that lie below an editor's buffers.
struct FolderDisk: WorkspaceDisk {
    func isFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    func files(of folder: String) -> (files: [WorkspaceFile], findings: [Diagnostic]) {
        let folder = WorkspaceFolder(unchecked: folder)
        return (folder.files, folder.diagnostics)
    }
}
