#!/usr/bin/env bash
# Builds dist/ with the modules for every kind of server, and from it the zip file of the release.
#
#   --quiet           without the listing at the end
#   --host PLATFORM   builds the headless server for that platform, too; may be repeated
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=scripts/packages.sh
source scripts/packages.sh
# shellcheck source=scripts/dist.sh
source scripts/dist.sh
# shellcheck source=scripts/platforms/trees.sh
source scripts/platforms/trees.sh

readonly PLATFORMS=(linux64 linux32 win64 win32)
readonly MINGW_NOTICE=/usr/share/doc/mingw-w64-common/copyright

usage() {
    printf 'build-all: %s (there are --quiet and --host linux64|linux32|win64|win32)\n' "$1" >&2
    exit 2
}

quiet=false
declare -A hosts=()
while (($#)); do
    case $1 in
        --quiet) quiet=true ;;
        --host)
            [[ " ${PLATFORMS[*]} " == *" ${2-} "* ]] || usage "--host needs a platform"
            hosts[$2]=1
            shift
            ;;
        *) usage "unknown option $1" ;;
    esac
    shift
done

# make_trees NAME...: those that are missing, side by side, because most of it is waiting.
make_trees() {
    local name tree status=0
    local -a makers=()
    for name in "$@"; do
        "${as_root[@]}" env REALTIME_CACHE="$CACHE" bash scripts/platforms/make-tree.sh "$name" &
        makers+=($!)
    done
    for tree in "${makers[@]}"; do
        wait "$tree" || status=$?
    done
    return "$status"
}

need_trees() {
    local -a missing=() as_root=()
    local name
    for name in "$@"; do
        [[ -d $(tree_path "$name") ]] || missing+=("$name")
    done
    ((${#missing[@]})) || return 0
    need_root "debootstrap must be root." "sudo REALTIME_CACHE=\"$CACHE\" bash scripts/platforms/make-tree.sh ${missing[0]}"
    step "Debian 11 trees" make_trees "${missing[@]}"
}

build_platform() {
    local -r platform=$1
    local -a targets=(module)
    if [[ -n ${hosts[$platform]-} ]]; then
        # What the end-to-end tests need.
        targets+=(gmod-host other_release_0 other_release_99)
        [[ $platform != linux32 ]] || targets+=(unit_tests)
        if [[ $platform == win* && ! -d build/luajit/$platform ]]; then
            step "LuaJIT $platform" bash scripts/platforms/luajit.sh "$platform" "build/luajit/$platform"
        fi
    fi
    configure_preset "$platform" "build/$platform"
    step --quiet-if "no work to do" "$platform build" cmake --build --preset "$platform" --target "${targets[@]}"
}

put_modules() {
    put_module strip build/linux64/gmsv_realtime_core_linux64.dll &&
        put_module strip build/linux32/gmsv_realtime_core_linux.dll &&
        put_module strip build/linux32/gmsv_realtime_core_linux.dll gmsv_realtime_core_linux32.dll &&
        put_module x86_64-w64-mingw32-strip build/win64/gmsv_realtime_core_win64.dll &&
        put_module i686-w64-mingw32-strip build/win32/gmsv_realtime_core_win32.dll &&
        platforms_digest >"$PLATFORMS_STAMP"
}

put_all_documents() {
    put_documents && cp -- dist/THIRD-PARTY-NOTICES.txt dist/THIRD-PARTY-NOTICES.txt.new &&
        {
            printf '\n== MinGW-w64 runtime and winpthreads (in the modules for Windows) ==\n\n'
            cat -- "$MINGW_NOTICE"
        } >>dist/THIRD-PARTY-NOTICES.txt.new && put dist/THIRD-PARTY-NOTICES.txt.new dist/THIRD-PARTY-NOTICES.txt
}

pack() {
    bash scripts/platforms/pack.sh "dist/gmod-realtime-$(node -p 'require("./package.json").version').zip"
}

bash scripts/setup.sh --sources
take_lock
install_packages scripts/platforms/apt-packages.txt
if [[ -n ${hosts[win64]-}${hosts[win32]-} ]]; then
    install_packages scripts/platforms/apt-packages-host.txt
fi
need_trees linux64 linux32
if [[ -n ${hosts[win32]-} ]]; then
    need_trees wine32
fi
for platform in "${PLATFORMS[@]}"; do
    build_platform "$platform"
done
mkdir -p -- "$BINARIES"
build_addon
assemble put_modules put_all_documents pack
release_lock
if [[ $quiet == false ]]; then
    list_dist
    say
    say "The same, to be unpacked in the folder that holds garrysmod:"
    say
    (cd dist && sha256sum -- *.zip) | sed 's/^/  /'
fi
