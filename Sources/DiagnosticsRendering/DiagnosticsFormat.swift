package import Diagnostics

/// How findings are written down.
package enum DiagnosticsFormat: String, Sendable, CaseIterable {
    /// For people: with the source line.
    case human
    /// One finding a line.
    case concise
    case json
    /// SARIF 2.1.0.
    case sarif
    /// Workflow commands.
    case github
    /// A code-quality report.
    case gitlab
    case junit
}

/// What formats for services need to know beside the findings.
package struct DiagnosticsSetting: Sendable {
    /// Of the program.
    package var version: String
    package var paths: RepositoryPaths
    /// Paths in the repository that a change touches; empty where that is not known.
    package var changed: Set<String>
    package var color: ColorMode
    /// Columns of the terminal.
    package var width: Int

    package init(
        version: String, paths: RepositoryPaths = RepositoryPaths(), changed: Set<String> = [], color: ColorMode = .off,
        width: Int = 120
    ) {
        self.version = version
        self.paths = paths
        self.changed = changed
        self.color = color
        self.width = width
    }
}

extension DiagnosticsFormat {
    package func render(_ diagnostics: [Diagnostic], in sources: SourceMap, _ setting: DiagnosticsSetting) -> String {
        switch self {
        case .human: HumanRenderer(color: setting.color, width: setting.width).render(diagnostics, in: sources)
        case .concise: ConciseRenderer().render(diagnostics, in: sources)
        case .json: JSONRenderer().render(diagnostics, in: sources)
        case .sarif: SARIFRenderer(version: setting.version, paths: setting.paths).render(diagnostics, in: sources)
        case .github: GitHubRenderer(paths: setting.paths, changed: setting.changed).render(diagnostics, in: sources)
        case .gitlab: GitLabRenderer(paths: setting.paths).render(diagnostics, in: sources)
        case .junit: JUnitRenderer(paths: setting.paths).render(diagnostics, in: sources)
        }
    }
}
