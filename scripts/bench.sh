#!/usr/bin/env bash
# Builds what is missing and measures; see bench/README.md.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
bash scripts/build.sh --quiet
exec node bench/run.mjs "$@"
