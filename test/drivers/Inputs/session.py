"""A session of an editor: findings, their notes, a quick fix, broken code."""

import os
import sys
import tempfile

import lsp

GOOD = """#include <thread>
void work();
void ok() {
  std::thread t(work);
  t.join();
}
"""
BAD = """#include <thread>
void work();
void f(bool b) {
  std::thread worker(work);
  if (b)
    return;
  worker.join();
}
"""
# What is typed in the middle of a session: unfinished, unknown, unbalanced.
BROKEN = [
    BAD + "void g( {\n",
    BAD + "struct S { Unknown u; std::thread t; ~S() { t.\n",
    BAD.replace("worker.join();\n}", "worker."),
    BAD.replace("bool b", "Undeclared b"),
    BAD.replace("#include <thread>", "#include <threa"),
    BAD.replace("(work);", "(wor"),
    BAD + "template <typename T> struct X { std::thread t; X(T v : t(v) {} };\n"
          "X<int> x(1);\n",
    "class Half { std::thread t; void start() { t = std::thread([this] { run(",
    "#include <no/such.h>\n" + BAD,
    "",
]


def expect(condition, what, value=None):
    if not condition:
        sys.exit(f"failed: {what}" + (f"\n{value}" if value is not None else ""))


def leaks(diagnostics):
    return [d for d in diagnostics if str(d.get("code", "")).startswith("leak-")]


def settings(program, log, text, files):
    """How many leaks are found with configuration files."""
    with tempfile.TemporaryDirectory() as root:
        root = os.path.realpath(root)
        for name, content in files.items():
            with open(os.path.join(root, name), "w", encoding="utf-8") as stream:
                stream.write(content)
        server = lsp.Server([program], root, log)
        found = leaks(server.open(os.path.join(root, "a.cpp"), text))
        server.close()
        return len(found)


def main():
    program, log = sys.argv[1:]
    with tempfile.TemporaryDirectory() as root:
        root = os.path.realpath(root)
        path = os.path.join(root, "a.cpp")
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(BAD)
        server = lsp.Server([program], root, log)

        found = server.open(path, BAD)
        expect(len(found) == 1, "one diagnostic", found)
        diagnostic = found[0]
        expect(diagnostic["code"] == "leak-unjoined-thread", "its code", diagnostic)
        expect(diagnostic["range"]["start"]["line"] == 3, "its line", diagnostic)
        expect("'worker' is still joinable" in diagnostic["message"], "its text", diagnostic)
        link = diagnostic["codeDescription"]["href"]
        expect(link.endswith("/checks/unjoined-thread/unjoined-thread.md"), "its link", link)
        notes = diagnostic.get("relatedInformation", [])
        lines = [n["location"]["range"]["start"]["line"] for n in notes]
        expect(3 in lines and 5 in lines, "notes at start and exit", notes)

        fixes = server.fixes(path, diagnostic)
        expect(fixes, "a quick fix is offered", diagnostic)
        version = 2
        for fix in fixes:
            fixed = lsp.apply(BAD, path, fix)
            expect(fixed != BAD, "the quick fix changes the file", fix)
            rest = server.change(path, version, fixed, lambda d: not d)
            expect(not rest, "after the quick fix nothing is reported", [fixed, rest])
            version += 1

        for text in BROKEN * 2:
            server.change(path, version, text)
            version += 1
            found = server.change(path, version, BAD, lambda d: len(d) == 1 and leaks(d))
            expect(len(leaks(found)) == 1, f"it is found again after\n{text}", found)
            version += 1
        found = server.change(path, version, GOOD, lambda d: not d)
        expect(not found, "nothing in correct code", found)
        server.close()
        expect(server.process.returncode == 0, "it ends well")

    # What the user configures is respected.
    expect(settings(program, log, BAD, {".clang-tidy": "Checks: '-*,bugprone-*'\n"}) == 1,
           "other checks only: ours still run")
    expect(settings(program, log, BAD, {".clang-tidy": "Checks: '-*,-leak-*,bugprone-*'\n"}) == 0,
           "switched off in .clang-tidy")
    expect(settings(program, log, BAD, {".clang-tidy": "Checks: 'leak-unjoined-thread'\n"}) == 1,
           "asked for by name")
    expect(settings(program, log, BAD, {
        ".clangd": "Diagnostics: {ClangTidy: {Remove: ['leak-*']}}\n"}) == 0,
        "switched off in .clangd")
    return 0


if __name__ == "__main__":
    sys.exit(main())
