#include "host/lua_base/standard_libraries.h"

#include <lua.hpp>

#include <array>

namespace host {

namespace {

void Open(lua_State* state, lua_CFunction opener, const char* name) {
    lua_pushcfunction(state, opener);
    lua_pushstring(state, name);
    lua_call(state, 1, 0);
}

void RemoveGlobal(lua_State* state, const char* name) {
    lua_pushnil(state);
    lua_setglobal(state, name);
}

/// Leaves only what the game's os table holds.
void TrimOs(lua_State* state) {
    lua_newtable(state);
    lua_getglobal(state, "os");
    constexpr std::array kKept = {"clock", "date", "difftime", "time"};
    for (const char* const name : kKept) {
        lua_getfield(state, -1, name);
        lua_setfield(state, -3, name);
    }
    lua_pop(state, 1);
    lua_setglobal(state, "os");
}

}  // namespace

void OpenStandardLibraries(lua_State* state) {
    Open(state, luaopen_base, "");
    Open(state, luaopen_math, LUA_MATHLIBNAME);
    Open(state, luaopen_string, LUA_STRLIBNAME);
    Open(state, luaopen_table, LUA_TABLIBNAME);
    Open(state, luaopen_os, LUA_OSLIBNAME);
    Open(state, luaopen_debug, LUA_DBLIBNAME);
    Open(state, luaopen_bit, LUA_BITLIBNAME);
    Open(state, luaopen_jit, LUA_JITLIBNAME);
    RemoveGlobal(state, "loadfile");
    RemoveGlobal(state, "dofile");
    TrimOs(state);
}

}  // namespace host
