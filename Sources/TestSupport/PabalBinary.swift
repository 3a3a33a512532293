import Dispatch
import Foundation

/// The built `pabal`, run as people run it.
package struct PabalBinary: Sendable {
    package let path: String

    /// What a finished run left behind.
    package struct Run: Sendable {
        /// The exit status; of a run that a signal ended, the negative number of the signal.
        package let status: Int32
        package let outputBytes: [UInt8]
        package let errorBytes: [UInt8]

        package var stdout: String { String(decoding: outputBytes, as: UTF8.self) }
        package var stderr: String { String(decoding: errorBytes, as: UTF8.self) }
    }

    package enum Failure: Error, CustomStringConvertible {
        case notBuilt(searched: [String])
        case timedOut(arguments: [String], seconds: Double, stdout: String, stderr: String)

        package var description: String {
            switch self {
            case .notBuilt(let searched):
                "no pabal in \(searched.joined(separator: ", ")); build it or set PABAL_BINARY"
            case .timedOut(let arguments, let seconds, let stdout, let stderr):
                "killed after \(seconds) s: \(arguments.joined(separator: " "))\n\(stdout)\(stderr)"
            }
        }
    }

    /// `PABAL_BINARY`, or the product that was built together with the running tests.
    package init() throws {
        let searched = Self.candidates()
        guard let path = searched.first(where: Self.isExecutable) else {
            throw Failure.notBuilt(searched: searched)
        }
        self.path = path
    }

    /// Another executable.
    package init(path: String) {
        self.path = path
    }

    /// Runs to the end. `environment` changes the tests' own: a nil value removes a variable. A run that takes longer
    /// than `secondsMax` is killed and thrown as `Failure.timedOut`.
    package func run(
        _ arguments: [String], environment: [String: String?] = [:], workingDirectory: String? = nil,
        standardInput: String? = nil, secondsMax: Double = 120
    ) throws -> Run {
        // Files rather than pipes: nothing fills up, and a killed run still shows what it said.
        let folder = try TemporaryDirectory()
        let input = try folder.write(standardInput ?? "", to: "stdin")
        let output = try folder.write("", to: "stdout")
        let errors = try folder.write("", to: "stderr")
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.environment = Self.environment(changedBy: environment)
        if let workingDirectory { process.currentDirectoryURL = URL(filePath: workingDirectory) }
        process.standardInput = try FileHandle(forReadingFrom: URL(filePath: input))
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
        process.standardError = try FileHandle(forWritingTo: URL(filePath: errors))
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        let isLate = ended.wait(timeout: .now() + secondsMax) == .timedOut
        if isLate {
            kill(process.processIdentifier, SIGKILL)
            ended.wait()
        }
        let run = Run(
            status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
            outputBytes: try folder.read("stdout"), errorBytes: try folder.read("stderr"))
        if isLate {
            throw Failure.timedOut(
                arguments: arguments, seconds: secondsMax, stdout: run.stdout, stderr: run.stderr)
        }
        return run
    }

    private static func environment(changedBy changes: [String: String?]) -> [String: String] {
        changes.reduce(into: ProcessInfo.processInfo.environment) { result, change in
            result[change.key] = change.value
        }
    }

    /// Folders are executable to the system, and a checkout may be called like the product.
    private static func isExecutable(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
            && FileManager.default.isExecutableFile(atPath: path)
    }

    private static func candidates() -> [String] {
        if let path = ProcessInfo.processInfo.environment["PABAL_BINARY"] { return [path] }
        // The test bundle is a file beside the product on Linux and a folder of files on macOS, where another
        // executable loads it.
        let arguments = CommandLine.arguments
        let bundle = arguments.firstIndex(of: "--test-bundle-path").flatMap { arguments.dropFirst($0 + 1).first }
        var folders: [String] = []
        for start in [bundle, arguments.first].compactMap(\.self) {
            var url = URL(filePath: start)
            for _ in 0..<4 {
                url.deleteLastPathComponent()
                folders.append(url.path(percentEncoded: false))
            }
        }
        folders += ["\(packageRoot)/.build/release", "\(packageRoot)/.build/debug"]
        return folders.map { URL(filePath: $0).appending(path: "pabal").path(percentEncoded: false) }
    }
}
