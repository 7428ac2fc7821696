#!/usr/bin/env bash
# make-tree.sh TREE: makes a Debian 11 tree (see trees.sh) when it is not there. As root, in $REALTIME_CACHE.
set -euo pipefail
# shellcheck source=scripts/platforms/trees.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/trees.sh"

name=${1:?which tree}
tree=$(tree_path "$name")
# Half a tree is never found: it gets its name at the end. Two that want it at once take turns.
mkdir -p -- "$CACHE"
exec {lock}>"$tree.lock"
flock "$lock"
[[ ! -d $tree ]] || exit 0
mirror=$(tree_mirror)
[[ -n $mirror ]] || {
    printf 'apt knows no Debian mirror: run apt-get update, and look at /etc/apt\n' >&2
    exit 1
}
rm -rf -- "$tree.partial"
debootstrap --variant=minbase --arch="${TREE_ARCHITECTURE[$name]}" --include="${TREE_PACKAGES[$name]}" \
    "$TREE_SUITE" "$tree.partial" "$mirror" || {
    printf '\nThe Debian 11 tree "%s" cannot be made; debootstrap says above why. Its packages come from %s,\n' "$name" "$mirror"
    printf 'which apt is set to: when that cannot be reached, check the network and /etc/apt. Then run the same again.\n'
    exit 1
} >&2
rm -rf -- "$tree.partial"/var/cache/apt/archives/*.deb "$tree.partial"/var/lib/apt/lists/*
# Whoever asked by sudo goes on without it.
[[ -z ${SUDO_UID-} || -z ${SUDO_GID-} ]] || chown -R -h -- "$SUDO_UID:$SUDO_GID" "$CACHE"
mv -- "$tree.partial" "$tree"
