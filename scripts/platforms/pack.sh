#!/usr/bin/env bash
# pack.sh ZIP: the release, made of dist/. The same files give the same bytes: sorted names, no owner, and one time for all,
# $SOURCE_DATE_EPOCH or else that of the last commit.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."

ZIP=$(realpath -- "${1:?which file}")
readonly WITHOUT_GIT=946684800 # 2000-01-01
stage=$(mktemp -d)
trap 'rm -rf -- "$stage"' EXIT

cp -r -- dist/garrysmod "$stage/"
# Beside the addon, so that unpacking leaves nothing anywhere else.
cp -- dist/README.md dist/LICENSE dist/THIRD-PARTY-NOTICES.txt "$stage/garrysmod/addons/realtime/"
cd -- "$stage"
find . -type f -printf '%P\n' | LC_ALL=C sort >"$stage.list"
tr '\n' '\0' <"$stage.list" | xargs -0 sha256sum >garrysmod/addons/realtime/SHA256SUMS
printf 'garrysmod/addons/realtime/SHA256SUMS\n' >>"$stage.list"
epoch=${SOURCE_DATE_EPOCH:-$(git -C "$OLDPWD" log -1 --format=%ct 2>/dev/null || printf '%s' "$WITHOUT_GIT")}
find . -type f -exec chmod 644 {} + -exec touch --date="@$epoch" {} +
rm -f -- "$ZIP.new"
TZ=UTC zip -q -X -9 "$ZIP.new" -@ <"$stage.list"
rm -f -- "$stage.list"
mv -- "$ZIP.new" "$ZIP"
