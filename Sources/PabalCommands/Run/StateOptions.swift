internal import ArgumentParser
internal import CampaignPlan
internal import Diagnostics
internal import Foundation
internal import Runner

/// Options of every command about a state folder.
struct StateOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The folder with the runner's ledger.", valueName: "folder"))
    var state: String

    @OptionGroup var options: WorkspaceOptions
}

extension StateOptions {
    /// Lets the runner that holds the folder meet a request, or meets it here where none does.
    func perform(_ request: Request) throws -> ControlFolder.Reply {
        let output = options.output
        guard FileManager.default.fileExists(atPath: state + "/ledger.db") else {
            throw output.refuse(.folder("there is no ledger"), state: state)
        }
        do {
            let folder: StoreFolder
            do {
                folder = try StoreFolder(state)
            } catch StoreError.inUse {
                return try ask(request, output)
            }
            let store = try SQLiteStore(folder, owner: nil)
            let now = SystemClock.read().wall
            switch request {
            case .status: return .status(try StatusReport(store).json(isRunning: false).canonicalText)
            case .check: return .problems(try store.problems())
            case .export(let path): try LedgerExport.write(store, to: path)
            case .pause, .resume, .cancel, .release, .resolve:
                let changes = try request.changes(in: store, now: now)
                if !changes.isEmpty { try store.commit(changes) }
            }
            return .done
        } catch let error as StoreError {
            throw output.refuse(error, state: state)
        } catch let error as RequestError {
            throw output.refuse(error)
        } catch let error as LedgerExport.NotWritten {
            throw output.refuse(
                Diagnostic(
                    .outputNotWritten, "the file cannot be written", at: .path(error.path),
                    help: ["name a file in a folder that can be written"]), .noInput)
        }
    }

    private func ask(_ request: Request, _ output: Output) throws -> ControlFolder.Reply {
        let id = "\(getpid())-\(SystemClock.read().wall)"
        let reply = try ControlFolder(state: state).ask(request, id: id, secondsMax: 30)
        switch reply {
        case nil:
            throw output.refuse(
                Diagnostic(
                    .runnerSilent, "the runner does not answer", at: .path(state),
                    help: ["ask again, or stop the runner and ask then"]), .noInput)
        case .refused(let message): throw RequestError(message: message)
        case .done?, .status?, .problems?: return reply ?? .done
        }
    }
}

extension Output {
    func refuse(_ error: RequestError) -> CommandExit {
        refuse(
            Diagnostic(
                .requestRefused, error.message, at: .commandLine,
                help: ["`pabal status` lists what is open"]), .findings)
    }

    func refuse(_ error: StoreError, state: String) -> CommandExit {
        let (code, message, help, status) = error.words(state)
        return refuse(Diagnostic(code, message, at: .path(state), help: [help]), status)
    }
}

extension StoreError {
    fileprivate func words(_ state: String) -> (Code, String, String, ExitStatus) {
        switch self {
        case .inUse(let process):
            let holder = process.map { " (process \($0))" } ?? ""
            return (
                .ledgerInUse, "another runner works in `\(state)`\(holder)", "stop it first, or name another folder",
                .findings
            )
        case .fenced:
            return (
                .runnerFenced, "another runner has taken `\(state)` over", "nothing is to be done here: it goes on",
                .findings
            )
        case .copied:
            return (
                .ledgerCopied, "the folder `\(state)` is a copy",
                "if no runner works with the original: `pabal adopt --state \(state)`", .findings
            )
        case .otherOwner(let owner):
            return (.ledgerOfAnother, "the folder belongs to \(owner)", "name another folder", .findings)
        case .newer(let version):
            return (
                .ledgerDamaged, "the ledger has format \(version), which is newer than this program",
                "use the version of the program that wrote it", .damagedData
            )
        case .damaged(let reason):
            return (.ledgerDamaged, "the ledger is damaged: \(reason)", "restore it from a backup", .damagedData)
        case .full:
            return (.ledgerNotWritten, "no room is left for the ledger", "make room, then start again", .noInput)
        case .notDurable(let reason):
            return (
                .ledgerNotWritten, "the ledger cannot be written: \(reason)", "repair the disk, then start again",
                .noInput
            )
        case .folder(let reason):
            return (
                .ledgerMissing, "the folder `\(state)` cannot be used: \(reason)",
                "name the folder that `pabal run --state` was given", .noInput
            )
        case .setting(let reason):
            return (.ledgerNotWritten, "the database refuses a setting: \(reason)", "use another file system", .noInput)
        case .program(let reason):
            return (
                .ledgerDamaged, "the ledger does not hold what was expected: \(reason)", "report this", .internalError
            )
        }
    }
}
