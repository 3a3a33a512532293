import Foundation

/// Programs and modules from the Python package index, as peers of our own code; tests skip where they cannot be had.
package struct PythonTool: Sendable {
    /// The interpreter of an environment that has the packages.
    package let interpreter: String

    /// Nil where there is no Python, or the packages cannot be installed. The environment stays beside the build.
    package init?(packages: [String]) {
        let name = packages.map { $0.replacing("==", with: "-") }.joined(separator: "+")
        let folder = "\(packageRoot)/.build/python/\(name)"
        let interpreter = "\(folder)/bin/python"
        self.interpreter = interpreter
        let marker = "\(folder)/installed"
        if FileManager.default.fileExists(atPath: marker) { return }
        let environment = PabalBinary(path: "/usr/bin/env")
        let isMade = try? environment.run(["python3", "-m", "venv", folder]).status == 0
        guard isMade == true else { return nil }
        let pip = PabalBinary(path: interpreter)
        let isInstalled = try? pip.run(["-m", "pip", "install", "--quiet"] + packages, secondsMax: 240).status == 0
        guard isInstalled == true, FileManager.default.createFile(atPath: marker, contents: nil) else { return nil }
    }

    /// Runs a program text with arguments.
    package func run(_ program: String, _ arguments: [String] = []) throws -> PabalBinary.Run {
        try PabalBinary(path: interpreter).run(["-c", program] + arguments)
    }
}
