"""Runs one file through one host, prints each finding as `line: message [check]`.

    hosts.py HOST FILE [--expected FILE] --prefix=... --build=... --temp=...

With --expected it compares instead, and prints what differs. A host in which
the checks are not there is an error by itself: before anything else it must find
the leak of a canary.
"""

import argparse
import difflib
import os
import plistlib
import re
import shutil
import subprocess
import sys
import tempfile

import lsp

CANARY = """#include <thread>
void work();
void canary(bool b) {
  std::thread worker(work);
  if (b)
    return;
  worker.join();
}
"""
LINE = re.compile(r"^(?P<file>[^:\n]+):(?P<line>\d+):\d+: warning: (?P<text>.*)$", re.M)


def name_of_check(checker):
    """leak.UnjoinedThread -> leak-unjoined-thread"""
    name = checker.removeprefix("leak.")
    return "leak-" + re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


class Host:
    def __init__(self, args):
        self.bin = os.path.join(args.prefix, "bin")
        self.module = args.module or os.path.join(args.build, "lib", "LeakTidy.so")
        self.ours = os.path.join(args.build, "bin")
        self.temp = args.temp
        self.flags = ["-std=c++20"]

    def output(self, command, **kwargs):
        result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                text=True, **kwargs)
        self.shown = " ".join(command) + "\n" + result.stdout
        if result.returncode != 0:
            sys.exit(f"exit status {result.returncode}:\n{self.shown}")
        return result.stdout

    def lines(self, output):
        return {(int(m["line"]), m["text"]) for m in LINE.finditer(output)}

    def tidy(self, path):
        return self.lines(self.output(
            [os.path.join(self.bin, "clang-tidy"), "-load", self.module, "-config={}",
             "-checks=-*,leak-*,empty-*", path, "--", *self.flags]))

    def leak_tidy(self, path):
        return self.lines(self.output(
            [os.path.join(self.ours, "leak-tidy"), "-config={}", "-checks=-*,leak-*",
             path, "--", *self.flags]))

    def analyzer(self, path):
        found = self.lines(self.output(
            [os.path.join(self.bin, "clang++"), "--analyze", "--analyzer-output", "text",
             "-Xclang", "-load", "-Xclang", self.module,
             "-Xclang", "-analyzer-checker=leak", *self.flags, path]))
        return {(line, re.sub(r"\[(leak\.\w+)\]$",
                              lambda m: f"[{name_of_check(m[1])}]", text))
                for line, text in found if "[leak." in text}

    def scan_build(self, path):
        folder = os.path.join(self.temp, "scan-build")
        shutil.rmtree(folder, ignore_errors=True)
        self.output(
            [os.path.join(self.bin, "scan-build"), "-plist", "-o", folder,
             "--use-analyzer=" + os.path.join(self.bin, "clang"),
             "--use-c++=" + os.path.join(self.bin, "clang++"),
             "-load-plugin", self.module, "-enable-checker", "leak",
             os.path.join(self.bin, "clang++"), *self.flags, "-c", path,
             "-o", os.devnull])
        found = set()
        for root, _, names in os.walk(folder):
            for name in names:
                if not name.endswith(".plist"):
                    continue
                with open(os.path.join(root, name), "rb") as stream:
                    report = plistlib.load(stream)
                for d in report["diagnostics"]:
                    if d["check_name"].startswith("leak."):
                        found.add((d["location"]["line"],
                                   f"{d['description']} [{name_of_check(d['check_name'])}]"))
        return found

    def clangd(self, path):
        # Outside of the source tree, so that no configuration is found.
        with tempfile.TemporaryDirectory() as root:
            root = os.path.realpath(root)
            with open(os.path.join(root, "compile_flags.txt"), "w") as stream:
                stream.write("\n".join(self.flags) + "\n")
            copy = shutil.copy(path, root)
            with open(copy, encoding="utf-8") as stream:
                text = stream.read()
            server = lsp.Server([os.path.join(self.ours, "leak-clangd")], root,
                                os.path.join(self.temp, "clangd.log"))
            found = set()
            for d in server.open(copy, text):
                message = d["message"].split("\n")[0]
                message = re.sub(r" \((fix(es)? available)\)$", "", message)
                # clangd begins its messages with a capital.
                message = message[0].lower() + message[1:]
                found.add((d["range"]["start"]["line"] + 1, f"{message} [{d['code']}]"))
            server.close()
            return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("host", choices=["tidy", "leak-tidy", "analyzer", "scan-build",
                                         "clangd"])
    parser.add_argument("file")
    parser.add_argument("--expected")
    parser.add_argument("--prefix", required=True)
    parser.add_argument("--build", required=True)
    parser.add_argument("--temp", required=True)
    parser.add_argument("--module", help="another module in the place of ours")
    args = parser.parse_args()
    os.makedirs(args.temp, exist_ok=True)
    host = Host(args)
    run = getattr(host, args.host.replace("-", "_"))

    canary = os.path.join(args.temp, "canary.cpp")
    with open(canary, "w", encoding="utf-8") as stream:
        stream.write(CANARY)
    if not any("[leak-unjoined-thread]" in text for _, text in run(canary)):
        sys.exit(f"canary: the checks are not there in the host {args.host}")

    found = [f"{line}: {text}" for line, text in sorted(run(os.path.abspath(args.file)))]
    if not args.expected:
        print("\n".join(found))
        return 0
    with open(args.expected, encoding="utf-8") as stream:
        expected = [l for l in stream.read().splitlines() if not l.startswith("#")]
    if found == expected:
        return 0
    print(f"host {args.host}, - expected, + found:")
    print("\n".join(difflib.unified_diff(expected, found, lineterm="", n=0)))
    return 1


if __name__ == "__main__":
    sys.exit(main())
