#!/usr/bin/env bash
# Builds the preset `fuzz`, after installing clang 19 where it is missing. Exit 3: it cannot be had here.
set -euo pipefail

here=$(readlink -f -- "${BASH_SOURCE[0]}")
. "${here%/*}/../common.sh"
. "${here%/*}/../build.sh"
SOURCES+=(tests/fuzz)

clang_is_there() { command -v clang++-19 >/dev/null && [ -n "$(compgen -G '/usr/lib/llvm-19/lib/clang/19/lib/*/*fuzzer*.a')" ]; }

"$REPO/scripts/bootstrap" || die "cannot install what the build needs (see above)"
if ! clang_is_there; then
  command -v apt-get >/dev/null || exit 3
  say "installing clang-19 for scripts/fuzz"
  { as_root apt-get -q update >/dev/null &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends clang-19 libclang-rt-19-dev llvm-19 >/dev/null; } </dev/null || exit 3
  clang_is_there || exit 3
fi
build fuzz || die "the build of fuzz failed (see above)"
