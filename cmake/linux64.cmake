# 64-bit Linux, built in a Debian 11 tree: scripts/platforms/trees.sh makes it.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
get_filename_component(REALTIME_ROOT ${CMAKE_CURRENT_LIST_DIR} DIRECTORY)
set(REALTIME_IN_TREE ${REALTIME_ROOT}/scripts/platforms/in-tree.sh linux64)
set(CMAKE_C_COMPILER ${REALTIME_IN_TREE} gcc)
set(CMAKE_CXX_COMPILER ${REALTIME_IN_TREE} g++)
set(CMAKE_CROSSCOMPILING_EMULATOR ${REALTIME_IN_TREE})

# As Debian 11 installs it in the tree.
set(REALTIME_LUAJIT_INCLUDE /usr/include/luajit-2.1)
set(REALTIME_LUAJIT_LIBRARY luajit-5.1)
