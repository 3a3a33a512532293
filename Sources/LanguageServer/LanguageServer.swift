internal import CampaignSyntax
internal import Diagnostics
internal import Foundation

/// The language server, as a value: bytes of the client in, bytes for the client out. It reads files through `disk`, and has
/// no thread, clock or stream of its own.
package struct LanguageServer<Disk: WorkspaceDisk> {
    /// What one step did.
    package enum Step: Equatable {
        /// There is nothing to do until the client says more.
        case waits
        /// Bytes for the client, perhaps none.
        case writes([UInt8])
        /// The client said `exit`, or is gone; whether it had said `shutdown` before.
        case ends(isOrderly: Bool)
    }

    enum Phase {
        case new, running, shutDown, over
    }

    let disk: Disk
    private let version: String
    private var buffer = MessageBuffer()
    /// Messages that were not looked at yet.
    private var inbox: [Incoming] = []
    private(set) var phase = Phase.new
    var client = ClientAbilities()
    /// By their paths: a URI can be written in several ways.
    var buffers: [String: OpenBuffer] = [:]
    /// By their roots.
    var sessions: [String: WorkspaceSession] = [:]

    private enum Incoming {
        case message([UInt8], Envelope)
        case unreadable(RequestFailure)
        case cancelled(RequestID)
    }

    package init(disk: Disk, version: String) {
        self.disk = disk
        self.version = version
    }

    /// Takes bytes from the client. A request that is cancelled before its turn is not worked on.
    package mutating func receive(_ bytes: some Sequence<UInt8>) {
        buffer.append(bytes)
        while let item = buffer.next() {
            switch item {
            case .unreadable(let problem): inbox.append(.unreadable(.unreadable(problem)))
            case .message(let body): receive(message: body)
            }
        }
    }

    /// The client has closed its end.
    package mutating func close() -> Step {
        defer { phase = .over }
        return .ends(isOrderly: phase == .shutDown)
    }

    private mutating func receive(message body: [UInt8]) {
        guard let envelope = try? JSONDecoder().decode(Envelope.self, from: Data(body)) else {
            let isJSON = (try? JSONSerialization.jsonObject(with: Data(body), options: .fragmentsAllowed)) != nil
            inbox.append(
                .unreadable(isJSON ? .invalidRequest("no message of JSON-RPC") : .unreadable("the message is no JSON")))
            return
        }
        guard envelope.method == "$/cancelRequest" else {
            inbox.append(.message(body, envelope))
            return
        }
        guard let id = try? parameters(CancelParameters.self, of: body, "$/cancelRequest").id else { return }
        for place in inbox.indices {
            if case .message(_, let waiting) = inbox[place], waiting.id == id { inbox[place] = .cancelled(id) }
        }
    }

    /// Does one piece of work: answers a message, or else publishes findings.
    package mutating func step() -> Step {
        guard phase != .over else { return .waits }
        guard !inbox.isEmpty else {
            guard let root = sessions.values.filter(\.isDirty).map(\.root).min() else { return .waits }
            return .writes(publish(root))
        }
        switch inbox.removeFirst() {
        case .unreadable(let failure): return .writes(OutgoingMessage.failure(failure, to: nil))
        case .cancelled(let id): return .writes(OutgoingMessage.failure(.cancelled, to: id))
        case .message(let body, let envelope):
            guard let method = envelope.method else {
                // The answer to a request of ours; all of them ask for what the server can do without.
                return .writes([])
            }
            if method == "exit" {
                defer { phase = .over }
                return .ends(isOrderly: phase == .shutDown)
            }
            guard let id = envelope.id else { return .writes(notice(method, body)) }
            do {
                return .writes(try answer(method, body, id))
            } catch {
                return .writes(OutgoingMessage.failure(error, to: id))
            }
        }
    }

    func parameters<Value: Decodable>(
        _ type: Value.Type, of body: [UInt8], _ method: String
    ) throws(RequestFailure) -> Value {
        do {
            return try JSONDecoder().decode(Parameters<Value>.self, from: Data(body)).params
        } catch {
            throw .invalidParameters(method)
        }
    }

    // MARK: messages

    private mutating func answer(_ method: String, _ body: [UInt8], _ id: RequestID) throws(RequestFailure) -> [UInt8] {
        switch (phase, method) {
        case (.new, "initialize"):
            let parameters = try parameters(InitializeParameters.self, of: body, method)
            return OutgoingMessage.result(initialize(parameters), to: id)
        case (.new, _): throw .notInitialized
        case (.running, "initialize"): throw .invalidRequest("`initialize` was sent before")
        case (.running, "shutdown"):
            phase = .shutDown
            return OutgoingMessage.result(Nothing(), to: id)
        case (.running, _): return try answerRequest(method, body, id)
        case (.shutDown, _), (.over, _): throw .invalidRequest("the server was shut down")
        }
    }

    private mutating func initialize(_ parameters: InitializeParameters) -> InitializeResult {
        client = ClientAbilities(parameters.capabilities)
        phase = .running
        let folders = parameters.workspaceFolders?.map(\.uri) ?? [parameters.rootUri].compactMap { $0 }
        for folder in folders { addFolder(folder) }
        return InitializeResult(
            capabilities: .init(positionEncoding: client.encoding.rawValue), serverInfo: .init(version: version))
    }

    private mutating func answerRequest(
        _ method: String, _ body: [UInt8], _ id: RequestID
    ) throws(RequestFailure) -> [UInt8] {
        guard let request = Request(rawValue: method) else { throw .unknownMethod(method) }
        switch request {
        case .completion:
            return OutgoingMessage.result(
                complete(try parameters(PositionParameters.self, of: body, method)), to: id)
        case .hover:
            return OutgoingMessage.result(hover(try parameters(PositionParameters.self, of: body, method)), to: id)
        case .definition:
            return OutgoingMessage.result(
                definitions(try parameters(PositionParameters.self, of: body, method)), to: id)
        case .references:
            return OutgoingMessage.result(
                references(try parameters(ReferenceParameters.self, of: body, method)), to: id)
        case .highlight:
            return OutgoingMessage.result(
                highlights(try parameters(PositionParameters.self, of: body, method)), to: id)
        case .prepareRename:
            return OutgoingMessage.result(
                try prepareRename(try parameters(PositionParameters.self, of: body, method)), to: id)
        case .rename:
            let (edit, warning) = try rename(try parameters(RenameParameters.self, of: body, method))
            let shown = warning.map { OutgoingMessage.notification("window/showMessage", ShownMessage(message: $0)) }
            return (shown ?? []) + OutgoingMessage.result(edit, to: id)
        case .codeAction:
            return OutgoingMessage.result(
                codeActions(try parameters(CodeActionParameters.self, of: body, method)), to: id)
        case .documentSymbol:
            return OutgoingMessage.result(
                documentSymbols(try parameters(DocumentParameters.self, of: body, method)), to: id)
        case .workspaceSymbol:
            return OutgoingMessage.result(
                workspaceSymbols(try parameters(SymbolQuery.self, of: body, method)), to: id)
        }
    }

    /// Notifications have no answer: what cannot be read is left out.
    private mutating func notice(_ method: String, _ body: [UInt8]) -> [UInt8] {
        guard phase == .running, let notification = Notification(rawValue: method) else { return [] }
        switch notification {
        case .initialized:
            return client.watchesFiles
                ? OutgoingMessage.request(.text("pabal-watch"), "client/registerCapability", WatchRegistration()) : []
        case .didOpen:
            if let parameters = try? parameters(OpenParameters.self, of: body, method) { open(parameters) }
        case .didChange:
            if let parameters = try? parameters(ChangeParameters.self, of: body, method) { change(parameters) }
        case .didClose:
            if let parameters = try? parameters(DocumentParameters.self, of: body, method) { return close(parameters) }
        case .didSave:
            if let parameters = try? parameters(DocumentParameters.self, of: body, method) { return saved(parameters) }
        case .watchedFiles:
            if let parameters = try? parameters(WatchedFilesParameters.self, of: body, method) {
                return filesChanged(parameters.changes.map(\.uri))
            }
        case .folders:
            if let parameters = try? parameters(FoldersParameters.self, of: body, method) {
                for folder in parameters.event.added { addFolder(folder.uri) }
                return parameters.event.removed.flatMap { removeFolder($0.uri) }
            }
        }
        return []
    }

    enum Request: String {
        case completion = "textDocument/completion"
        case hover = "textDocument/hover"
        case definition = "textDocument/definition"
        case references = "textDocument/references"
        case highlight = "textDocument/documentHighlight"
        case prepareRename = "textDocument/prepareRename"
        case rename = "textDocument/rename"
        case codeAction = "textDocument/codeAction"
        case documentSymbol = "textDocument/documentSymbol"
        case workspaceSymbol = "workspace/symbol"
    }

    enum Notification: String {
        case initialized
        case didOpen = "textDocument/didOpen"
        case didChange = "textDocument/didChange"
        case didClose = "textDocument/didClose"
        case didSave = "textDocument/didSave"
        case watchedFiles = "workspace/didChangeWatchedFiles"
        case folders = "workspace/didChangeWorkspaceFolders"
    }
}

/// What the client said that it can do.
struct ClientAbilities {
    private(set) var encoding = PositionEncoding.utf16
    private(set) var takesSnippets = false
    private(set) var watchesFiles = false
    private(set) var takesDocumentChanges = false
    private(set) var renamesFiles = false

    init() {}

    init(_ capabilities: InitializeParameters.Capabilities) {
        if capabilities.general?.positionEncodings?.contains(PositionEncoding.utf8.rawValue) == true {
            encoding = .utf8
        }
        takesSnippets = capabilities.textDocument?.completion?.completionItem?.snippetSupport ?? false
        watchesFiles = capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false
        let edit = capabilities.workspace?.workspaceEdit
        // Operations on files only exist among document changes; Neovim says no more than that.
        takesDocumentChanges = edit?.documentChanges ?? (edit?.resourceOperations != nil)
        renamesFiles = takesDocumentChanges && (edit?.resourceOperations?.contains("rename") ?? false)
    }
}
