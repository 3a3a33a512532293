/// What the server can do.
struct InitializeResult: Encodable {
    struct Sync: Encodable {
        let openClose = true
        /// Incremental.
        let change = 2
        let save = true
    }
    struct Completion: Encodable {
        let triggerCharacters = [" ", ":", "[", "{", ",", "-"]
    }
    struct Rename: Encodable {
        let prepareProvider = true
    }
    struct Actions: Encodable {
        let codeActionKinds = [CodeAction.quickFix, CodeAction.fixAll]
    }
    struct Workspace: Encodable {
        struct Folders: Encodable {
            let supported = true
            let changeNotifications = true
        }
        let workspaceFolders = Folders()
    }
    struct Capabilities: Encodable {
        let positionEncoding: String
        let textDocumentSync = Sync()
        let completionProvider = Completion()
        let hoverProvider = true
        let definitionProvider = true
        let referencesProvider = true
        let documentHighlightProvider = true
        let renameProvider = Rename()
        let codeActionProvider = Actions()
        let documentSymbolProvider = true
        let workspaceSymbolProvider = true
        let workspace = Workspace()
    }
    struct Server: Encodable {
        let name = "pabal"
        let version: String
    }
    let capabilities: Capabilities
    let serverInfo: Server
}

/// Asks the client to tell of changed files.
struct WatchRegistration: Encodable {
    struct Watcher: Encodable {
        let globPattern = "**/*.{yaml,yml}"
    }
    struct Options: Encodable {
        let watchers = [Watcher()]
    }
    struct Registration: Encodable {
        let id = "pabal-files"
        let method = "workspace/didChangeWatchedFiles"
        let registerOptions = Options()
    }
    let registrations = [Registration()]
}

struct PublishedDiagnostics: Encodable, Equatable {
    let uri: String
    /// Of the buffer that was looked at; nil for a file that is not open.
    let version: Int?
    let diagnostics: [ClientDiagnostic]
}

/// What the client shows to whoever sits before it.
struct ShownMessage: Encodable {
    /// A warning.
    let type = 2
    let message: String

    private enum CodingKeys: CodingKey { case type, message }
}

/// A finding as the protocol has it.
struct ClientDiagnostic: Encodable, Equatable {
    struct Related: Encodable, Equatable {
        let location: Location
        let message: String
    }
    let range: TextRange
    /// 1 error, 2 warning.
    let severity: Int
    let code: String
    let source: String
    let message: String
    let relatedInformation: [Related]?
}

struct TextEdit: Encodable, Hashable {
    let range: TextRange
    let newText: String
}

struct WorkspaceEdit: Encodable {
    struct Versioned: Encodable {
        let uri: String
        /// Null for a file that is not open.
        let version: Int?

        private enum CodingKeys: CodingKey { case uri, version }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(uri, forKey: .uri)
            try container.encode(version, forKey: .version)
        }
    }
    enum Change: Encodable {
        case edits(Versioned, [TextEdit])
        case rename(from: String, to: String)

        private enum CodingKeys: CodingKey { case textDocument, edits, kind, oldUri, newUri }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            switch self {
            case .edits(let document, let edits):
                try container.encode(document, forKey: .textDocument)
                try container.encode(edits, forKey: .edits)
            case .rename(let from, let to):
                try container.encode("rename", forKey: .kind)
                try container.encode(from, forKey: .oldUri)
                try container.encode(to, forKey: .newUri)
            }
        }
    }

    /// For clients that take nothing else.
    var changes: [String: [TextEdit]]?
    var documentChanges: [Change]?
}

struct CodeAction: Encodable {
    static let quickFix = "quickfix"
    static let fixAll = "source.fixAll"

    let title: String
    let kind: String
    let diagnostics: [ClientDiagnostic]?
    let isPreferred: Bool?
    let edit: WorkspaceEdit
}

struct MarkedText: Encodable, Equatable {
    let kind = "markdown"
    let value: String
}

struct HoverResult: Encodable {
    let contents: MarkedText
    let range: TextRange
}

struct CompletionItem: Encodable, Equatable {
    /// The protocol's numbers.
    enum Kind: Int, Encodable {
        case field = 5
        case value = 12
        case enumMember = 20
        case keyword = 14
        case reference = 18
        case event = 23
    }
    let label: String
    let kind: Kind
    var detail: String?
    var documentation: MarkedText?
    /// Keeps the order of the declarations.
    var sortText: String?
    /// 2: a snippet.
    var insertTextFormat: Int?
    var textEdit: TextEdit?

    static func == (a: CompletionItem, b: CompletionItem) -> Bool { a.label == b.label && a.kind == b.kind }
}

struct CompletionResult: Encodable {
    let isIncomplete: Bool
    let items: [CompletionItem]
}

struct PrepareRenameResult: Encodable {
    let range: TextRange
    let placeholder: String
}

struct DocumentHighlight: Encodable {
    let range: TextRange
    /// 2 read, 3 write.
    let kind: Int
}

struct DocumentSymbol: Encodable {
    let name: String
    let detail: String?
    let kind: SymbolKind
    let range: TextRange
    let selectionRange: TextRange
    var children: [DocumentSymbol]
}

struct WorkspaceSymbol: Encodable {
    let name: String
    let kind: SymbolKind
    let location: Location
    let containerName: String?
}

/// The protocol's numbers.
enum SymbolKind: Int, Encodable {
    case module = 2
    case `class` = 5
    case property = 7
    case field = 8
    case function = 12
    case constant = 14
    case object = 19
    case enumMember = 22
    case `struct` = 23
    case event = 24
}
