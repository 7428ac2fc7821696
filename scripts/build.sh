#!/usr/bin/env bash
# Builds dist/, a tree to copy over a server, with the module for this very system; scripts/build-all.sh makes those for
# all. `--quiet` leaves out the listing at the end.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=scripts/dist.sh
source scripts/dist.sh

readonly OWN_MODULE=build/native/gmsv_realtime_core_linux64.dll

quiet=false
case ${1-} in
    --quiet) quiet=true ;;
    '') ;;
    *)
        printf 'build: unknown option %s (there is only --quiet)\n' "$1" >&2
        exit 2
        ;;
esac

# The modules of all platforms stay for as long as they are those of these sources. Otherwise there is only this system's:
# a tree in which the modules are of different releases helps nobody.
put_own_module() {
    if is_stamped "$PLATFORMS_STAMP" "$(platforms_digest)"; then
        return 0
    fi
    rm -f -- "$PLATFORMS_STAMP" &&
        find "$BINARIES" -name 'gmsv_realtime_core_*' ! -name "$(basename -- "$OWN_MODULE")" -delete &&
        put_module strip "$OWN_MODULE"
}

# The newest C library that a module asks for.
glibc_of() {
    objdump --dynamic-syms -- "$1" | grep --only-matching 'GLIBC_[0-9.]*' | sort --version-sort --unique | tail -n 1
}

bash scripts/setup.sh
take_lock
mkdir -p -- "$BINARIES"
build_addon
assemble put_own_module put_documents
release_lock
if [[ $quiet == false ]]; then
    list_dist
    if [[ ! -e $PLATFORMS_STAMP ]]; then
        say "The module was built with this system's own tools, needs a C library of $(glibc_of "$BINARIES/${OWN_MODULE##*/}") or later, and is for 64-bit"
        say "Linux. Those for every kind of server, in a zip file: npm run build:all"
    fi
fi
