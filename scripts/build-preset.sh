#!/usr/bin/env bash
# build-preset.sh PRESET TARGET: configures and builds one of CMake's presets beside the one that ships. With nothing to
# do it says nothing.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"

readonly PRESET=${1:?which preset} TARGET=${2:?which target}

take_lock
configure_preset "$PRESET" "build/$PRESET"
step --quiet-if "no work to do" "$PRESET build" cmake --build --preset "$PRESET" --target "$TARGET"
