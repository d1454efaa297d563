"""What check_leaks.py and check_roles.py share: their command lines, and how a
test file is read, compiled and run for each standard."""

import argparse
import os
import subprocess
import sys


class Failure(Exception):
    pass


def arguments(description):
    """A parser with what both have."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    site = parser.add_argument_group("given by lit.settings.py")
    site.add_argument("--prefix", required=True, help="LLVM's folder")
    site.add_argument("--build", required=True, help="our build folder")
    site.add_argument("--temp", required=True, help="folder for copies")
    site.add_argument("--libcxx-headers", default="")
    parser.add_argument("file")
    parser.add_argument("-std", action="append", default=[],
                        help="one or more, c++17,c++20; may be given more than once")
    parser.add_argument("--libcxx", action="store_true",
                        help="libc++ instead of libstdc++")
    return parser


def parse(parser):
    """The arguments; `flags` are the compiler's, which stand after --, and `stds`
    the standards, of which None is the usual one."""
    argv = sys.argv[1:]
    flags = []
    if "--" in argv:
        at = argv.index("--")
        argv, flags = argv[:at], argv[at + 1 :]
    args = parser.parse_args(argv)
    args.flags = flags
    args.stds = [std for given in args.std
                 for std in given.removeprefix("=").split(",") if std] or [None]
    return args


class TestFile:
    """A test file, for one standard."""

    def __init__(self, args, std):
        self.args = args
        self.name = os.path.basename(args.file)
        self.is_c = self.name.endswith(".c")
        with open(args.file, encoding="utf-8", newline="") as stream:
            self.text = stream.read()
        std = std or ("c17" if self.is_c else "c++20")
        self.flags = ["-std=" + std] + args.flags
        self.flags += ["-iquote", os.path.dirname(os.path.abspath(args.file))]
        if args.libcxx:
            if self.is_c:
                raise Failure("--libcxx in a C file")
            if not args.libcxx_headers:
                raise Failure("--libcxx: libc++'s headers are not installed; "
                              "say REQUIRES: libcxx")
            # In libc++ 19 std::jthread was still an experiment.
            self.flags += ["-nostdinc++", "-isystem", args.libcxx_headers,
                           "-fexperimental-library"]


def run(command):
    """The exit status and all that a command prints."""
    result = subprocess.run(command, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True, errors="replace")
    return result.returncode, result.stdout


def run_all(args, tests):
    """Runs `tests`, names with functions; the exit status."""
    failed = False
    for name, test in tests:
        try:
            test()
        except Failure as failure:
            print(f"{args.file}{name}: {failure}", file=sys.stderr)
            failed = True
    return 1 if failed else 0
