#!/usr/bin/env python3
"""Compares what `leak-models roles` says of a test file with the comments in it.

    // RUN: %check_roles %s -std=c++17,c++20 -- -DSOMETHING

    gate.count_down(); // ROLE: std::latch count-down
    later.wait(), gate.wait(); // ROLE: std::latch wait, std::future wait

A ROLE comment names all roles of its line, in any order; a line with roles needs
one, and one without roles is wrong. A role stands where the name that is called
does. Of each role: the type whose row it is, or the function's qualified name,
and the verb. Left out are query, init, destroy, reset, swap, move, forward,
reference, bind, element and iterate, unless --all is given. A file without any
ROLE comment must say --silent.
"""

import collections
import os
import re
import sys

import check_common
from check_common import Failure

COMMENT = re.compile(r"//[ \t]*ROLE:[ \t]*(.*?)[ \t]*$")
ROLE = re.compile(r"\S+ [a-z]+(-[a-z]+)*")
FOUND = re.compile(r"(\d+):\d+: (.*)")


class Test(check_common.TestFile):
    def expected(self):
        """The roles of each line, by the comments."""
        result = collections.defaultdict(set)
        for number, line in enumerate(self.text.splitlines(), 1):
            match = COMMENT.search(line)
            if not match:
                continue
            if match.start() == len(line) - len(line.lstrip()):
                raise Failure(f"line {number}: a ROLE comment stands behind its code")
            if line.lstrip().startswith("//"):
                continue  # A comment that speaks of them.
            for role in re.split(r"[ \t]*,[ \t]*", match[1]):
                if not ROLE.fullmatch(role):
                    raise Failure(f"line {number}: '{role}' is no role; write it as in "
                                  "// ROLE: std::latch wait, std::thread join")
                result[number].add(role)
        if not result and not self.args.silent:
            raise Failure("there is no ROLE comment; if that is meant, say --silent")
        if result and self.args.silent:
            raise Failure("--silent, but the file has ROLE comments")
        return result

    def found(self):
        """The same, by leak-models."""
        command = [os.path.join(self.args.build, "bin", "leak-models"), "roles"]
        command += ["--all"] if self.args.all else []
        command += [self.args.file, *self.args.model, "--", *self.flags]
        status, output = check_common.run(command)
        if status != 0:
            raise Failure(f"exit status {status} of {' '.join(command)}\n{output}")
        result = collections.defaultdict(set)
        for line in output.splitlines():
            match = FOUND.fullmatch(line)
            if not match:
                raise Failure(f"'{line}' is not understood: {' '.join(command)}")
            result[int(match[1])].add(match[2])
        return result

    def check(self):
        expected, found = self.expected(), self.found()
        lines = self.text.splitlines()
        report = []
        for number in sorted(set(expected) | set(found)):
            if expected[number] == found[number]:
                continue
            report += [f"line {number}: {lines[number - 1].strip()}",
                       f"  expected: {', '.join(sorted(expected[number])) or 'nothing'}",
                       f"  found:    {', '.join(sorted(found[number])) or 'nothing'}"]
        if report:
            raise Failure("the roles differ\n" + "\n".join(report))


def main():
    parser = check_common.arguments(__doc__)
    parser.add_argument("--all", action="store_true", help="all verbs")
    parser.add_argument("--silent", action="store_true", help="there are no roles")
    parser.add_argument("--model", action="append", default=[],
                        help="a further model file; may be given more than once")
    args = check_common.parse(parser)
    return check_common.run_all(
        args, [(f", {std}" if std else "", lambda std=std: Test(args, std).check())
               for std in args.stds])


if __name__ == "__main__":
    sys.exit(main())
