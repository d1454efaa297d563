"""A small LSP client: starts a server, opens files, waits for diagnostics."""

import json
import os
import queue
import subprocess
import threading
import time


class Server:
    def __init__(self, command, root, log):
        environment = dict(os.environ)
        self.log = open(log, "wb")
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=self.log, cwd=root, env=environment)
        self.incoming = queue.Queue()
        self.serial = 0
        threading.Thread(target=self._read, daemon=True).start()
        self.request("initialize", {
            "processId": os.getpid(),
            "rootUri": "file://" + root,
            "capabilities": {"textDocument": {
                "publishDiagnostics": {"relatedInformation": True,
                                       "codeDescriptionSupport": True},
                "codeAction": {"codeActionLiteralSupport": {
                    "codeActionKind": {"valueSet": ["quickfix"]}}},
            }},
        })
        self.notify("initialized", {})

    def _read(self):
        stream = self.process.stdout
        while True:
            length = 0
            while True:
                line = stream.readline()
                if not line:
                    self.incoming.put(None)
                    return
                line = line.strip()
                if not line:
                    break
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            self.incoming.put(json.loads(stream.read(length)))

    def _send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _receive(self, timeout=120):
        message = self.incoming.get(timeout=timeout)
        if message is None:
            raise SystemExit(f"the server ended with status {self.process.wait()}")
        return message

    def notify(self, method, params):
        self._send({"method": method, "params": params})

    def request(self, method, params):
        self.serial += 1
        self._send({"id": self.serial, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == self.serial and "method" not in message:
                if "error" in message:
                    raise SystemExit(f"{method}: {message['error']}")
                return message["result"]

    def diagnostics(self, uri, version, settled):
        """What is published for this version of a file. When its #includes have
        changed, that is done twice, first with what was included before."""
        found = None
        end = time.monotonic() + 120
        while time.monotonic() < end:
            try:
                message = self._receive(timeout=10)
            except queue.Empty:
                if found is not None:
                    break
                continue
            params = message.get("params") or {}
            if (message.get("method") == "textDocument/publishDiagnostics"
                    and params["uri"] == uri and params.get("version") == version):
                found = params["diagnostics"]
                if settled(found):
                    break
        return found

    def open(self, path, text, settled=lambda found: True):
        uri = "file://" + path
        self.notify("textDocument/didOpen", {"textDocument": {
            "uri": uri, "languageId": "cpp", "version": 1, "text": text}})
        return self.diagnostics(uri, 1, settled)

    def change(self, path, version, text, settled=lambda found: True):
        uri = "file://" + path
        self.notify("textDocument/didChange", {
            "textDocument": {"uri": uri, "version": version},
            "contentChanges": [{"text": text}]})
        return self.diagnostics(uri, version, settled)

    def fixes(self, path, diagnostic):
        """The quick fixes that are offered for a diagnostic."""
        actions = self.request("textDocument/codeAction", {
            "textDocument": {"uri": "file://" + path},
            "range": diagnostic["range"],
            "context": {"diagnostics": [diagnostic], "only": ["quickfix"]}})
        return [a for a in actions if a.get("kind") == "quickfix"]

    def close(self):
        self.request("shutdown", None)
        self.notify("exit", None)
        self.process.wait(timeout=60)
        self.log.close()


def apply(text, path, action):
    """The text after a quick fix."""
    lines = text.split("\n")
    edits = action["edit"]["changes"]["file://" + path]

    def offset(position):
        return (sum(len(l) + 1 for l in lines[: position["line"]])
                + position["character"])

    for edit in sorted(edits, key=lambda e: -offset(e["range"]["start"])):
        start, end = offset(edit["range"]["start"]), offset(edit["range"]["end"])
        text = text[:start] + edit["newText"] + text[end:]
    return text
