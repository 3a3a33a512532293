import Approvals
import Foundation
import TestSupport
import Testing

/// Keys and signatures are those of everybody else.
@Suite(.enabled(if: OpenSSL.path != nil, "skipped: there is no openssl with Ed25519"))
struct OpenSSLTests {
    private func run(_ arguments: [String]) throws {
        let run = try PabalBinary(path: try #require(OpenSSL.path)).run(arguments)
        try #require(run.status == 0, "openssl \(arguments.joined(separator: " ")): \(run.stderr)")
    }

    @Test func itReadsOurKeys() throws {
        let folder = try TemporaryDirectory()
        let key = try #require(SigningKey(seed: bytes(KeyTests.vectors[1].seed)))
        let file = try folder.write(key.pem, to: "key")
        try run(["pkey", "-in", file, "-pubout", "-out", folder.path + "/public"])
        #expect(try folder.read("public") == Array(key.verificationKey.pem.utf8))
        try run(["pkey", "-in", file, "-out", folder.path + "/again"])
        #expect(try folder.read("again") == Array(key.pem.utf8))
    }

    @Test func weReadItsKeys() throws {
        let folder = try TemporaryDirectory()
        try run(["genpkey", "-algorithm", "ed25519", "-out", folder.path + "/key"])
        try run(["pkey", "-in", folder.path + "/key", "-pubout", "-out", folder.path + "/public"])
        let key = try SigningKey(pem: String(decoding: try folder.read("key"), as: UTF8.self))
        #expect(try folder.read("public") == Array(key.verificationKey.pem.utf8))
    }

    @Test func signaturesFitBothWays() throws {
        let folder = try TemporaryDirectory()
        let key = try #require(SigningKey(seed: bytes(KeyTests.vectors[2].seed)))
        let envelope = try #require(Office.approval("kim").signed(by: key))
        try folder.write(key.pem, to: "key")
        try folder.write(key.verificationKey.pem, to: "public")
        try folder.write(envelope.signedBytes, to: "message")
        try folder.write(envelope.signatures[0].bytes, to: "signature")
        let path = folder.path
        try run([
            "pkeyutl", "-verify", "-pubin", "-inkey", path + "/public", "-rawin", "-in", path + "/message", "-sigfile",
            path + "/signature",
        ])
        try run([
            "pkeyutl", "-sign", "-inkey", path + "/key", "-rawin", "-in", path + "/message", "-out", path + "/theirs",
        ])
        #expect(key.verificationKey.isValid(try folder.read("theirs"), for: envelope.signedBytes))
    }
}

private enum OpenSSL {
    /// Nil unless there is one that knows the algorithm and signs whole messages.
    static let path: String? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let paths = folders.map { "\($0)/openssl" }
        guard let path = paths.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else { return nil }
        let run = try? PabalBinary(path: path).run(["pkeyutl", "-help"])
        return run.map { ($0.stdout + $0.stderr).contains("-rawin") } == true ? path : nil
    }()
}
