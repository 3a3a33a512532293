internal import ArgumentParser
internal import CampaignCompiler
internal import Diagnostics
internal import DiagnosticsRendering
internal import Foundation
internal import LanguageServer

struct LspCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lsp", abstract: "Serve an editor: findings, completion, hover, definitions, rename.",
        discussion: """
            Speaks the Language Server Protocol 3.17 on standard input and output; editors start it. Workspaces are found \
            by the pabal.yaml around the files that are opened. Exit status 1 where the editor leaves without shutdown.
            """)

    func run() throws {
        var server = LanguageServer(disk: FolderDisk(), version: compilerVersion)
        let output = Output(format: .human)
        while true {
            // What the client has sent meanwhile comes first: it may cancel what waits, or change what would be checked.
            if Self.hasInput(waits: false) {
                guard let bytes = Self.read() else { return try end(server.close()) }
                server.receive(bytes)
            }
            switch server.step() {
            case .writes(let bytes): output.write(bytes)
            case .ends(let isOrderly): return try end(.ends(isOrderly: isOrderly))
            case .waits:
                guard Self.hasInput(waits: true), let bytes = Self.read() else { return try end(server.close()) }
                server.receive(bytes)
            }
        }
    }

    private func end(_ step: LanguageServer<FolderDisk>.Step) throws {
        if case .ends(isOrderly: false) = step { throw CommandExit(.findings) }
    }

    /// Input is there, or its end.
    private static func hasInput(waits: Bool) -> Bool {
        var descriptor = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        while true {
            let count = poll(&descriptor, 1, waits ? -1 : 0)
            if count < 0, errno == EINTR { continue }
            return count > 0
        }
    }

    /// Nil at the end.
    private static func read() -> [UInt8]? {
        // Reads what is there and does not wait for more.
        let data = FileHandle.standardInput.availableData
        return data.isEmpty ? nil : Array(data)
    }
}

extension Output {
    /// Bytes of a protocol; ends the program where the reader is gone.
    fileprivate func write(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        do {
            try FileHandle.standardOutput.write(contentsOf: Foundation.Data(bytes))
        } catch {
            Foundation.exit(ExitStatus.findings.rawValue)
        }
    }
}
