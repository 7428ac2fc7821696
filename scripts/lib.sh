# shellcheck shell=bash
# What the scripts share: where things are, one lock, and steps that show their name, their time and, failing, their log.

ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
readonly ROOT
readonly LOGS=$ROOT/build/logs
readonly LOG_TAIL=40
ticker=
lock_fd=

cd -- "$ROOT" || exit
mkdir -p -- "$LOGS"

say() {
    printf '%s\n' "$*"
}

# die LINE...: the lines to standard error, then the end.
die() {
    printf '%s\n' "$@" >&2
    exit 1
}

now_ms() {
    local -r micro=${EPOCHREALTIME//[!0-9]/}
    printf '%d' "$((micro / 1000))"
}

seconds_since() {
    local -r elapsed=$(($(now_ms) - $1))
    printf '%d.%d s' "$((elapsed / 1000))" "$((elapsed % 1000 / 100))"
}

stop_ticker() {
    if [[ -n $ticker ]]; then
        kill "$ticker" 2>/dev/null || true
        wait "$ticker" 2>/dev/null || true
        ticker=
    fi
}
trap stop_ticker EXIT

# The name of a step that takes more than a second, and on a terminal the running time.
start_ticker() {
    local -r name=$1 start=$2
    {
        # What outlives the ticker for a moment holds neither the lock nor the caller's pipe.
        release_lock
        sleep 1 >/dev/null 2>&1
        : >"$LOGS/.shown"
        printf '  %-28s' "$name"
        while [[ -t 1 ]] && sleep 1 >/dev/null 2>&1; do
            printf '\r  %-28s %10s' "$name" "$(seconds_since "$start")"
        done
    } &
    ticker=$!
}

# step [--quiet-if TEXT] NAME COMMAND...: runs the command with its output in build/logs/NAME.log. With TEXT in the output
# there was nothing to do, and nothing is shown. A command that is a function chains its parts with &&, because `set -e`
# does not reach into it.
step() {
    local quiet_if=
    if [[ $1 == --quiet-if ]]; then
        quiet_if=$2
        shift 2
    fi
    local -r name=$1
    shift
    local -r log=$LOGS/${name// /-}.log start=$(now_ms)
    local status=0 result=
    rm -f -- "$LOGS/.shown"
    start_ticker "$name" "$start"
    "$@" >"$log" 2>&1 </dev/null || status=$?
    stop_ticker
    if ((status == 0)) && [[ -n $quiet_if && ! -e $LOGS/.shown ]] && grep --quiet --fixed-strings -- "$quiet_if" "$log"; then
        return 0
    fi
    ((status == 0)) || result='  FAILED'
    if [[ -e $LOGS/.shown && ! -t 1 ]]; then
        printf ' %10s%s\n' "$(seconds_since "$start")" "$result"
    else
        [[ ! -t 1 ]] || printf '\r'
        printf '  %-28s %10s%s\n' "$name" "$(seconds_since "$start")" "$result"
    fi
    ((status == 0)) && return 0
    printf '\n'
    tail -n "$LOG_TAIL" -- "$log" | sed 's/^/    /'
    printf '\n'
    die "\"$name\" failed (exit $status); the whole log: ${log#"$ROOT"/}"
}

# take_lock: two runs in one checkout take turns. The lock goes with the process, however it ends.
take_lock() {
    exec {lock_fd}>"$ROOT/build/.lock"
    if ! flock --nonblock "$lock_fd"; then
        say "  waiting for another run in this folder"
        flock "$lock_fd"
    fi
}

release_lock() {
    if [[ -n $lock_fd ]]; then
        exec {lock_fd}>&-
        lock_fd=
    fi
}

# digest PATH...: one hash over the names and contents of files and of all files in folders. What is missing counts too.
digest() {
    local path
    for path in "$@"; do
        [[ -e $path ]] || printf 'missing %s\n' "$path"
    done | cat - <(find "$@" -type f -print0 2>/dev/null | LC_ALL=C sort -z | xargs -0 -r sha256sum) | sha256sum | cut -d ' ' -f 1
}

# is_stamped FILE TEXT: true when the file says so already.
is_stamped() {
    [[ -f $1 && $(<"$1") == "$2" ]]
}

# configure_preset NAME FOLDER: configures a CMake preset, unless its folder was configured from this very checkout.
configure_preset() {
    local -r name=$1 folder=$2 stamp=$2/.setup-stamp
    local wanted
    wanted="$ROOT $(digest CMakePresets.json cmake)"
    if is_stamped "$stamp" "$wanted" && [[ -f $folder/build.ninja ]]; then
        return 0
    fi
    step "CMake configure $name" cmake --preset "$name" --fresh
    printf '%s\n' "$wanted" >"$stamp"
}
