#!/usr/bin/env bash
# in-tree.sh TREE COMMAND...: runs a command in a Debian 11 tree, in the same folder, with this checkout and /tmp at the
# same places. What is mounted for that is seen by the command alone and goes with it.
set -euo pipefail
HERE=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/platforms/trees.sh
source "$HERE/trees.sh"

ROOT=$(cd -- "$HERE/../.." && pwd)
TREE=$(tree_path "$1")
shift
[[ -d $TREE ]] || {
    printf 'There is no tree in %s: run npm run build:all\n' "$TREE" >&2
    exit 1
}

# Whoever is not root is so in a user namespace, which is enough to mount and to change the root.
as_root=()
((EUID == 0)) || as_root=(--map-root-user)

# shellcheck disable=SC2016  # the inner shell expands it
exec unshare --mount "${as_root[@]}" -- sh -c '
    tree=$1 root=$2 here=$3
    shift 3
    mount --rbind /proc "$tree/proc" && mount --rbind /dev "$tree/dev" && mount --rbind /tmp "$tree/tmp" || exit
    for file in /etc/hosts /etc/resolv.conf; do
        [ ! -e "$file" ] || { [ -e "$tree$file" ] || : >"$tree$file"; mount --bind "$file" "$tree$file" || exit; }
    done
    for folder in /usr/share/cmake-*; do # CMake compiles files of its own to know the compiler
        [ ! -d "$folder" ] || { mkdir -p "$tree$folder" && mount --bind "$folder" "$tree$folder" || exit; }
    done
    case $root/ in
        /tmp/*) ;;
        *) mkdir -p "$tree$root" && mount --rbind "$root" "$tree$root" || exit ;;
    esac
    exec chroot "$tree" env -C "$here" "$@"
' in-tree "$TREE" "$ROOT" "$PWD" "$@"
