import Channels
import Foundation
import TestSupport
import Testing

@Suite struct OutboxTests {
    private func delivery(_ key: String, _ text: String) -> Delivery {
        Delivery(key: key, channel: "email", attempt: 1, body: Array(text.utf8))
    }

    @Test func writesAFileForItsOwnerOnly() throws {
        let folder = try TemporaryDirectory()
        let outbox = try Outbox(folder: folder.path + "/out")
        #expect(outbox.record(of: "abc") == .notSent)
        #expect(outbox.deliver([delivery("abc", "hello\n")]) == [.accepted(reference: nil)])
        #expect(try folder.read("out/abc.json") == Array("hello\n".utf8))
        #expect(outbox.record(of: "abc") == .accepted(reference: nil))
        let mode = try FileManager.default.attributesOfItem(atPath: folder.path + "/out/abc.json")[.posixPermissions]
        #expect(mode as? Int == 0o600)
        #expect(try folder.files() == ["out/abc.json"])
    }

    @Test func theSameKeyIsTheSameFile() throws {
        let folder = try TemporaryDirectory()
        let outbox = try Outbox(folder: folder.path)
        #expect(outbox.deliver([delivery("abc", "hello"), delivery("abc", "hello")]).count == 2)
        #expect(try folder.files() == ["abc.json"])
    }

    @Test func whatAKilledAttemptLeftIsOverwritten() throws {
        let folder = try TemporaryDirectory()
        try folder.write("half a mess", to: ".abc.part")
        let outbox = try Outbox(folder: folder.path)
        #expect(outbox.record(of: "abc") == .notSent)
        #expect(outbox.deliver([delivery("abc", "hi")]) == [.accepted(reference: nil)])
        #expect(try folder.files() == ["abc.json"])
        #expect(try folder.read("abc.json") == Array("hi".utf8))
    }

    @Test func aKeyThatIsNoNameIsRefused() throws {
        let folder = try TemporaryDirectory()
        let outbox = try Outbox(folder: folder.path)
        for key in ["../abc", "ABC", ""] {
            guard case .rejected = outbox.deliver([delivery(key, "x")]).first else {
                Issue.record("\(key) was written")
                continue
            }
        }
        #expect(try folder.files() == [])
    }

    @Test func aFolderThatCannotBeMadeIsSaid() throws {
        let folder = try TemporaryDirectory()
        try folder.write("a file", to: "out")
        #expect(throws: Outbox.Failure.self) { try Outbox(folder: folder.path + "/out") }
    }

    /// No message is given up because the folder is gone, full, or not ours.
    @Test func aFolderThatTakesNothingStopsTheChannel() throws {
        let folder = try TemporaryDirectory()
        let outbox = try Outbox(folder: folder.path + "/out")
        try FileManager.default.removeItem(atPath: folder.path + "/out")
        guard case .channelDown(let reason) = outbox.deliver([delivery("abc", "x")]).first else {
            Issue.record("it was written into a folder that is not there")
            return
        }
        #expect(reason == "the file cannot be opened: No such file or directory")
    }

    @Test func aPlaceThatIsTakenMeansTryingAgain() throws {
        let folder = try TemporaryDirectory()
        let outbox = try Outbox(folder: folder.path)
        try folder.write("", to: "abc.json/file")
        guard case .retry(let reason, _) = outbox.deliver([delivery("abc", "x")]).first else {
            Issue.record("it was written onto a folder")
            return
        }
        #expect(reason.hasPrefix("the file cannot be renamed"))
    }
}
