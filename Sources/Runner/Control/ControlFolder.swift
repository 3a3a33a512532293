internal import Foundation

/// How commands reach a runner: requests and replies are files of a folder in the state folder, each of which appears
/// whole. A socket would need a short path, and a second connection could damage the store.
package struct ControlFolder: Sendable {
    private let path: String

    /// What a runner says to a request.
    package enum Reply: Hashable, Sendable, Codable {
        case done
        /// JSON, canonical.
        case status(String)
        /// What a check found.
        case problems([String])
        case refused(String)
    }

    /// `state`: the folder of the store.
    package init(state: String) {
        path = state + "/control"
    }

    /// Makes the folder, and removes what a runner before left unanswered. Throws `StoreError`.
    package func open() throws {
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw StoreError.folder(String(cString: strerror(errno))) }
        for name in names(ending: ".request") + names(ending: ".reply") + names(ending: ".part") {
            unlink(path + "/" + name)
        }
    }

    /// Requests that wait, oldest name first. What cannot be read is removed.
    package func requests() -> [(id: String, request: Request)] {
        names(ending: ".request").compactMap { name in
            let file = path + "/" + name
            defer { unlink(file) }
            guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: file)),
                let request = try? JSONDecoder().decode(Request.self, from: bytes)
            else { return nil }
            return (String(name.dropLast(".request".count)), request)
        }
    }

    package func reply(_ reply: Reply, to id: String) throws {
        try write(try JSONEncoder().encode(reply), named: id + ".reply")
    }

    /// Asks, and waits for the reply; nil where none came in time.
    package func ask(_ request: Request, id: String, secondsMax: Double) throws -> Reply? {
        try write(try JSONEncoder().encode(request), named: id + ".request")
        let file = path + "/" + id + ".reply"
        let deadline = ContinuousClock.now + .seconds(secondsMax)
        while ContinuousClock.now < deadline {
            if let bytes = try? Data(contentsOf: URL(fileURLWithPath: file)) {
                unlink(file)
                return try JSONDecoder().decode(Reply.self, from: bytes)
            }
            usleep(20_000)
        }
        unlink(path + "/" + id + ".request")
        return nil
    }

    private func write(_ content: Data, named name: String) throws {
        let part = path + "/." + name + ".part"
        do {
            try content.write(to: URL(fileURLWithPath: part))
        } catch {
            throw StoreError.folder("the control folder cannot be written")
        }
        guard chmod(part, 0o600) == 0, rename(part, path + "/" + name) == 0 else {
            throw StoreError.folder(String(cString: strerror(errno)))
        }
    }

    private func names(ending: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { $0.hasSuffix(ending) }.sorted()
    }
}
