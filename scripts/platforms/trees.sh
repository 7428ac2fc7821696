# shellcheck shell=bash
# The Debian 11 trees that the platforms are built in and run in. To be sourced.
#
# A tree is a root folder made by debootstrap, from the mirror that this machine's own apt uses. All checkouts of a user
# share it, in $REALTIME_CACHE or else in the user's cache folder; nothing of a checkout but empty mount points gets into it.

readonly TREE_SUITE=bullseye
readonly CACHE=${REALTIME_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/gmod-realtime}
readonly -A TREE_ARCHITECTURE=([linux64]=amd64 [linux32]=i386 [wine32]=i386)
readonly -A TREE_PACKAGES=(
    [linux64]='g++,libluajit-5.1-dev'
    [linux32]='g++,libluajit-5.1-dev'
    [wine32]='wine,wine32'
)

# tree_path NAME: another list of packages is another tree.
tree_path() {
    local -r packages=${TREE_PACKAGES[$1]}
    printf '%s/%s-%s' "$CACHE" "$TREE_SUITE" "${TREE_ARCHITECTURE[$1]}-${packages//[,]/+}"
}

# The address that apt has Debian's packages from.
tree_mirror() {
    # shellcheck disable=SC2016  # apt fills these in
    apt-get indextargets --format '$(SITE) $(LABEL) $(CREATED_BY)' | sed -n 's/ Debian Packages$//p' | head -n 1
}
