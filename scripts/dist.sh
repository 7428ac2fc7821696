# shellcheck shell=bash
# How dist/ is put together. To be sourced after lib.sh.

readonly ADDON=dist/garrysmod/addons/realtime
readonly BINARIES=dist/garrysmod/lua/bin
readonly HIREDIS_NOTICE=node_modules/redis-fast-driver/deps/hiredis/COPYING
readonly RAPIDJSON_NOTICE=/usr/share/doc/rapidjson-dev/copyright
# build-all.sh writes it: what the binaries of all platforms are made of, and themselves: as long as this is so, they are those of these sources.
# shellcheck disable=SC2034
readonly PLATFORMS_STAMP=build/.platforms-stamp

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

# put_module STRIP FILE [NAME]: a module without its symbols, under its own name or another one. Into one for Windows the
# tool would write the time of day.
put_module() {
    local -r strip=$1 file=$2
    local -r target=$BINARIES/${3-$(basename -- "$file")}
    mkdir -p -- "$BINARIES" &&
        SOURCE_DATE_EPOCH=0 "$strip" --strip-unneeded -o "$target.new" "$file" &&
        chmod 644 "$target.new" &&
        put "$target.new" "$target"
}

platforms_digest() {
    digest native contract cmake CMakeLists.txt CMakePresets.json package.json package-lock.json "$BINARIES"
}

# The notices of the code that is compiled into the module, taken from where that code comes from.
notices() {
    [[ -r $HIREDIS_NOTICE && -r $RAPIDJSON_NOTICE ]] || {
        printf 'Cannot read %s and %s.\n' "$HIREDIS_NOTICE" "$RAPIDJSON_NOTICE"
        return 1
    }
    {
        printf 'The binary modules contain the following software.\n\n'
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

# put_documents
put_documents() {
    put_copy README.md dist/README.md && put_copy LICENSE dist/LICENSE && notices
}

# assemble PART...: each is a function or command that puts something into dist/.
assemble() {
    local -r log=$LOGS/dist.log
    local part
    : >"$log"
    for part in "$@"; do
        "$part" >>"$log" 2>&1 || die "dist/ cannot be assembled:" "$(tail -n "$LOG_TAIL" -- "$log")"
    done
}

# list_dist: what there is to copy.
list_dist() {
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
