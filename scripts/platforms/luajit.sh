#!/usr/bin/env bash
# luajit.sh PLATFORM TARGET: LuaJIT for win64 or win32, as a static library, from the source package of this machine's own
# Debian, by apt, which checks its signature. TARGET gets include/ and lib/. The result is kept in the user's cache.
set -euo pipefail
HERE=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/platforms/trees.sh
source "$HERE/trees.sh"

readonly PLATFORM=${1:?win64 or win32} TARGET=${2:?where to}
case $PLATFORM in
    win64) triple=x86_64-w64-mingw32 host_cc=gcc ;;
    win32) triple=i686-w64-mingw32 host_cc='gcc -m32' ;;
    *)
        printf 'luajit.sh: %s is not built here\n' "$PLATFORM" >&2
        exit 2
        ;;
esac

# fetch FOLDER: unpacks the source package there. With lists of its own: the machine's apt stays as it is.
fetch() {
    local -r folder=$1
    local release
    # shellcheck source=/dev/null
    release=$(. /etc/os-release && printf '%s' "$VERSION_CODENAME")
    mkdir -p -- "$folder"/{lists/partial,source}
    printf 'deb-src %s %s main\n' "$(tree_mirror)" "$release" >"$folder/sources.list"
    local -ra own=(-o "Dir::Etc::sourcelist=$folder/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$folder/lists"
        -o APT::Sandbox::User=root)
    apt-get "${own[@]}" update -q && (cd -- "$folder/source" && apt-get "${own[@]}" source -q luajit) && return
    printf '\nThe source package of LuaJIT cannot be had from %s, which apt is set to: check the network and /etc/apt.\n' "$(tree_mirror)" >&2
    return 1
}

kept=$CACHE/luajit-$(dpkg-query --show --showformat='${Version}' libluajit-5.1-dev)-$PLATFORM
mkdir -p -- "$CACHE"
exec {lock}>"$kept.lock"
flock "$lock"
if [[ ! -d $kept ]]; then
    work=$(mktemp -d)
    trap 'rm -rf -- "$work"' EXIT
    fetch "$work"
    source=$(find "$work/source" -mindepth 1 -maxdepth 1 -type d)
    make -C "$source/src" -j2 HOST_CC="$host_cc" CROSS="$triple-" TARGET_SYS=Windows BUILDMODE=static \
        SOURCE_DATE_EPOCH=0 libluajit.a
    rm -rf -- "$kept.partial"
    mkdir -p -- "$kept.partial"/{include,lib}
    cp -- "$source"/src/{lua.h,luaconf.h,lualib.h,lauxlib.h,luajit.h,lua.hpp} "$kept.partial/include/"
    cp -- "$source/src/libluajit.a" "$kept.partial/lib/"
    mv -- "$kept.partial" "$kept"
fi
rm -rf -- "$TARGET"
mkdir -p -- "$(dirname -- "$TARGET")"
cp -r -- "$kept" "$TARGET"
