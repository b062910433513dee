# Shared by the scripts: configure and build one preset, and tell cheaply whether that is needed. Sourced after common.sh.

# What a build is made of; a deleted file shows in the time of its folder.
SOURCES=(CMakeLists.txt CMakePresets.json package-lock.json cmake src include rules)

# Whether the program of the preset $1 is there and newer than all sources. Takes a few milliseconds.
is_current() {
  local stamp=$REPO/build/$1/.built
  [ -x "$REPO/build/$1/whimbrel" ] && [ -e "$stamp" ] || return 1
  [ -z "$(cd -- "$REPO" && find "${SOURCES[@]}" -newer "$stamp" -print -quit 2>&1)" ]
}

# Builds the preset $1, after another build of it has ended; with "if-stale", not when that one did it. All output
# goes to stderr. (Each step says what happens when it fails: "set -e" is off in a function that "||" follows.)
build() (
  cd -- "$REPO" && mkdir -p "build/$1" && exec 9>"build/$1/.lock" && flock 9 || exit 1
  if [ "${2-}" = if-stale ] && is_current "$1"; then exit 0; fi
  # The time of the start: what is edited while the build runs is newer than it.
  touch "build/$1/.building" || exit 1
  cmake --preset "$1" >"build/$1/configure.log" 2>&1 9>&- || { cat "build/$1/configure.log" >&2; exit 1; }
  NINJA_STATUS="[$1 %f/%t] " cmake --build --preset "$1" >&2 9>&- || exit 1
  mv "build/$1/.building" "build/$1/.built"
)
