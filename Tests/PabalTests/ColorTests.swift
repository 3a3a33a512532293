import Foundation
import TestSupport
import Testing

@Suite struct ColorTests {
    private static let escape = "\u{1B}["

    @Test func aFileGetsNoColor() throws {
        let run = try PabalBinary().run(["explain", "PB2104"])
        #expect(run.status == 0 && !run.stdout.contains(Self.escape))
    }

    @Test func aTerminalGetsColor() throws {
        #expect(try Self.onATerminal(["explain", "PB2104"], noColor: nil).contains(Self.escape))
        #expect(try Self.onATerminal(["explain", "PB2104"], noColor: "").contains(Self.escape))
    }

    @Test func aTerminalGetsNoColorWhereSomebodySaysSo() throws {
        let text = try Self.onATerminal(["explain", "PB2104"], noColor: "1")
        #expect(text.contains("error[PB2104]") && !text.contains(Self.escape))
    }

    /// What a run writes to a terminal; at most as much as a terminal holds before somebody reads, some 4,000 bytes.
    private static func onATerminal(_ arguments: [String], noColor: String?) throws -> String {
        let (reader, terminal) = try openTerminal()
        defer { close(reader) }
        let process = Process()
        process.executableURL = URL(filePath: try PabalBinary().path)
        process.arguments = arguments
        var environment = ProcessInfo.processInfo.environment
        environment["NO_COLOR"] = noColor
        process.environment = environment
        process.standardOutput = FileHandle(fileDescriptor: terminal, closeOnDealloc: true)
        try process.run()
        process.waitUntilExit()
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        let count = read(reader, &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }

    /// Both ends of a new terminal.
    private static func openTerminal() throws -> (reader: Int32, terminal: Int32) {
        let reader = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        guard reader >= 0 else { throw Failure.noTerminal }
        #if os(Linux)
            // The functions of <stdlib.h> for this are behind a macro that Swift's module of it does not set.
            var number: Int32 = 0
            var lock: Int32 = 0
            let isOpen = ioctl(reader, 0x4004_5431, &lock) == 0 && ioctl(reader, 0x8004_5430, &number) == 0
            let name = "/dev/pts/\(number)"
        #else
            let isOpen = grantpt(reader) == 0 && unlockpt(reader) == 0
            let name = ptsname(reader).map { String(cString: $0) } ?? ""
        #endif
        let terminal = isOpen ? open(name, O_RDWR | O_NOCTTY) : -1
        guard terminal >= 0 else {
            close(reader)
            throw Failure.noTerminal
        }
        return (reader, terminal)
    }

    private enum Failure: Error {
        case noTerminal
    }
}
