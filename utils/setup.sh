# Shared by utils/run and utils/test: installs what is missing, configures and
# builds. To be sourced by bash; everything here is idempotent, and nothing is
# asked of apt when all packages are there.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
SUPPORTED_LLVM=(22 19)

fail() {
  echo "error: $*" >&2
  exit 2
}

check_distribution() {
  local file=${LEAK_OS_RELEASE:-/etc/os-release} # Another one for tests.
  [ -r "$file" ] || fail "only Debian 12 is supported; this system has no $file."
  local found
  found=$(. "$file" && echo "${ID:-} ${VERSION_ID:-} ${PRETTY_NAME:-an unknown system}")
  [[ $found = "debian 12 "* ]] ||
    fail "only Debian 12 is supported, this is ${found#* * }; CMakeLists.txt says how to build by hand."
}

check_llvm() {
  local known
  for known in "${SUPPORTED_LLVM[@]}"; do
    [ "$1" = "$known" ] && return
  done
  fail "LLVM $1 is not supported; use one of: ${SUPPORTED_LLVM[*]}."
}

# What a build for LLVM $1 needs.
build_packages() {
  echo "cmake ninja-build ccache python3 binutils" \
    "clang-$1 clang-tidy-$1 clang-tools-$1 libclang-$1-dev llvm-$1-dev llvm-$1-tools" \
    "zlib1g-dev libzstd-dev libxml2-dev libcurl4-openssl-dev" \
    "libgrpc++-dev libprotobuf-dev"
}

# What the tests need besides.
test_packages() {
  echo "libgtest-dev neovim clang-format-22 llvm-22-tools libc++-22-dev libc++abi-22-dev"
}

# The libraries whose models are tested against the real headers.
library_packages() {
  cat "$ROOT"/test/libraries/packages.txt 2>/dev/null | sed '/^[#-]/d'
}

missing_packages() {
  local package
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
      echo "$package"
  done
}

# apt-get with the rights it needs; its output goes to a file.
apt() {
  local log="$ROOT/build/setup.log" root=()
  mkdir -p "$ROOT/build"
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null ||
      fail "packages are missing and installing them needs root: run this as root once, or install sudo."
    root=(sudo)
  fi
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
    -o DPkg::Lock::Timeout=300 "$@" >"$log" 2>&1 && return
  grep -E '^E: ' "$log" | tail -n 1 >&2
  return 1
}

install_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} = 0 ] && return
  check_distribution
  echo "Installing ${#missing[@]} packages: ${missing[*]}" >&2
  apt update ||
    fail "apt-get update failed: is there a network? (all of it: build/setup.log)"
  apt install --no-install-recommends "${missing[@]}" ||
    fail "apt-get could not install ${missing[*]}; is there a network? (all of it: build/setup.log)"
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} = 0 ] || fail "these packages are still missing: ${missing[*]}."
}

# Libraries cost only their own tests when they can't be had: one by one then.
install_libraries() {
  local package
  (install_packages "$@") && return
  for package in $(missing_packages "$@"); do
    (apt install --no-install-recommends "$package") 2>/dev/null || true
  done
}

# libc++-19-dev excludes libc++-22-dev: its headers are unpacked, not installed.
# Without them some tests are skipped, so that a failure is only told.
unpack_libcxx_19() {
  local folder="$ROOT/build/llvm-19/libcxx"
  [ -e "$folder/usr/lib/llvm-19/include/c++/v1/__config_site" ] && return
  mkdir -p "$folder"
  (cd "$folder" && apt-get -q download libc++-19-dev >/dev/null 2>&1 &&
    dpkg-deb -x libc++-19-dev_*.deb . && rm -f libc++-19-dev_*.deb) ||
    echo "note: libc++-19-dev could not be downloaded; tests with it are skipped" >&2
}

# build LLVM-VERSION [TARGET...]: nothing is printed unless it takes or fails.
build() {
  local llvm=$1 folder="$ROOT/build/llvm-$1" log
  shift
  check_llvm "$llvm"
  mkdir -p "$folder"
  log="$folder/build.log"
  # Two builds in one folder would overwrite each other's files.
  exec 9>"$folder/.lock"
  flock 9
  if ! [ -e "$folder/build.ninja" ] || ! [ -e "$folder/CMakeCache.txt" ]; then
    cmake -G Ninja -S "$ROOT" -B "$folder" -DLLVM_VERSION="$llvm" >"$log" 2>&1 || {
      grep -A6 'CMake Error' "$log" >&2
      fail "CMake could not configure the build for LLVM $llvm (all of it: ${log#"$ROOT"/})"
    }
  fi
  if ! ninja -C "$folder" -n "$@" 2>/dev/null | grep -q 'no work to do'; then
    echo "Building for LLVM $llvm" >&2
  fi
  ninja -C "$folder" "$@" >"$log" 2>&1 || {
    grep -E 'error|FAILED|undefined' "$log" | head -n 20 >&2
    fail "the build for LLVM $llvm failed (all of it: ${log#"$ROOT"/})"
  }
  exec 9>&-
}
