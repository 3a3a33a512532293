import CampaignCompiler
import Diagnostics
import DiagnosticsRendering
import TestSupport
import Testing

/// `# pabal:ignore CODE reason=WHY` in the files of the sample workspace.
@Suite struct IgnoreTests {
    /// What is found where an unused segment is written so.
    private func findings(_ segment: String, broken: Bool = false) -> String {
        var files = SampleWorkspace.files()
        files.append(WorkspaceFile(path: "segments/spare.yaml", bytes: Array(segment.utf8)))
        if broken { files.append(WorkspaceFile(path: "segments/broken.yaml", bytes: Array("segment: [".utf8))) }
        let compilation = compile(files)
        #expect((compilation.plan == nil) == compilation.diagnostics.hasErrors)
        return HumanRenderer().render(compilation.diagnostics, in: compilation.sources)
    }

    @Test(arguments: [
        "segment: spare # pabal:ignore PB2103 reason=used from May on\nwhere: { never: purchase }\n",
        "# pabal:ignore PB2103 reason=used from May on\nsegment: spare\nwhere: { never: purchase }\n",
        "# pabal:ignore PB2103 reason=used from May on\n\n# Kept for spring.\nsegment: spare\nwhere: { never: purchase }\n",
        "#  pabal:ignore  pb2103   reason=x\r\nsegment: spare\r\nwhere: { never: purchase }\r\n",
    ])
    func isIgnored(_ segment: String) {
        #expect(findings(segment) == "")
    }

    /// Another line, a text that looks like a comment, another code.
    @Test(arguments: [
        ("other-line", "segment: spare\n# pabal:ignore PB2103 reason=late\nwhere: { never: purchase }\n"),
        ("text", "segment: spare\ndescription: \"x # pabal:ignore PB2103 reason=y\"\nwhere: { never: purchase }\n"),
        (
            "block-text",
            "segment: spare\ndescription: |\n  # pabal:ignore PB2103 reason=y\nwhere: { never: purchase }\n"
        ),
        ("other-code", "segment: spare # pabal:ignore PB2103, PB2119 reason=y\nwhere: { never: purchase }\n"),
        ("no-reason", "segment: spare # pabal:ignore PB2103\nwhere: { never: purchase }\n"),
        ("empty-reason", "segment: spare # pabal:ignore PB2103 reason=  \nwhere: { never: purchase }\n"),
        ("no-code", "segment: spare # pabal:ignore reason=because\nwhere: { never: purchase }\n"),
        ("unknown-code", "segment: spare # pabal:ignore PB2013 reason=because\nwhere: { never: purchase }\n"),
        ("an-error", "segment: spare # pabal:ignore PB2101 reason=because\nwhere: { never: purchase }\n"),
        ("end-of-file", "segment: spare\nwhere: { never: purchase }\n# pabal:ignore PB2103 reason=y"),
    ])
    func isNotIgnored(_ name: String, _ segment: String) {
        expectSnapshot(findings(segment), named: "Ignores/\(name)")
    }

    /// While errors keep findings from being made, an ignore is not called idle.
    @Test func errorsKeepIgnores() {
        let text = findings("segment: spare # pabal:ignore PB2119 reason=y\nwhere: { never: purchase }\n", broken: true)
        #expect(!text.contains("PB1019"))
    }

    /// Errors stay, whatever comments say.
    @Test func errorsStay() {
        let text = findings("segment: spare # pabal:ignore PB2103 reason=y\nwhere: { never: purchse }\n")
        #expect(text.contains("PB2105") && !text.contains("PB2103"))
    }
}
