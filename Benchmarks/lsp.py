#!/usr/bin/env python3
"""Times `pabal lsp` in a workspace of 1,000 campaigns over 200 segments: keystrokes until findings, and requests.

    python3 Benchmarks/lsp.py [--keystrokes N] [--campaigns N] [--segments N]

CPU is user + system time of the server's process between two points. Fails where a keystroke takes more than 50 ms.
"""

import argparse
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

import workspaces

PABAL = Path(__file__).resolve().parent.parent / ".build/release/pabal"
LIMIT_MS = 50


class Client:
    """A language client that asks one thing after another."""

    def __init__(self, root: Path):
        self.server = subprocess.Popen([PABAL, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.next_id = 0
        self.request("initialize", {"capabilities": {}, "rootUri": root.as_uri()})
        self.notify("initialized", {})

    def send(self, message: dict) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.server.stdin.flush()

    def read(self) -> dict:
        length = 0
        while line := self.server.stdout.readline().strip():
            length = int(line.split(b":")[1])
        return json.loads(self.server.stdout.read(length))

    def notify(self, method: str, params: dict) -> None:
        self.send({"method": method, "params": params})

    def request(self, method: str, params: dict):
        self.next_id += 1
        self.send({"id": self.next_id, "method": method, "params": params})
        while (message := self.read()).get("id") != self.next_id:
            pass
        assert "error" not in message, message
        return message["result"]

    def findings(self, uri: str, version: int) -> list:
        """Those of a version of a document, as soon as they are there."""
        while True:
            message = self.read()
            if message.get("method") != "textDocument/publishDiagnostics":
                continue
            params = message["params"]
            if params["uri"] == uri and params.get("version") == version:
                return params["diagnostics"]

    def cpu(self) -> float:
        fields = Path(f"/proc/{self.server.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        self.request("shutdown", {})
        self.notify("exit", {})
        assert self.server.wait(10) == 0


def timed(client: Client, what: str, count: int, body) -> float:
    start, begin = client.cpu(), time.perf_counter()
    for index in range(count):
        body(index)
    cpu = (client.cpu() - start) / count * 1000
    wall = (time.perf_counter() - begin) / count * 1000
    print(f"{what:<44} {cpu:8.2f} ms CPU {wall:8.2f} ms wall, of {count}")
    return cpu


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--keystrokes", type=int, default=200)
    parser.add_argument("--campaigns", type=int, default=1000)
    parser.add_argument("--segments", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        files = workspaces.write(root, options.campaigns, options.segments)
        client = Client(root)
        version = 0

        def open_file(path: str) -> str:
            nonlocal version
            version += 1
            uri = (root / path).as_uri()
            client.notify("textDocument/didOpen", {
                "textDocument": {"uri": uri, "languageId": "yaml", "version": version, "text": files[path]}})
            found = client.findings(uri, version)
            assert not found, found
            return uri

        def keystrokes(path: str, line: int, column: int):
            """Writes a letter and takes it away again."""
            uri = open_file(path)

            def press(index: int) -> None:
                nonlocal version
                version += 1
                start = {"line": line, "character": column}
                end = {"line": line, "character": column + index % 2}
                client.notify("textDocument/didChange", {
                    "textDocument": {"uri": uri, "version": version},
                    "contentChanges": [{"range": {"start": start, "end": end}, "text": "" if index % 2 else "x"}]})
                found = client.findings(uri, version)
                assert bool(found) == (index % 2 == 0), found

            return uri, press

        def cursor(path: str, part: str) -> dict:
            before = files[path].split(part)[0]
            return {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}

        campaign, segment = "area-7/campaign-7.yaml", "segments/segment-7.yaml"
        place = cursor(campaign, "segment-7 }")
        uri, press = keystrokes(campaign, place["line"], place["character"])
        slowest = timed(client, "keystroke in a campaign, until findings", options.keystrokes, press)
        place = cursor(segment, "event_")
        _, press = keystrokes(segment, place["line"], place["character"])
        slowest = max(slowest, timed(client, "keystroke in a segment, until findings", options.keystrokes, press))
        place = cursor("catalog.yaml", "decimal,")
        _, press = keystrokes("catalog.yaml", place["line"], place["character"])
        slowest = max(slowest, timed(client, "keystroke in the catalog, until findings", options.keystrokes // 4, press))
        document = {"textDocument": {"uri": uri}, "position": cursor(campaign, "segment-7 }")}
        timed(client, "first definition", 1, lambda _: client.request("textDocument/definition", document))
        timed(client, "definition", 50, lambda _: client.request("textDocument/definition", document))
        timed(client, "hover of a segment", 50, lambda _: client.request("textDocument/hover", document))
        timed(client, "completion of a segment", 50, lambda _: client.request("textDocument/completion", document))
        client.close()
    if slowest > LIMIT_MS:
        raise SystemExit(f"a keystroke takes {slowest:.1f} ms of CPU, more than {LIMIT_MS}")


if __name__ == "__main__":
    main()
