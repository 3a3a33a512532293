internal import CampaignPlan
internal import CampaignSyntax
internal import Diagnostics

/// What checking one file needs to know, and the findings so far.
///
/// A nil schema means that the catalog could not be read: whatever only it could tell stays unchecked, because every
/// finding would follow from that one.
struct CheckContext {
    var diagnostics: [Diagnostic] = []
    let schema: DataSchema?
    let catalog: CatalogNames
    let names: NameTable
    /// The workspace's zone; nil where it could not be read.
    let zone: String?
    /// Nil where they could not be read.
    let lifecycle: LifecycleThresholds?
    /// Nil where they could not be read.
    let rfm: RFMGroups?

    init(
        diagnostics: [Diagnostic] = [], schema: DataSchema?, catalog: CatalogNames, names: NameTable, zone: String?,
        lifecycle: LifecycleThresholds? = LifecycleThresholds(), rfm: RFMGroups? = RFMGroups()
    ) {
        self.diagnostics = diagnostics
        self.schema = schema
        self.catalog = catalog
        self.names = names
        self.zone = zone
        self.lifecycle = lifecycle
        self.rfm = rfm
    }

    mutating func report(_ diagnostic: Diagnostic) {
        diagnostics.append(diagnostic)
    }

    /// Reports a name that nothing declares, with the nearest one and where that is declared. `words`: names of the language
    /// that could stand there as well.
    mutating func reportUnknown(
        _ code: Code, _ what: String, _ name: Located<String>, among declared: [String: Span],
        words: [String] = [], label: String, otherwise: String
    ) {
        let near = nearestName(to: name.value, among: declared.keys.sorted() + words)
        let related = near.flatMap { declared[$0] }.map {
            [Diagnostic.Related($0, "a similar name is declared here")]
        }
        report(
            Diagnostic(
                code, "unknown \(what) `\(name.value)`", at: name.span, label: label, related: related ?? [],
                help: [near.map { "write `\($0)`" } ?? otherwise]
            ).fixed(name.span, near, isSafe: false))
    }
}

/// Where the catalog declares its names.
struct CatalogNames: Sendable {
    var attributes: [String: Span] = [:]
    var events: [String: Span] = [:]
    /// By event, then by property.
    var properties: [String: [String: Span]] = [:]
    /// The only values of a property, by event, then by property; absent where any value goes.
    var propertyValues: [String: [String: [String]]] = [:]
    var channels: [String: Span] = [:]
    var metrics: [String: Span] = [:]
    /// Names whose declaration was wrong: known, but of no known type.
    var poisoned: Set<String> = []
}

/// Segments and campaigns share one namespace.
struct NameTable: Sendable, Equatable {
    var segments: [String: Span] = [:]
    var campaigns: [String: Span] = [:]
    /// Names of files that could not be parsed: unknown to us, not to the author.
    var poisoned: Set<String> = []
    /// Segments that are not called like their files.
    var misnamed: Set<String> = []
    /// Paths of files that are not read because of how they are called, by the name that they would declare.
    var unread: [String: String] = [:]
}
