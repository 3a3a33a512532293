/// What the client says of itself; everything that is not said is not supported.
struct InitializeParameters: Decodable {
    struct Capabilities: Decodable {
        let general: General?
        let textDocument: TextDocument?
        let workspace: Workspace?
    }
    struct General: Decodable {
        let positionEncodings: [String]?
    }
    struct TextDocument: Decodable {
        let completion: Completion?
    }
    struct Completion: Decodable {
        struct Item: Decodable {
            let snippetSupport: Bool?
        }
        let completionItem: Item?
    }
    struct Workspace: Decodable {
        struct WatchedFiles: Decodable {
            let dynamicRegistration: Bool?
        }
        struct Edit: Decodable {
            let documentChanges: Bool?
            let resourceOperations: [String]?
        }
        let didChangeWatchedFiles: WatchedFiles?
        let workspaceEdit: Edit?
    }
    struct Folder: Decodable {
        let uri: String
    }

    let capabilities: Capabilities
    let rootUri: String?
    let workspaceFolders: [Folder]?
}

struct DocumentIdentifier: Decodable {
    let uri: String
}

struct DocumentParameters: Decodable {
    let textDocument: DocumentIdentifier
}

struct OpenParameters: Decodable {
    struct Document: Decodable {
        let uri: String
        let version: Int
        let text: String
    }
    let textDocument: Document
}

struct ChangeParameters: Decodable {
    struct Document: Decodable {
        let uri: String
        let version: Int
    }
    struct Change: Decodable {
        /// Nil: the text replaces everything.
        let range: TextRange?
        let text: String
    }
    let textDocument: Document
    let contentChanges: [Change]
}

struct PositionParameters: Decodable {
    let textDocument: DocumentIdentifier
    let position: Position
}

struct ReferenceParameters: Decodable {
    struct Context: Decodable {
        let includeDeclaration: Bool
    }
    let textDocument: DocumentIdentifier
    let position: Position
    let context: Context
}

struct RenameParameters: Decodable {
    let textDocument: DocumentIdentifier
    let position: Position
    let newName: String
}

struct CodeActionParameters: Decodable {
    struct Context: Decodable {
        let only: [String]?
    }
    let textDocument: DocumentIdentifier
    let range: TextRange
    let context: Context
}

struct SymbolQuery: Decodable {
    let query: String
}

struct WatchedFilesParameters: Decodable {
    let changes: [DocumentIdentifier]
}

struct FoldersParameters: Decodable {
    struct Event: Decodable {
        let added: [InitializeParameters.Folder]
        let removed: [InitializeParameters.Folder]
    }
    let event: Event
}

struct CancelParameters: Decodable {
    let id: RequestID
}
