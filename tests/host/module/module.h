// The self-test's binary module: each function uses a part of ILuaBase and hands what it saw to Lua.
#pragma once

#include "gmod/lua_base.h"

namespace hosttest {

/// Sets a function in the table on top of the stack.
inline void Add(gmod::ILuaBase& lua, const char* name, gmod::CFunction function) {
    lua.PushCFunction(function);
    lua.SetField(-2, name);
}

void AddStack(gmod::ILuaBase& lua);
void AddCalls(gmod::ILuaBase& lua);
void AddUserdata(gmod::ILuaBase& lua);
void AddStates(gmod::ILuaBase& lua);

}  // namespace hosttest
