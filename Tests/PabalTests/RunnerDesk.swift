import Foundation
import TestSupport

/// A corner shop with many customers, an approved plan, and a folder for a runner.
struct RunnerDesk {
    let desk: ApprovalDesk
    var path: String { desk.shop.folder.path }

    static let run = "run DIR --plan DIR/plan.json --trust DIR/trust.json --environment production --state DIR/state"
    /// Two hours around the only occurrence of a Monday.
    static let monday = run + " --clock 2026-01-12T08:00 --until 2026-01-12T10:00"

    /// `customers`: how many bought lately and have an address and consent.
    init(customers: Int, approved: Bool = true) throws {
        let people = (0..<customers).map { "c\(10_000 + $0),KR,c\($0)@example.com,true" }
        let orders = (0..<customers).map { "c\(10_000 + $0),purchase,2026-01-05T03:00:00Z,A\($0),10.50" }
        desk = try ApprovalDesk()
        try desk.shop.folder.write(
            "customer_id,country,email,email_consent\n" + people.joined(separator: "\n") + "\n",
            to: "data/customers.csv")
        try desk.shop.folder.write(
            "customer_id,event,timestamp,order_id,amount\n" + orders.joined(separator: "\n") + "\n",
            to: "data/events.csv")
        if approved { try approve() }
    }

    /// By an approver, for what the plan's file holds.
    func approve(_ options: String = "--expires 2027-01-01") throws {
        let expires = options.contains("--expires") ? "" : " --expires 2027-01-01"
        try desk.run(ApprovalDesk.approve("kim", "--at 2026-01-01 \(options)\(expires)"))
    }

    func run(_ command: String) throws -> PabalBinary.Run { try desk.shop.run(command) }

    /// Runs a command under a limit of the shell's `ulimit`, such as `-n 20`.
    func run(_ command: String, limit: String) throws -> PabalBinary.Run {
        let words = command.split(separator: " ").map { String($0).replacing("DIR", with: path) }
        let script = #"ulimit \#(limit) && exec "$0" "$@""#
        return try PabalBinary(path: "/bin/sh").run(["-c", script, try PabalBinary().path] + words)
    }

    /// What a person sees; digests, keys and times that the machine's clock says are left out.
    func transcript(_ command: String, _ run: PabalBinary.Run) -> String {
        desk.shop.transcript(command, run)
            .replacing(/[0-9a-f]{64}/, with: "SHA256")
            .replacing(/plan [0-9a-f]{12}/, with: "plan SHA256")
            .replacing(/"[a-z2-7]{52}"/, with: "\"KEY\"")
            .replacing(/"zone_data":"[^"]*"/, with: "\"zone_data\":\"EDITION\"")
    }

    /// Until something holds; at most a minute.
    func wait(until test: () throws -> Bool) throws {
        for _ in 0..<3000 {
            if try test() { return }
            Thread.sleep(forTimeInterval: 0.02)
        }
        throw SampleShop.Failure(description: "it did not happen within a minute")
    }

    /// Begins a command and gives the process; what it says goes into the file `talk` of the folder, if one is named.
    func start(_ command: String, talk: String? = nil) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: try PabalBinary().path)
        process.arguments = command.split(separator: " ").map { String($0).replacing("DIR", with: path) }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        if let talk {
            let file = try desk.shop.folder.write("", to: talk)
            process.standardError = try FileHandle(forWritingTo: URL(filePath: file))
        }
        try process.run()
        return process
    }

    /// What lies in the outbox: recipients by file.
    func outbox() throws -> [String: String] {
        let folder = path + "/state/outbox"
        var found: [String: String] = [:]
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where name.hasSuffix(".json") {
            let bytes = try Data(contentsOf: URL(filePath: folder + "/" + name))
            let message = try JSONSerialization.jsonObject(with: bytes) as? [String: Any]
            found[name] = message?["recipient"] as? String ?? ""
        }
        return found
    }

    /// The rows of the ledger.
    func ledger() throws -> [[String: Any]] {
        let run = try run("ledger --state DIR/state --output-format json")
        guard run.status == 0 else { throw SampleShop.Failure(description: run.stderr) }
        return try run.stdout.split(separator: "\n").compactMap {
            try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
        }
    }
}
