#!/usr/bin/env bash
# Installs what build-all.sh needs, and has its trees made in the background while other things are done: most of that is
# waiting. It is tried, no more: build-all.sh does, and tells, whatever is left undone.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/../lib.sh"
# shellcheck source=scripts/packages.sh
source scripts/packages.sh
# shellcheck source=scripts/platforms/trees.sh
source scripts/platforms/trees.sh

take_lock
install_packages scripts/platforms/apt-packages.txt
release_lock
((EUID == 0)) || exit 0
for name in linux64 linux32; do
    [[ -d $(tree_path "$name") ]] ||
        nohup bash scripts/platforms/make-tree.sh "$name" >"$LOGS/prefetch-$name.log" 2>&1 </dev/null &
done
