#!/usr/bin/env bash
# Sets up whatever is missing, from nothing but bash, git and Node 20: Debian packages, npm packages, generated sources,
# the native build. With nothing to do it says nothing and takes a moment. `--sources` leaves out the native build.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=scripts/packages.sh
source scripts/packages.sh

readonly NODE_MAJOR=20
readonly HIREDIS=node_modules/redis-fast-driver/deps/hiredis
readonly BUILD=build/native

check_node() {
    local major
    command -v node >/dev/null || die "Node.js is missing: install Node.js $NODE_MAJOR or later."
    major=$(node --version)
    major=${major#v}
    major=${major%%.*}
    ((major >= NODE_MAJOR)) || die "Node.js $(node --version) is too old: install Node.js $NODE_MAJOR or later."
}

npm_install() {
    npm ci --ignore-scripts --no-audit --no-fund && npx --no-install patch-package
}

install_modules() {
    local -r stamp=node_modules/.setup-stamp
    local wanted
    wanted=$(digest package-lock.json patches)
    is_stamped "$stamp" "$wanted" && return 0
    step "npm packages" npm_install
    printf '%s\n' "$wanted" >"$stamp"
}

# The C sources that go into the module are exactly those that were reviewed.
check_hiredis() {
    local report
    if ! report=$(cd -- "$HIREDIS" 2>&1 && sha256sum --check --quiet "$ROOT/scripts/hiredis.sha256" 2>&1); then
        die "$HIREDIS does not hold the sources that scripts/hiredis.sha256 names:" "$report" \
            "Remove node_modules and run this again; if it stays so, do not use these files."
    fi
}

build_native() {
    step --quiet-if "no work to do" "native build" cmake --build --preset release
}

check_node
take_lock
install_packages scripts/apt-packages.txt
install_modules
check_hiredis
node scripts/generate-contract.mjs >"$LOGS/contract.log" 2>&1 ||
    die "The contract's sources cannot be generated:" "$(tail -n "$LOG_TAIL" "$LOGS/contract.log")"
if [[ ${1-} != --sources ]]; then
    configure_preset release "$BUILD"
    build_native
fi
