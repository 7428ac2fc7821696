// What the process looks like from outside: clock, memory, descriptors, threads, mapped libraries.
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>

#include "host/environment/context.h"
#include "host/lua_base/lua_base.h"
#include "host/lua_base/lua_machine.h"
#include "host/server/frame_clock.h"

namespace host {

namespace {

namespace fs = std::filesystem;

int CountEntries(const char* directory) {
    std::error_code error;
    const fs::directory_iterator entries(directory, error);
    return error ? 0 : static_cast<int>(std::distance(begin(entries), end(entries)));
}

int SysTime(lua_State* state) {
    lua_pushnumber(state, FrameClock::Now());
    return 1;
}

/// Resident bytes.
int MemoryBytes(lua_State* state) {
    double bytes = 0;
    {
        std::ifstream stream("/proc/self/statm");
        double total_pages = 0;
        double resident_pages = 0;
        stream >> total_pages >> resident_pages;
        bytes = resident_pages * static_cast<double>(sysconf(_SC_PAGESIZE));
    }
    lua_pushnumber(state, bytes);
    return 1;
}

/// Open descriptors, without the one that counts them.
int Descriptors(lua_State* state) {
    lua_pushinteger(state, CountEntries("/proc/self/fd") - 1);
    return 1;
}

int Threads(lua_State* state) {
    lua_pushinteger(state, CountEntries("/proc/self/task"));
    return 1;
}

/// mapped(text): whether a file whose path holds that text is mapped into the process.
int Mapped(lua_State* state) {
    const char* const text = luaL_checkstring(state, 1);
    bool found = false;
    {
        std::ifstream stream("/proc/self/maps");
        for (std::string line; !found && std::getline(stream, line);) {
            found = std::strstr(line.c_str(), text) != nullptr;
        }
    }
    lua_pushboolean(state, found ? 1 : 0);
    return 1;
}

int References(lua_State* state) {
    lua_pushinteger(state, ContextOf(state).machine.LiveReferences());
    return 1;
}

int InvalidFrees(lua_State* state) {
    lua_pushinteger(state, ContextOf(state).machine.InvalidFrees());
    return 1;
}

int CoroutineStates(lua_State* state) {
    lua_pushinteger(state, ContextOf(state).machine.Implementation().CoroutineShadows());
    return 1;
}

}  // namespace

void AddProcessNatives(lua_State* state, Context& context) {
    AddNative(state, context, "sysTime", SysTime);
    AddNative(state, context, "memoryBytes", MemoryBytes);
    AddNative(state, context, "descriptors", Descriptors);
    AddNative(state, context, "threads", Threads);
    AddNative(state, context, "mapped", Mapped);
    AddNative(state, context, "references", References);
    AddNative(state, context, "invalidFrees", InvalidFrees);
    AddNative(state, context, "coroutineStates", CoroutineStates);
}

}  // namespace host
