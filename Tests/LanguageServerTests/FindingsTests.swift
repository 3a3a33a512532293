import Foundation
import Testing

/// Findings of what is on the screen, not of what is on the disk.
@Suite struct FindingsTests {
    @Test func aWorkspaceWithoutFindings() {
        let editor = Editor(Shop.files)
        #expect(!editor.hasFindings)
    }

    @Test func unsavedTextCounts() {
        let editor = Editor(Shop.files)
        let path = "/shop/segments/quiet.yaml"
        editor.open(
            path, Shop.files[path]?.replacingOccurrences(of: "segment: regulars", with: "segment: regulas") ?? "")
        #expect(editor.findingsText(path) == ["PB2101 3:17-3:24"])
        let finding = editor.findings["file://" + path]?.first
        #expect(
            finding?["message"] as? String == """
                unknown segment `regulas`: no file declares it
                help: write `regulars`
                """)
        #expect(finding?["severity"] as? Int == 1)
        #expect(finding?["source"] as? String == "pabal")
        let related = (finding?["relatedInformation"] as? [[String: Any]])?.first
        #expect(related?["message"] as? String == "a similar name is declared here")
        #expect((related?["location"] as? [String: Any])?["uri"] as? String == "file:///shop/segments/regulars.yaml")
        // The file on the disk is right.
        editor.close(path)
        #expect(editor.findingsText(path) == [])
    }

    /// A name that changes in one file is told there, and not once more in each file that names it.
    @Test func acrossFiles() {
        let editor = Editor(Shop.files)
        let path = "/shop/segments/regulars.yaml"
        editor.open(path, Shop.files[path] ?? "")
        editor.change(
            path,
            [
                [
                    "range": ["start": ["line": 0, "character": 9], "end": ["line": 0, "character": 17]],
                    "text": "friends",
                ]
            ])
        // The file's name tells what the others mean.
        #expect(editor.findingsText(path) == ["PB1009 0:9-0:16"])
        #expect(editor.findingsText("/shop/segments/quiet.yaml") == [])
        editor.change(path, [["text": Shop.files[path] ?? ""]])
        #expect(!editor.hasFindings)
    }

    /// What the catalog loses is missed in files that are not open.
    @Test func fromTheCatalog() {
        let editor = Editor(Shop.files)
        let path = "/shop/catalog.yaml"
        let text = Shop.files[path] ?? ""
        editor.open(path, text)
        editor.change(path, [["text": text.replacingOccurrences(of: "  purchase:", with: "  bought:")]])
        #expect(editor.findingsText("/shop/segments/regulars.yaml").contains { $0.hasPrefix("PB2105 ") })
        editor.change(path, [["text": text]])
        #expect(!editor.hasFindings)
    }

    @Test func severalChangesOfOneMessage() {
        let editor = Editor(Shop.files)
        let path = "/shop/segments/regulars.yaml"
        editor.open(path, "")
        func insert(_ text: String, _ line: Int, _ character: Int) -> [String: Any] {
            let place = ["line": line, "character": character]
            return ["range": ["start": place, "end": place], "text": text]
        }
        editor.change(
            path,
            [
                insert("segment: regulars\n", 0, 0), insert("where: { never: visit }\n", 1, 0),
                insert("description: 👨‍👩‍👧 친구\n", 1, 0), insert("!", 1, 24),
            ])
        #expect(!editor.hasFindings)
        editor.change(path, [insert("\n  - x", 2, 0)])
        #expect(!editor.findingsText(path).isEmpty)
    }

    @Test func filesThatComeAndGo() {
        let editor = Editor(Shop.files)
        editor.disk["/shop/segments/regulars.yaml"] = nil
        func tell(_ path: String) {
            editor.notify("workspace/didChangeWatchedFiles", ["changes": [["uri": "file://" + path, "type": 3]]])
        }
        tell("/shop/segments/regulars.yaml")
        #expect(editor.findingsText("/shop/campaigns/hello.yaml") == ["PB2101 4:22-4:30"])
        // A buffer of a file that is gone is still what somebody writes.
        editor.open("/shop/segments/regulars.yaml", Shop.files["/shop/segments/regulars.yaml"] ?? "")
        #expect(editor.findingsText("/shop/campaigns/hello.yaml") == [])
        editor.close("/shop/segments/regulars.yaml")
        #expect(editor.findingsText("/shop/campaigns/hello.yaml") == ["PB2101 4:22-4:30"])
        editor.disk["/shop/pabal.yaml"] = nil
        tell("/shop/pabal.yaml")
        #expect(!editor.hasFindings)
    }

    /// Files outside of a workspace, hidden ones and other kinds of URIs have no findings.
    @Test func whatIsNoPartOfAWorkspace() {
        let editor = Editor(Shop.files)
        editor.open("/elsewhere/docker-compose.yaml", "services: {}\n")
        editor.open("/shop/.hidden/x.yaml", "segment: [\n")
        editor.open("/shop/notes.txt", "segment: [\n")
        for uri in [
            "untitled:Untitled-1", "git:/shop/pabal.yaml", "file://server/shop/pabal.yaml", "", "file:///%zz.yaml",
        ] {
            editor.notify(
                "textDocument/didOpen",
                ["textDocument": ["uri": uri, "languageId": "yaml", "version": 1, "text": "segment: ["]])
            let answer = editor.request(
                "textDocument/hover", ["textDocument": ["uri": uri], "position": ["line": 0, "character": 1]])
            #expect(answer["result"] is NSNull)
        }
        #expect(!editor.hasFindings)
    }

    /// The workspace is found by a file that is opened, and a new `pabal.yaml` makes one.
    @Test func workspacesAroundFiles() {
        let editor = Editor(Shop.files, root: nil)
        editor.open("/shop/segments/new.yaml", "segment: new\nwhere: { nevr: visit }\n")
        #expect(editor.findingsText("/shop/segments/new.yaml").first?.hasPrefix("PB1011") == true)
        editor.open("/shop/segments/pabal.yaml", "pabal: 1\nworkspace: inner\nzone: UTC\n")
        #expect(editor.findingsText("/shop/segments/new.yaml").first?.hasPrefix("PB1011") == true)
        #expect(editor.findingsText("/shop/campaigns/hello.yaml").count == 2)
        editor.close("/shop/segments/pabal.yaml")
        #expect(editor.findingsText("/shop/campaigns/hello.yaml") == [])
    }

    /// Wide characters count two units of UTF-16, four bytes of UTF-8.
    @Test func wideCharacters() {
        let path = "/shop/segments/regulars.yaml"
        let text = "segment: regulars\r\nwhere: { any: [{ attribute: \"😀한\", is: KR }, { never: nothing }] }\r\n"
        let editor = Editor(Shop.files)
        editor.open(path, text)
        #expect(editor.findingsText(path).contains("PB2104 1:28-1:33"))
        #expect(editor.findingsText(path).contains("PB2105 1:54-1:61"))
        let bytes = Editor(Shop.files, capabilities: ["general": ["positionEncodings": ["utf-8", "utf-16"]]])
        bytes.open(path, text)
        #expect(bytes.findingsText(path).contains("PB2105 1:58-1:65"))
    }
}
