internal import Approvals
internal import ArgumentParser
internal import CampaignPlan
internal import Diagnostics
internal import Foundation

struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Make keys to approve plans with.", subcommands: [New.self])

    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "new", abstract: "Make an Ed25519 key: a private file and a public one.",
            discussion: """
                The private key (PKCS#8 PEM, readable for its owner only) goes to NAME and stays with its owner; whoever \
                has it can approve in the owner's name. The public key (PEM) goes to NAME.pub. What is printed is the \
                entry for the trust root. OpenSSL reads both files. A file that is there already is never replaced.
                """)

        @Option(name: .long, help: ArgumentHelp("The file of the private key.", valueName: "name"))
        var out: String

        @OptionGroup var options: WorkspaceOptions

        func run() throws {
            let output = options.output
            var random = SystemRandomNumberGenerator()
            guard let key = SigningKey(seed: randomBytes(32, &random)) else {
                throw output.refuse(
                    Diagnostic(
                        .badKey, "the system's cryptography makes no key", at: .path(out), help: ["try another machine"]
                    ),
                    .internalError)
            }
            let publicFile = out + ".pub"
            try writeNew(publicFile, key.verificationKey.pem, mode: 0o644, output)
            do {
                try writeNew(out, key.pem, mode: 0o600, output)
            } catch {
                unlink(publicFile)
                throw error
            }
            let entry = JSON.object(["ed25519": .string(key.verificationKey.base64)])
            if options.outputFormat == .json {
                let json = JSON.object([
                    "private": .string(out), "public": .string(publicFile), "id": .string(key.verificationKey.id),
                    "key": entry,
                ])
                output.write(json.canonicalText + "\n", to: .data)
            } else {
                output.write(
                    "wrote \(out) (keep it secret) and \(publicFile); key \(key.verificationKey.id)\n", to: .talk)
                output.write(entry.canonicalText + "\n", to: .data)
            }
        }

        /// A file that was not there before, even as a link, with its permissions from the first byte on.
        private func writeNew(_ path: String, _ text: String, mode: mode_t, _ output: Output) throws {
            let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
            guard descriptor >= 0 else {
                let isThere = errno == EEXIST
                throw output.refuse(
                    Diagnostic(
                        .outputNotWritten,
                        isThere ? "the file `\(path)` is there already" : "the file `\(path)` cannot be written",
                        at: .path(path),
                        help: [
                            isThere
                                ? "name another file; a key is never replaced"
                                : "name a file in a folder that exists and can be written to"
                        ]), .noInput)
            }
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            do {
                try handle.write(contentsOf: Foundation.Data(text.utf8))
                try handle.synchronize()
            } catch {
                unlink(path)
                throw output.refuse(
                    Diagnostic(
                        .outputNotWritten, "the file `\(path)` cannot be written", at: .path(path), help: ["make room"]),
                    .noInput)
            }
        }
    }
}

func randomBytes(_ count: Int, _ random: inout some RandomNumberGenerator) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
}
