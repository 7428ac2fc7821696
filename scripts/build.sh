#!/usr/bin/env bash
# Builds everything into dist/, a tree to copy over a server. `--quiet` leaves out the listing at the end.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"

readonly MODULE=gmsv_realtime_core_linux64.dll
readonly ADDON=dist/garrysmod/addons/realtime
readonly HIREDIS_NOTICE=node_modules/redis-fast-driver/deps/hiredis/COPYING
readonly RAPIDJSON_NOTICE=/usr/share/doc/rapidjson-dev/copyright

quiet=false
case ${1-} in
    --quiet) quiet=true ;;
    '') ;;
    *)
        printf 'build: unknown option %s (there is only --quiet)\n' "$1" >&2
        exit 2
        ;;
esac

# put FILE TARGET: replaces the target in one move, and only when it differs, so that a running server keeps its file.
put() {
    local -r file=$1 target=$2
    if cmp --silent -- "$file" "$target"; then
        rm -f -- "$file"
        return 0
    fi
    mkdir -p -- "$(dirname -- "$target")" && mv -f -- "$file" "$target"
}

put_copy() {
    cp -- "$1" "$2.new" && put "$2.new" "$2"
}

strip_module() {
    local -r target=dist/garrysmod/lua/bin/$MODULE
    mkdir -p -- "$(dirname -- "$target")" &&
        strip --strip-unneeded -o "$target.new" "build/native/$MODULE" &&
        chmod 644 "$target.new" &&
        put "$target.new" "$target"
}

# The notices of the code that is compiled into the module, taken from where that code comes from.
notices() {
    [[ -r $HIREDIS_NOTICE && -r $RAPIDJSON_NOTICE ]] || {
        printf 'Cannot read %s and %s.\n' "$HIREDIS_NOTICE" "$RAPIDJSON_NOTICE"
        return 1
    }
    {
        printf '%s contains the following software.\n\n' "$MODULE"
        printf '== hiredis (BSD-3-Clause) ==\n\n'
        cat -- "$HIREDIS_NOTICE"
        printf '\n== RapidJSON (MIT; its msinttypes BSD-3-Clause) ==\n\n'
        # The last stanza is about the files of the Debian package, none of which is in the module.
        sed -e '/^Files: debian\//,$d' -- "$RAPIDJSON_NOTICE"
    } >dist/THIRD-PARTY-NOTICES.txt.new && put dist/THIRD-PARTY-NOTICES.txt.new dist/THIRD-PARTY-NOTICES.txt
}

build_addon() {
    local -r stamp=build/.addon-stamp
    local -ra inputs=(src addon contract scripts/build-addon.mjs package-lock.json package.json tsconfig.json tstl.json)
    if is_stamped "$stamp" "$(digest "${inputs[@]}" "$ADDON")"; then
        return 0
    fi
    step "addon" node scripts/build-addon.mjs
    digest "${inputs[@]}" "$ADDON" >"$stamp"
}

assemble() {
    local log=$LOGS/dist.log
    { strip_module && put_copy README.md dist/README.md && put_copy LICENSE dist/LICENSE && notices; } >"$log" 2>&1 ||
        die "dist/ cannot be assembled:" "$(tail -n "$LOG_TAIL" -- "$log")"
}

listing() {
    local file size
    say
    say "Copy what is in dist/garrysmod over the server's own garrysmod folder:"
    say
    while IFS= read -r file; do
        size=$(stat --format=%s -- "dist/garrysmod/$file")
        printf '  garrysmod/%-58s %6d KiB\n' "$file" "$(((size + 1023) / 1024))"
    done < <(cd dist/garrysmod && find . -type f -printf '%P\n' | LC_ALL=C sort)
    say
    say "The settings are explained in addons/realtime/realtime.env.example; nothing is needed to try it out."
}

bash scripts/setup.sh
take_lock
build_addon
assemble
release_lock
[[ $quiet == true ]] || listing
