#!/usr/bin/env python3
"""Runs a check on a test file and compares with the comments in it.

    // RUN: %check_leaks %s leak-unjoined-thread -- -DSOMETHING

    std::thread worker(work);
    // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'worker' is still joinable

CHECK-MESSAGES  the warnings and errors: all of them, in their order
CHECK-NOTES     the warnings, errors and notes: all of them, in their order
CHECK-FIXES     the file after all fix-its; it must compile, and what was fixed
                must not be reported again

FileCheck does the comparison. A file without any of these must say --silent.
The check sees a copy of the file without these comments, with the same line
numbers; `#include "..."` still finds what lies beside the file.
"""

import collections
import os
import re
import shutil
import sys

import check_common
from check_common import Failure

KINDS = ("CHECK-MESSAGES", "CHECK-NOTES", "CHECK-FIXES")
COMMENT = re.compile(r"//[ \t]*(?:CHECK-[A-Z0-9_-]+|RUN|REQUIRES|XFAIL|UNSUPPORTED):.*")
DIAGNOSTIC = re.compile(
    r"^(?P<file>[^:\n]+):(?P<line>\d+):(?P<column>\d+): "
    r"(?P<kind>fatal error|error|warning|note): (?P<text>.*)$"
)
APPLIED = "FIX-IT applied suggested code changes"
UNABLE = "FIX-IT unable to apply suggested code changes"


def parse_arguments():
    parser = check_common.arguments(__doc__)
    parser.add_argument("checks", help="names or globs, with commas between")
    parser.add_argument("-config", default="{}", help="as for clang-tidy")
    parser.add_argument("-check-suffixes", "-check-suffix", default="",
                        dest="suffixes", help="CHECK-MESSAGES-<suffix> is used")
    parser.add_argument("--host", default="tidy",
                        help="tidy (default), leak-tidy, analyzer; more with commas")
    parser.add_argument("--silent", action="store_true",
                        help="there is nothing to report")
    parser.add_argument("--arg", action="append", default=[],
                        help="a further argument for clang-tidy")
    return check_common.parse(parser)


class Test(check_common.TestFile):
    def __init__(self, args, host, std):
        super().__init__(args, std)
        self.host = host
        self.folder = os.path.join(args.temp, host + (std or ""))
        self.bin = os.path.join(args.prefix, "bin")
        self.module = os.path.join(args.build, "lib", "LeakTidy.so")
        suffixes = args.suffixes.split(",")
        self.prefixes = {}
        for kind in KINDS:
            names = [kind + ("-" + s if s else "") for s in suffixes]
            self.prefixes[kind] = [
                n for n in names
                if re.search(r"//[ \t]*" + n + r"(-(NEXT|NOT|DAG|SAME|LABEL|EMPTY|COUNT-\d+))?:",
                             self.text)
            ]
        self.check_expectations()

    def check_expectations(self):
        some = self.prefixes["CHECK-MESSAGES"] or self.prefixes["CHECK-NOTES"]
        if self.args.silent and (some or self.prefixes["CHECK-FIXES"]):
            raise Failure("--silent, but the file expects something")
        if not self.args.silent and not some:
            raise Failure("the file expects no message; if that is meant, say --silent")

    # Running

    def copy(self, part):
        """The file without expectations, in a folder of its own."""
        folder = os.path.join(self.folder, part)
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        path = os.path.join(folder, self.name)
        with open(path, "w", encoding="utf-8", newline="") as stream:
            stream.write(COMMENT.sub("//", self.text))
        return path

    def tidy(self, path, *options):
        if self.host == "leak-tidy":
            command = [os.path.join(self.args.build, "bin", "leak-tidy")]
        else:
            command = [os.path.join(self.bin, "clang-tidy"), "-load", self.module]
        command += ["-checks=-*," + self.args.checks, "-config=" + self.args.config,
                    *self.args.arg, *options, path, "--", *self.flags]
        return command

    def analyzer(self, path):
        checkers = []
        for check in self.args.checks.split(","):
            words = check.removeprefix("leak-").split("-")
            checkers.append("leak." + "".join(w.capitalize() for w in words))
        if self.args.checks == "leak-*":
            checkers = ["leak"]
        compiler = os.path.join(self.bin, "clang" if self.is_c else "clang++")
        return [compiler, "--analyze", "--analyzer-output", "text",
                "-Xclang", "-load", "-Xclang", self.module,
                "-Xclang", "-analyzer-checker=" + ",".join(checkers),
                *self.flags, path]

    def run(self, command):
        """The diagnostics that a command prints, and everything it prints."""
        status, output = check_common.run(command)
        found = []
        for line in output.splitlines():
            match = DIAGNOSTIC.match(line)
            if match:
                found.append(match.groupdict())
        shown = " ".join(command) + "\n" + output
        if "no checks enabled" in output or "unable to load" in output:
            raise Failure("the check was not run:\n" + shown)
        if status != 0 and not any("error" in d["kind"] for d in found):
            raise Failure(f"exit status {status} without an error:\n" + shown)
        return found, shown

    def own(self, found):
        """Of the analyzer's output what is ours, named and ordered as in
        clang-tidy's."""
        groups = []
        for d in found:
            if d["kind"] != "note":
                groups.append([])
            if groups:
                groups[-1].append(d)
        kept = []
        for group in groups:
            match = re.search(r" \[leak\.(\w+)\]$", group[0]["text"])
            if match:
                name = re.sub(r"(?<!^)(?=[A-Z])", "-", match.group(1)).lower()
                group[0]["text"] = group[0]["text"][: match.start()] + f" [leak-{name}]"
            elif group[0]["kind"] == "warning":
                continue
            kept.append(group)
        kept.sort(key=lambda g: (os.path.basename(g[0]["file"]) != self.name,
                                 g[0]["file"], int(g[0]["line"]), int(g[0]["column"])))
        return [d for group in kept for d in group]

    # Comparing

    def filecheck(self, prefixes, text, shown, *options):
        path = os.path.join(self.folder, prefixes[0] + ".txt")
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(text)
        status, output = check_common.run(
            [os.path.join(self.bin, "FileCheck"), "-input-file", path,
             "--allow-empty", "--check-prefixes=" + ",".join(prefixes),
             "--match-full-lines=false", "--dump-input=fail",
             "--dump-input-context=5", *options, self.args.file])
        if status != 0:
            raise Failure(output + "\nall output of\n" + shown)

    @staticmethod
    def render(found, kinds):
        return "".join(
            f"{os.path.basename(d['file'])}:{d['line']}:{d['column']}: "
            f"{d['kind']}: {d['text']}\n"
            for d in found if any(k in d["kind"] for k in kinds))

    def messages(self):
        path = self.copy("plain")
        if self.host == "analyzer":
            found, shown = self.run(self.analyzer(path))
            found = self.own(found)
        else:
            found, shown = self.run(self.tidy(path, "-header-filter=.*"))
        if self.args.silent and found:
            raise Failure("nothing is to be reported, but this is:\n" +
                          self.render(found, ("warning", "error", "note")) + shown)
        if self.prefixes["CHECK-MESSAGES"]:
            self.filecheck(self.prefixes["CHECK-MESSAGES"],
                           self.render(found, ("warning", "error")), shown,
                           "--implicit-check-not={{: (warning|error|fatal error): }}")
        # The analyzer tells its paths in its own words.
        if self.prefixes["CHECK-NOTES"] and self.host != "analyzer":
            self.filecheck(self.prefixes["CHECK-NOTES"],
                           self.render(found, ("warning", "error", "note")), shown,
                           "--implicit-check-not={{: (note|warning|error|fatal error): }}")
        elif self.prefixes["CHECK-NOTES"] and not self.prefixes["CHECK-MESSAGES"]:
            raise Failure("--host=analyzer needs CHECK-MESSAGES")

    def fixes(self):
        path = self.copy("fixed")
        # Only this file: what it includes lies in the source tree.
        only = '-line-filter=[{"name":"%s"}]' % self.name
        before, shown = self.run(self.tidy(path, only, "-fix"))
        open_messages = collections.Counter()
        applied = 0
        warning = None
        for d in before:
            if d["kind"] == "warning":
                warning = d["text"]
                open_messages[warning] += 1
                pending = True
            elif d["text"] == UNABLE:
                raise Failure("a fix-it could not be applied:\n" + shown)
            elif d["text"] == APPLIED and pending:
                open_messages[warning] -= 1
                applied += 1
                pending = False
        if not applied:
            raise Failure("CHECK-FIXES, but no fix-it was applied:\n" + shown)

        with open(path, encoding="utf-8") as stream:
            text = stream.read()
        self.filecheck(self.prefixes["CHECK-FIXES"], text, shown)
        compiler = os.path.join(self.bin, "clang" if self.is_c else "clang++")
        status, shown = check_common.run(
            [compiler, "-fsyntax-only", "-w", *self.flags, path])
        if status != 0:
            raise Failure("the fixed file does not compile:\n" + shown)
        after, shown = self.run(self.tidy(path, only))
        for d in after:
            if d["kind"] != "warning":
                continue
            open_messages[d["text"]] -= 1
            if open_messages[d["text"]] < 0:
                raise Failure("still reported after its fix-it was applied:\n" + shown +
                              "\nthe file is now:\n" + text)

    def check(self):
        self.messages()
        if self.prefixes["CHECK-FIXES"] and self.host != "analyzer":
            self.fixes()


def main():
    args = parse_arguments()
    tests = []
    for host in args.host.split(","):
        if host not in ("tidy", "leak-tidy", "analyzer"):
            sys.exit(f"error: unknown host '{host}': use tidy, leak-tidy or analyzer")
        for std in args.stds:
            tests.append((f", host {host}{', ' + std if std else ''}",
                          lambda host=host, std=std: Test(args, host, std).check()))
    return check_common.run_all(args, tests)


if __name__ == "__main__":
    sys.exit(main())
