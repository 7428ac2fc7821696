#!/usr/bin/env bash
# Sets up whatever is missing, from nothing but bash, git and Node 20: Debian packages, npm packages, generated sources,
# the native build. With nothing to do it says nothing and takes a moment.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"

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

# Prints the listed packages that are not installed.
missing_packages() {
    local -a wanted
    mapfile -t wanted < <(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' scripts/apt-packages.txt)
    comm -23 <(printf '%s\n' "${wanted[@]}" | sort -u) \
        <(dpkg-query --show --showformat='${Package} ${db:Status-Status}\n' "${wanted[@]}" 2>/dev/null |
            sed -n 's/ installed$//p' | sort -u)
}

# Runs as root. No service that comes with a package (redis-server) is started: the tests run their own. The policy file
# is the way Debian offers for that; one that is there already is left alone.
# shellcheck disable=SC2016  # the inner shell expands it
readonly INSTALL='
    policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
        printf "#!/bin/sh\nexit 101\n" >"$policy"
        chmod 755 "$policy"
        trap "rm -f $policy" EXIT
        trap "exit 1" HUP INT TERM
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q &&
        apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
'

install_packages() {
    local -a missing as_root=()
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        is_stamped build/.no-apt "$(digest scripts/apt-packages.txt)" && return 0
        say "  no apt here: install what scripts/apt-packages.txt names in your system's own way"
        digest scripts/apt-packages.txt >build/.no-apt
        return 0
    fi
    mapfile -t missing < <(missing_packages)
    ((${#missing[@]})) || return 0
    if ((EUID != 0)); then
        if ! command -v sudo >/dev/null || ! sudo -n true 2>/dev/null; then
            die "Some Debian packages are missing. Install them, then run this again:" "" \
                "    sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}" ""
        fi
        as_root=(sudo -n)
    fi
    say "  installing ${#missing[@]} Debian packages: ${missing[*]}"
    step "Debian packages" "${as_root[@]}" sh -c "$INSTALL" install "${missing[@]}"
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
install_packages
install_modules
check_hiredis
node scripts/generate-contract.mjs >"$LOGS/contract.log" 2>&1 ||
    die "The contract's sources cannot be generated:" "$(tail -n "$LOG_TAIL" "$LOGS/contract.log")"
configure_preset release "$BUILD"
build_native
