# shellcheck shell=bash
# Debian packages that are missing, installed from a list of ours. To be sourced after lib.sh.

# missing_packages LIST: prints those that are not installed.
missing_packages() {
    local -a wanted
    mapfile -t wanted < <(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$1")
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

# need_root WHAT COMMAND: leaves in `as_root` what makes a command run as root; without that right it says WHAT is the
# matter, shows the COMMAND and ends.
need_root() {
    as_root=()
    ((EUID != 0)) || return 0
    if ! command -v sudo >/dev/null || ! sudo -n true 2>/dev/null; then
        die "$1 Run this, then try again:" "" "    $2" ""
    fi
    as_root=(sudo -n)
}

# install_packages LIST
install_packages() {
    local -r list=$1
    local -r told=build/.no-apt-${list//\//-}
    local -a missing as_root
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        is_stamped "$told" "$(digest "$list")" && return 0
        say "  no apt here: install what $list names in your system's own way"
        digest "$list" >"$told"
        return 0
    fi
    mapfile -t missing < <(missing_packages "$list")
    ((${#missing[@]})) || return 0
    need_root "Some Debian packages are missing." \
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
    say "  installing ${#missing[@]} Debian packages: ${missing[*]}"
    step "Debian packages" "${as_root[@]}" sh -c "$INSTALL" install "${missing[@]}"
}
