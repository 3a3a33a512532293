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
        guard let entries = entries(of: here) else {
            diagnostics.append(
                Diagnostic(
                    .unreadableFile, "the folder cannot be read", at: .path(folder.isEmpty ? path : folder),
                    help: ["correct its permissions"]))
            return
        }
        if !folder.isEmpty, entries.contains(where: { $0.name == "pabal.yaml" && !$0.isFolder }) { return }
        for (name, isFolder, isText) in entries where !name.hasPrefix(".") {
            let relative = folder.isEmpty ? name : folder + "/" + name
            if !isText {
                diagnostics.append(
                    Diagnostic(
                        .unreadableFile, "the name is not in UTF-8", at: .path(relative), help: ["give it another name"]
                    ))
            } else if isFolder {
                read(folder: relative)
            } else if name.hasSuffix(".yaml") {
                read(file: relative, path + "/" + relative)
            } else if name.hasSuffix(".yml") || isInCapitals(name) {
                files.append(WorkspaceFile(path: relative, bytes: nil))
                let stem = name.prefix(upTo: name.lastIndex(of: ".") ?? name.endIndex)
                diagnostics.append(
                    Diagnostic(
                        .notYAMLSuffix, "the file is not read, because its name does not end in `.yaml`",
                        at: .path(relative), help: ["rename it to `\(stem).yaml`"]))
            }
        }
    }

    /// Sorted; nil where the folder cannot be read. The system's own calls here and below: Foundation takes longer to list
    /// and open files than the compiler to check them.
    private func entries(of folder: String) -> [(name: String, isFolder: Bool, isText: Bool)]? {
        guard let stream = opendir(folder) else { return nil }
        defer { closedir(stream) }
        var entries: [(name: String, isFolder: Bool, isText: Bool)] = []
        while let entry = readdir(stream) {
            let (name, isText) = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                let bytes = bytes.prefix { $0 != 0 }
                let name = String(validating: bytes, as: UTF8.self)
                return (name ?? String(decoding: bytes, as: UTF8.self), name != nil)
            }
            guard name != ".", name != "..", isText || isYAML(name) else { continue }
            guard isText else {
                // No path can be made of it.
                entries.append((name, false, false))
                continue
            }
            let type = Int32(entry.pointee.d_type)
            // Not every file system says what a name stands for.
            guard let isFolder = type == Int32(DT_UNKNOWN) ? isFolder(folder + "/" + name) : type == Int32(DT_DIR)
            else {
                continue
            }
            entries.append((name, isFolder, true))
        }
        return entries.sorted { $0.name < $1.name }
    }

    private func isYAML(_ name: String) -> Bool {
        name.hasSuffix(".yaml") || name.hasSuffix(".yml") || isInCapitals(name)
    }

    /// `.YAML`, which nobody reads.
    private func isInCapitals(_ name: String) -> Bool {
        let last = name.utf8.suffix(5)
        guard last.contains(where: { (0x41...0x5A).contains($0) }) else { return false }
        let suffix = String(decoding: last, as: UTF8.self).lowercased()
        return suffix == ".yaml" || suffix.hasSuffix(".yml")
    }

    /// Links to files are followed, links to folders are not: they could lead round in a circle.
    private func isFolder(_ full: String) -> Bool? {
        var status = stat()
        return lstat(full, &status) == 0 ? status.st_mode & S_IFMT == S_IFDIR : nil
    }

    private mutating func read(file: String, _ full: String) {
        switch beginning(of: full) {
        case .bytes(let bytes): files.append(WorkspaceFile(path: file, bytes: bytes))
        case .noPlainFile:
            files.append(WorkspaceFile(path: file, bytes: nil))
            diagnostics.append(
                Diagnostic(
                    .unreadableFile, "the file is no plain file, or a link that leads nowhere", at: .path(file),
                    help: ["put a file there, or remove it"]))
        case .unreadable:
            files.append(WorkspaceFile(path: file, bytes: nil))
            diagnostics.append(
                Diagnostic(
                    .unreadableFile, "the file cannot be read", at: .path(file), help: ["correct its permissions"]))
        }
    }

    private enum Beginning {
        case bytes([UInt8])
        case noPlainFile
        case unreadable
    }

    /// One byte more than allowed is enough to see that a file is too large.
    private func beginning(of full: String) -> Beginning {
        // Waiting for the other end of a pipe would take for ever.
        let descriptor = open(full, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        var status = stat()
        guard descriptor >= 0 else {
            let isPlain = stat(full, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
            return isPlain ? .unreadable : .noPlainFile
        }
        defer { close(descriptor) }
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return .noPlainFile }
        // The byte more says that the end was reached. A file of the system may be longer than it says.
        var bytes: [UInt8] = []
        var expected = min(Int(clamping: status.st_size), largestFile) + 1
        while bytes.count <= largestFile {
            guard let part = read(expected, from: descriptor) else { return .unreadable }
            if bytes.isEmpty { bytes = part } else { bytes += part }
            if part.isEmpty || bytes.count == Int(clamping: status.st_size) { break }
            expected = largestFile + 1 - bytes.count
        }
        return .bytes(bytes)
    }

    /// At most so many bytes; nil where they cannot be read.
    private func read(_ count: Int, from descriptor: Int32) -> [UInt8]? {
        var result = -1
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            repeat {
                result = Foundation.read(descriptor, buffer.baseAddress, count)
            } while result < 0 && errno == EINTR
            initialized = max(result, 0)
        }
        return result < 0 ? nil : bytes
    }
}
