"""How the tests run: those beside the checks, and those that span them.

ctest runs each file by itself. To run some by hand:

    /usr/lib/llvm-22/bin/lit -v build/llvm-22/test/checks/unjoined-thread
"""

import os
import shutil
import subprocess
import sys
import sysconfig

import lit.formats

config.name = "leak-tidy, LLVM " + config.llvm_version
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".test.cpp", ".test.c", ".test"]
config.excludes = ["Inputs", "examples", "build", "lib", "utils", "docs", ".git"]
config.test_source_root = config.repository
config.test_exec_root = os.path.join(config.build, "test")

tools = os.path.join(config.llvm_prefix, "bin")
config.environment["PATH"] = os.pathsep.join([tools, os.environ["PATH"]])
# A test must not depend on what the user has set up for himself.
for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
    config.environment[name] = os.path.join(config.test_exec_root, "home")
os.makedirs(config.environment["HOME"], exist_ok=True)
config.environment["LC_ALL"] = "C.UTF-8"

module = os.path.join(config.build, "lib", "LeakTidy.so")
leak_tidy = os.path.join(config.build, "bin", "leak-tidy")
leak_clangd = os.path.join(config.build, "bin", "leak-clangd")
utils = os.path.join(config.repository, "utils")
python = sys.executable


# libc++'s headers: the packages of two versions exclude each other, so that
# utils/setup.sh unpacks the other one's below the build folder.
libcxx = ""
for root in ("", os.path.join(config.build, "libcxx")):
    folder = root + config.llvm_prefix + "/include/c++/v1"
    if os.path.exists(folder + "/__config_site"):
        libcxx = folder


def tool(name):
    return os.path.join(tools, name)


def comparison(name):
    """A script that compares a tool's output with the comments in a test."""
    return (f"{python} {utils}/{name}.py --prefix={config.llvm_prefix}"
            f" --build={config.build} --libcxx-headers={libcxx}"
            f" --temp=%t.{name.removeprefix('check_')}")


# Debian's name of the machine, as in /usr/lib/x86_64-linux-gnu.
multiarch = sysconfig.get_config_var("MULTIARCH") or ""


def headers(*folders, flags=""):
    """The flags for the headers of a library, where Debian has them."""
    isystem = " ".join("-isystem /usr/" + folder for folder in folders)
    return f"{isystem} {flags}".strip()


def qt(version):
    root = f"include/{multiarch}/qt{version}"
    modules = ("QtCore", "QtConcurrent", "QtNetwork")
    return headers(root, *(f"{root}/{m}" for m in modules), flags="-fPIC")


# Some have a header that is made for the machine, below lib/.
glib = ("include/glib-2.0", f"lib/{multiarch}/glib-2.0/include")
glibmm = [folder for name in ("glibmm-2.4", "giomm-2.4", "sigc++-2.0")
          for folder in ("include/" + name, f"lib/{multiarch}/{name}/include")]


# A longer name stands before one that it begins with.
config.substitutions += [
    ("%check_leaks", comparison("check_leaks")),
    ("%check_roles", comparison("check_roles")),
    (
        "%hosts",
        f"{python} {config.repository}/test/drivers/Inputs/hosts.py"
        f" --prefix={config.llvm_prefix} --build={config.build} --temp=%t.hosts",
    ),
    ("%analyse", f"{python} {utils}/analyse.py --tidy={leak_tidy}"),
    ("%qt5", qt(5)),
    ("%qt6", qt(6)),
    ("%glibmm", headers(*glibmm, *glib)),
    ("%glib", headers(*glib)),
    # Without C++'s own headers, which are in another package.
    ("%mingw", headers("x86_64-w64-mingw32/include",
                       flags="--target=x86_64-w64-mingw32")),
    ("%apr", headers("include/apr-1.0", flags="-D_GNU_SOURCE")),
    ("%libraries", f"{config.repository}/test/libraries/Inputs"),
    ("%clang_tidy", f"{tool('clang-tidy')} -load {module}"),
    ("%stock_clang_tidy", tool("clang-tidy")),
    ("%leak_tidy", leak_tidy),
    ("%leak_clangd", leak_clangd),
    ("%clangxx", tool("clang++")),
    ("%clang", tool("clang")),
    ("%scan_build", tool("scan-build")),
    ("%module", module),
    ("%build", config.build),
    ("%repository", config.repository),
    ("%llvm_version", config.llvm_version),
    ("%llvm_prefix", config.llvm_prefix),
    ("%FileCheck", tool("FileCheck")),
    ("%not", tool("not")),
    ("%python", python),
]

# The tools of another version, for what must not be mixed.
for version in ("22", "19"):
    prefix = "/usr/lib/llvm-" + version
    if version != config.llvm_version and os.path.exists(prefix + "/bin/clang-tidy"):
        config.available_features.add("other-llvm")
        config.substitutions.append(("%other_prefix", prefix))

config.available_features.add("llvm-" + config.llvm_version)
if libcxx:
    config.available_features.add("libcxx")
if os.path.exists(leak_clangd):
    config.available_features.add("clangd")
if shutil.which("nvim"):
    config.available_features.add("nvim")
if os.path.exists(tool("scan-build")):
    config.available_features.add("scan-build")

# The libraries that are there: package-NAME.
with open(os.path.join(config.repository, "test/libraries/packages.txt")) as stream:
    packages = stream.read().splitlines()
packages = [name.removeprefix("- ") for name in packages if name and name[0] != "#"]
if shutil.which("dpkg-query"):
    # It fails when it doesn't know one of them, and tells the rest.
    status = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Status} ${Package}\n", *packages],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    for line in status.splitlines():
        if line.startswith("installed "):
            config.available_features.add("package-" + line.split()[1])
