internal import CampaignCompiler
internal import CampaignSyntax
internal import Diagnostics
internal import Foundation

/// Reads the files of a workspace.
struct WorkspaceFolder {
    let path: String
    private(set) var files: [WorkspaceFile] = []
    /// About files that could not be read, or that somebody may believe to be read.
    private(set) var diagnostics: [Diagnostic] = []

    /// Throws `CommandExit` after a report where there is no folder or no readable `pabal.yaml`.
    init(_ path: String, output: Output) throws {
        self.path = path
        output.locate(workspace: path)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            let finding = Diagnostic(
                .inputMissing, "there is no folder `\(path)`", at: .path(path),
                help: ["name the folder that holds `pabal.yaml`"])
            throw output.refuse(finding, .noInput)
        }
        read(folder: "")
        guard files.contains(where: { $0.path == "pabal.yaml" && $0.bytes != nil }) else {
            let finding = Diagnostic(
                .workspaceFile, "the folder `\(path)` has no readable `pabal.yaml`", at: .path(path),
                help: ["name the folder that holds `pabal.yaml`, or create the file"])
            output.show(diagnostics + [finding], in: SourceMap(), on: output.errorStream)
            throw CommandExit(.noWorkspace)
        }
    }

    /// Reads what is there, if only to show it to somebody who is still writing it.
    init(unchecked path: String) {
        self.path = path
        read(folder: "")
    }

    private mutating func read(folder: String) {
        let here = path + "/" + folder
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: here).sorted() else {
            diagnostics.append(
                Diagnostic(
                    .unreadableFile, "the folder cannot be read", at: .path(folder.isEmpty ? path : folder),
                    help: ["correct its permissions"]))
            return
        }
        if !folder.isEmpty, names.contains("pabal.yaml") { return }
        for name in names where !name.hasPrefix(".") {
            let relative = folder.isEmpty ? name : folder + "/" + name
            let full = path + "/" + relative
            guard let isFolder = isFolder(full) else { continue }
            if isFolder {
                read(folder: relative)
            } else if name.hasSuffix(".yaml") {
                read(file: relative, full)
            } else if name.hasSuffix(".yml") {
                files.append(WorkspaceFile(path: relative, bytes: nil))
                diagnostics.append(
                    Diagnostic(
                        .notYAMLSuffix, "the file is not read, because its name does not end in `.yaml`",
                        at: .path(relative), help: ["rename it to `\(name.dropLast(4)).yaml`"]))
            }
        }
    }

    /// Links to files are followed, links to folders are not: they could lead round in a circle.
    private func isFolder(_ full: String) -> Bool? {
        var status = stat()
        return lstat(full, &status) == 0 ? status.st_mode & S_IFMT == S_IFDIR : nil
    }

    private func isPlainFile(_ full: String) -> Bool {
        var status = stat()
        return stat(full, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    private mutating func read(file: String, _ full: String) {
        // Reading a pipe would wait for ever.
        guard isPlainFile(full) else {
            files.append(WorkspaceFile(path: file, bytes: nil))
            diagnostics.append(
                Diagnostic(
                    .unreadableFile, "the file is no plain file, or a link that leads nowhere", at: .path(file),
                    help: ["put a file there, or remove it"]))
            return
        }
        // One byte more than allowed is enough to see that a file is too large.
        let bytes = beginning(of: full, bytesMax: largestFile + 1)
        files.append(WorkspaceFile(path: file, bytes: bytes))
        if bytes == nil {
            diagnostics.append(
                Diagnostic(
                    .unreadableFile, "the file cannot be read", at: .path(file), help: ["correct its permissions"]))
        }
    }

    /// Nil where the file cannot be read. The system's own calls: Foundation takes longer to open a file than the compiler
    /// to check it.
    private func beginning(of full: String, bytesMax: Int) -> [UInt8]? {
        let descriptor = open(full, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 14)
        while bytes.count < bytesMax {
            let wanted = min(part.count, bytesMax - bytes.count)
            let count = part.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, wanted) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { break }
            bytes += part[..<count]
        }
        return bytes
    }
}
