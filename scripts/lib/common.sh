# Shared by the scripts: where the repository is, how to speak, how to become root. Sourced, not run.

# The script's real folder, whichever links led to it.
REPO=$(cd -P -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../.." && pwd)
DEPS=${WHIMBREL_DEPS:-$REPO/.deps}

# Progress and trouble go to stderr: stdout belongs to findings.
say() { printf 'whimbrel: %s\n' "$*" >&2; }
die() { say "$*"; exit 2; }

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "root or sudo is needed for: $*"
  fi
}
