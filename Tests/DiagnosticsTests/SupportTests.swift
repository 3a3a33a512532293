import Foundation
import TestSupport
import Testing

/// What the other tests stand on.
struct SupportTests {
    @Test(.enabled(if: ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == nil))
    func onlyTheStoredTextPasses() throws {
        let folder = try TemporaryDirectory()
        let testFile = folder.path + "/Test.swift"
        try folder.write("caf\u{E9}\n", to: "Snapshots/stored.txt")
        expectSnapshot("caf\u{E9}\n", named: "stored", filePath: testFile)
        withKnownIssue { expectSnapshot("cafe\u{301}\n", named: "stored", filePath: testFile) }
        withKnownIssue { expectSnapshot("text", named: "missing", filePath: testFile) }
    }

    @Test func differencesShowTheirSurroundings() {
        let old = (1...12).map(String.init).joined(separator: "\n")
        let new = old.replacingOccurrences(of: "6", with: "six").replacingOccurrences(of: "12", with: "12\n13")
        #expect(
            lineDifference(from: old, to: new)
                == "  ...\n  4\n  5\n- 6\n+ six\n  7\n  8\n  ...\n  11\n  12\n+ 13")
        #expect(lineDifference(from: old, to: old).isEmpty)
    }

    @Test func theGeneratorIsSplitMix64() {
        var generator = SeededGenerator(seed: 1_234_567)
        #expect(
            (0..<3).map { _ in generator.next() } == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            ])
    }

    @Test func temporaryFoldersDisappear() throws {
        var folder: TemporaryDirectory? = try TemporaryDirectory()
        let path = try #require(folder?.path)
        try folder?.write("x", to: "a/b/c.txt")
        try folder?.write([1, 2], to: "d.bin")
        #expect(try folder?.files() == ["a/b/c.txt", "d.bin"])
        #expect(try folder?.read("d.bin") == [1, 2])
        folder = nil
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func runsReturnEverything() throws {
        let shell = PabalBinary(path: "/bin/sh")
        let run = try shell.run(
            ["-c", "cat; echo $GREETING $PWD; head -c 3000000 /dev/zero >&2; head -c 3000000 /dev/zero; exit 3"],
            environment: ["GREETING": "hello", "HOME": nil], workingDirectory: "/", standardInput: "typed ")
        #expect(run.status == 3)
        #expect(run.stdout.hasPrefix("typed hello /\n"))
        #expect(run.errorBytes.count == 3_000_000)
        #expect(run.outputBytes.count == 3_000_014)
        #expect(try shell.run(["-c", "kill -SEGV $$"]).status == -11)
        #expect(try shell.run(["-c", "echo ${HOME-none}"], environment: ["HOME": nil]).stdout == "none\n")
    }

    @Test func lateRunsAreKilled() {
        #expect(throws: PabalBinary.Failure.self) {
            try PabalBinary(path: "/bin/sh").run(["-c", "echo started; exec sleep 60"], secondsMax: 0.3)
        }
    }

    @Test func thePackageIsFound() {
        #expect(FileManager.default.fileExists(atPath: packageRoot + "/Package.swift"))
        #expect(TestData.folder("there-is-no-such-data-set") == nil)
    }
}
