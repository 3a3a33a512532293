import Foundation
import TestSupport
import Testing

/// What shells complete: scripts are made, and names come from the files.
@Suite struct ShellCompletionTests {
    @Test(arguments: ["bash", "zsh", "fish"])
    func scripts(_ shell: String) throws {
        let run = try PabalBinary().run(["--generate-completion-script", shell])
        #expect(run.status == 0 && run.stderr.isEmpty)
        #expect(run.stdout.contains("audience") && run.stdout.contains("lsp"))
        #expect(run.stdout.contains("---completion"))
    }

    /// The names that the script of a shell asks for, as bash does.
    private func names(_ arguments: [String], in folder: String) throws -> [String] {
        let run = try PabalBinary().run(
            arguments, environment: ["SAP_SHELL": "bash", "SAP_SHELL_VERSION": "5.2"], workingDirectory: folder)
        #expect(run.status == 0, "\(run.stderr)")
        return run.stdout.split(separator: "\n").map { String($0.trimmingPrefix(" ")) }.filter { !$0.isEmpty }
    }

    @Test func namesOfTheWorkspace() throws {
        let shop = try SampleShop.copy()
        let here = shop.path + "/campaigns"
        let request = ["---completion", "audience", "--", "positional@0", "2", "1", "pabal", "audience", ""]
        let all = try names(request, in: here)
        #expect(all.count == 20 && all.contains("big-spenders") && all.contains("win-back"))
        #expect(try names(request + ["--workspace", "campaigns"], in: shop.path) == all)
        #expect(try names(request + ["--workspace=campaigns"], in: shop.path) == all)
        // No workspace, no names, and no trouble.
        #expect(try names(request + ["--workspace", "nowhere"], in: shop.path) == [])
        let campaigns = try names(
            ["---completion", "pause", "--", "positional@0", "2", "1", "pabal", "pause", ""], in: here)
        #expect(campaigns.count == 11 && !campaigns.contains("big-spenders"))
        let codes = try names(
            ["---completion", "explain", "--", "positional@0", "2", "1", "pabal", "explain", ""], in: here)
        #expect(codes.contains("PB2104") && codes.count > 80)
    }

    /// The script itself, in the shell that everybody has.
    @Test func inBash() throws {
        let shop = try SampleShop.copy()
        let pabal = try PabalBinary()
        let script = try shop.write(try pabal.run(["--generate-completion-script", "bash"]).stdout, to: "pabal.bash")
        let text = """
            source \(script)
            pabal() { \(pabal.path) "$@"; }
            cd \(shop.path)/campaigns
            COMP_WORDS=(\(pabal.path) audience big)
            COMP_CWORD=2
            COMP_LINE="\(pabal.path) audience big"
            COMP_POINT=${#COMP_LINE}
            _pabal pabal big audience
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let run = try PabalBinary(path: "/bin/bash").run(["-c", text])
        #expect(run.stdout.contains("big-spenders"), "\(run.stdout)\(run.stderr)")
        #expect(!run.stdout.contains("win-back"))
    }
}
