#!/usr/bin/env bash
# Builds what is missing and runs the shipped addon in the headless server; see --help.
set -euo pipefail
command -v node >/dev/null || {
    echo "Node.js is missing: install Node.js 20 or later." >&2
    exit 1
}
exec node "$(dirname -- "${BASH_SOURCE[0]}")/start.mjs" "$@"
