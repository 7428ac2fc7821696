# 32-bit Windows by MinGW-w64, with POSIX threads; the result needs nothing but Windows' own libraries.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR i686)
set(CMAKE_C_COMPILER i686-w64-mingw32-gcc-posix)
set(CMAKE_CXX_COMPILER i686-w64-mingw32-g++-posix)
set(CMAKE_RC_COMPILER i686-w64-mingw32-windres)
set(CMAKE_FIND_ROOT_PATH /usr/i686-w64-mingw32)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)

# For the host: scripts/platforms/luajit.sh builds it there.
set(REALTIME_LUAJIT_INCLUDE ${CMAKE_CURRENT_LIST_DIR}/../build/luajit/win32/include)
set(REALTIME_LUAJIT_LIBRARY ${CMAKE_CURRENT_LIST_DIR}/../build/luajit/win32/lib/libluajit.a)
