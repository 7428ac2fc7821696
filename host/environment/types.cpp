// Type numbers and the engine's own userdata, as far as the Lua part of the environment needs them.
#include "host/environment/context.h"
#include "host/lua_base/lua_base.h"
#include "host/lua_base/lua_machine.h"

namespace host {

namespace {

/// typeNumber(value)
int TypeNumber(lua_State* state) {
    luaL_checkany(state, 1);
    lua_pushinteger(state, ContextOf(state).machine.Implementation().TypeOf(state, 1));
    return 1;
}

/// metaTable(name, type) → the metatable of that name, made with that type number when it is new.
int MetaTable(lua_State* state) {
    const char* const name = luaL_checkstring(state, 1);
    const int type = static_cast<int>(luaL_checkinteger(state, 2));
    ContextOf(state).machine.Implementation().PushMetaTableNamed(state, name, type);
    return 1;
}

/// findMetaTable(name) → the metatable of that name, or nil.
int FindMetaTable(lua_State* state) {
    luaL_getmetatable(state, luaL_checkstring(state, 1));
    if (!lua_istable(state, -1)) {
        lua_pushnil(state);
    }
    return 1;
}

/// newBlock(type) → an engine object without data, with the metatable of its type.
int NewBlock(lua_State* state) {
    const int type = static_cast<int>(luaL_checkinteger(state, 1));
    ContextOf(state).machine.Implementation().PushBlock(state, nullptr, type);
    return 1;
}

}  // namespace

void AddTypeNatives(lua_State* state, Context& context) {
    AddNative(state, context, "typeNumber", TypeNumber);
    AddNative(state, context, "metaTable", MetaTable);
    AddNative(state, context, "findMetaTable", FindMetaTable);
    AddNative(state, context, "newBlock", NewBlock);
}

}  // namespace host
