#!/usr/bin/env python3
"""Analyses the units of a compile database with leak-tidy, several at a time.

What is printed doesn't depend on the number of jobs: the units are in the order
of their paths, and a finding in a header is told once.

Exit status: 0 all was analysed; 1 there are findings and --fail-on-findings is
given; 2 something could not be analysed, or the checks are not there.
"""

import argparse
import concurrent.futures
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile

HEAD = re.compile(r"^(?P<place>.+?:\d+:\d+): (?P<kind>warning|error|fatal error): ")
PLACE = re.compile(r"^(?P<path>[^\s:][^:\n]*)(?=:\d+:\d+: (?:fatal |)(?:warning|error|note): )", re.M)
FINDING = re.compile(r"\[leak-[\w,.-]+\]$")
NOT_FOR_CLANG = re.compile(
    r"error: (?:unknown argument:?|unsupported option|optimization flag) '([^']+)'")
SOURCES = (".c", ".cc", ".cp", ".cpp", ".cxx", ".c++", ".C", ".m", ".mm", ".cppm", ".ixx")

CANARY = """#include <thread>
void work();
void canary(bool b) {
  std::thread worker(work);
  if (b)
    return;
  worker.join();
}
"""


def fail(sentence):
    print("error: " + sentence, file=sys.stderr)
    sys.exit(2)


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tidy", required=True, help="the leak-tidy to run")
    parser.add_argument("-j", type=int, default=os.cpu_count(), dest="jobs")
    parser.add_argument("--checks", default="-*,leak-*")
    parser.add_argument("--filter", default="", help="only units whose path matches")
    parser.add_argument("--arg", action="append", default=[], help="for leak-tidy")
    parser.add_argument("--fail-on-findings", action="store_true")
    parser.add_argument("folder", help="where compile_commands.json is or is below")
    return parser.parse_args()


def find_database(folder):
    """The compile database of a source or build folder."""
    if os.path.isfile(folder):
        return folder
    places = [folder]
    try:
        places += sorted(os.path.join(folder, name) for name in os.listdir(folder)
                         if name.startswith(("build", "cmake-build", "out")))
    except OSError as error:
        fail(f"'{folder}' cannot be read: {error.strerror}.")
    for place in places:
        path = os.path.join(place, "compile_commands.json")
        if os.path.isfile(path):
            return path
    fail(f"there is no compile_commands.json in '{folder}' nor in a build folder below it; "
         "make one with cmake -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, or with bear.")


def read_database(path):
    """Commands by the absolute path of their unit."""
    try:
        with open(path, encoding="utf-8") as stream:
            entries = json.load(stream)
        units = {}
        for entry in entries:
            name = os.path.normpath(os.path.join(entry["directory"], entry["file"]))
            units.setdefault(name, []).append(entry)
        return units
    except (OSError, ValueError, KeyError, TypeError) as error:
        fail(f"'{path}' is not a compile database: {error}.")


class Runner:
    def __init__(self, args, database):
        self.args = args
        self.command = [args.tidy, "-quiet", "-checks=" + args.checks,
                        "--header-filter=.*", *args.arg]
        self.database = os.path.dirname(os.path.abspath(database))
        if os.path.basename(database) != "compile_commands.json":
            fail(f"'{database}' must be called compile_commands.json.")

    def tidy(self, database, unit):
        return subprocess.run([*self.command, "-p", database, unit], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              errors="replace")

    def analyse(self, unit, entries):
        """(output, None) or (output, why it could not be analysed)"""
        if not os.path.exists(unit):
            return "", "the file does not exist"
        result = self.tidy(self.database, unit)
        unknown = set(NOT_FOR_CLANG.findall(result.stdout + result.stderr))
        if unknown:
            # Another compiler's options: they don't change what is analysed.
            with tempfile.TemporaryDirectory() as folder:
                with open(os.path.join(folder, "compile_commands.json"), "w",
                          encoding="utf-8") as stream:
                    json.dump([without(entry, unknown) for entry in entries], stream)
                result = self.tidy(folder, unit)
        # Paths as seen from where the unit is compiled; one spelling for each.
        directory = os.path.abspath(entries[0]["directory"])
        output = PLACE.sub(
            lambda m: os.path.normpath(os.path.join(directory, m["path"])), result.stdout)
        if result.returncode == 0:
            return output, None
        for line in output.splitlines() + result.stderr.splitlines():
            if re.search(r"(?:^|: )(?:fatal )?error: ", line) and not FINDING.search(line):
                return output, line
        if FINDING.search(output.strip().split("\n")[0]):
            return output, None  # WarningsAsErrors
        why = f"leak-tidy ended with status {result.returncode}"
        if result.returncode < 0:
            why = f"leak-tidy was ended by signal {-result.returncode}"
        last = result.stderr.strip().splitlines()[-1:]
        return output, ": ".join([why] + last)


def without(entry, unknown):
    """A copy of a command without arguments that Clang doesn't know."""
    entry = dict(entry)
    arguments = entry.pop("arguments", None) or shlex.split(entry.pop("command"))
    entry.pop("command", None)
    entry["arguments"] = [a for a in arguments if a not in unknown]
    return entry


def split(output):
    """The findings in what leak-tidy printed, each with its notes."""
    blocks = []
    for line in output.splitlines(keepends=True):
        if HEAD.match(line):
            blocks.append("")
        if blocks:
            blocks[-1] += line
    return [b for b in blocks if FINDING.search(b.split("\n")[0])]


def check_canary(runner):
    """A program that is silent because its checks are missing must not pass."""
    listed = subprocess.run([runner.args.tidy, "-list-checks", "-checks=-*,leak-*"],
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if "leak-unjoined-thread" not in listed.stdout.split():
        fail(f"the checks are not in '{runner.args.tidy}'.")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "canary.cpp")
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(CANARY)
        found = subprocess.run(
            [runner.args.tidy, "-quiet", "-checks=-*,leak-unjoined-thread", "-config={}",
             path, "--", "-std=c++17"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if "[leak-unjoined-thread]" not in found.stdout:
            fail("the checks do not find the leak in a file that has one; "
                 "leak-tidy says:\n" + found.stdout)


def shorten(text, here):
    """Paths below the current folder as seen from it."""
    return re.sub("^" + re.escape(here + os.sep), "", text, flags=re.MULTILINE)


def counted(number, word):
    return f"{number} {word}{'' if number == 1 else 's'}"


def main():
    args = parse_arguments()
    if not os.access(args.tidy, os.X_OK):
        fail(f"'{args.tidy}' cannot be run.")
    try:
        wanted = re.compile(args.filter)
    except re.error as error:
        fail(f"--filter: '{args.filter}' is not a regular expression: {error}.")
    if args.jobs < 1:
        fail(f"-j{args.jobs}: there must be at least one job.")

    database = find_database(args.folder)
    units = read_database(database)
    chosen = sorted(u for u in units if u.endswith(SOURCES) and wanted.search(u))
    if not chosen:
        fail(f"'{database}' names no C or C++ file" +
             (f" that matches '{args.filter}'." if args.filter else "."))
    runner = Runner(args, database)
    check_canary(runner)

    here = os.getcwd()
    seen = set()
    findings = 0
    failures = []
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for unit, (output, why) in zip(
                chosen, pool.map(lambda u: runner.analyse(u, units[u]), chosen)):
            for block in split(output):
                head = block.split("\n")[0]
                if head in seen:
                    continue
                seen.add(head)
                findings += 1
                print(shorten(block, here), end="", flush=True)
            if why:
                failures.append((unit, why))

    for unit, why in failures:
        print(shorten(f"{unit}", here) + ": not analysed: " + shorten(why, here),
              file=sys.stderr)
    print(f"{counted(len(chosen), 'unit')}, {counted(findings, 'finding')}, "
          f"{len(failures)} not analysed")
    if failures:
        return 2
    return 1 if findings and args.fail_on_findings else 0


if __name__ == "__main__":
    sys.exit(main())
