package import CampaignPlan
package import CampaignSemantics
internal import CampaignSyntax
package import Diagnostics

/// A file of a workspace as it was read.
package struct WorkspaceFile: Sendable {
    /// Relative to the workspace, with `/`.
    package let path: String
    /// Nil for a file that is there and could not be read: it would have declared its name.
    package let bytes: [UInt8]?

    package init(path: String, bytes: [UInt8]?) {
        self.path = path
        self.bytes = bytes
    }
}

/// What compiling a workspace gave. Workspace and plan are nil when there are errors, the plan also when none was wanted.
package struct Compilation: Sendable {
    package var sources: SourceMap
    package var diagnostics: [Diagnostic]
    package var workspace: CheckedWorkspace?
    package var plan: Plan?
    /// What the files hold. Freeing it takes as long as reading it took.
    package var documents: [ParsedFile]
}

/// Parse, check, lower. Pure: the same files give the same bytes everywhere, in whatever order they come. `wantsPlan`:
/// false stops before lowering, which reports nothing.
package func compile(_ files: [WorkspaceFile], wantsPlan: Bool = true) -> Compilation {
    var sources = SourceMap()
    var diagnostics: [Diagnostic] = []
    var parsed: [ParsedFile] = []
    var ignores = Ignores()
    let ordered = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    for file in ordered {
        guard let bytes = file.bytes else {
            parsed.append(ParsedFile(path: file.path, document: nil))
            continue
        }
        let source = SourceText(path: file.path, bytes: bytes)
        let id = sources.add(source)
        let (document, findings) = parse(source, id)
        diagnostics += findings
        ignores.add(source, id)
        parsed.append(ParsedFile(path: file.path, document: document))
    }
    let (workspace, findings) = check(parsed)
    diagnostics = ignores.apply(to: diagnostics + findings, in: sources).sorted(in: sources)
    guard let workspace, !diagnostics.hasErrors else {
        return Compilation(sources: sources, diagnostics: diagnostics, workspace: nil, plan: nil, documents: parsed)
    }
    return Compilation(
        sources: sources, diagnostics: diagnostics, workspace: workspace,
        plan: wantsPlan ? lower(workspace, files: ordered) : nil, documents: parsed)
}
