// What the native functions of the Lua environment work on. They are plain functions of the real state (not a
// module's), given this context as their only upvalue.
//
// Arguments are checked before any C++ object lives in them; after that only memory exhaustion can raise.
#pragma once

#include <lua.hpp>

namespace host {

class LuaMachine;
class ModuleLoader;
struct ServerState;

struct Context {
    LuaMachine& machine;
    ModuleLoader& modules;
    ServerState& server;
};

/// The context of the running native function.
inline Context& ContextOf(lua_State* state) {
    return *static_cast<Context*>(lua_touserdata(state, lua_upvalueindex(1)));
}

/// Sets a native function in the table on top of the stack.
inline void AddNative(lua_State* state, Context& context, const char* name, lua_CFunction function) {
    lua_pushlightuserdata(state, &context);
    lua_pushcclosure(state, function, 1);
    lua_setfield(state, -2, name);
}

void AddOutputNatives(lua_State* state, Context& context);
void AddFileNatives(lua_State* state, Context& context);
void AddModuleNatives(lua_State* state, Context& context);
void AddTypeNatives(lua_State* state, Context& context);
void AddProcessNatives(lua_State* state, Context& context);
void AddServerNatives(lua_State* state, Context& context);

/// Pushes a new table with all of them.
void PushNatives(lua_State* state, Context& context);

}  // namespace host
