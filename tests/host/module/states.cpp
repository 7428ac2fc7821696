// States: which stack a function sees in a coroutine, and after Lua code that changed the state came back.
#include "module.h"

namespace hosttest {

namespace {

/// top(...) → the number of arguments on the stack that the function's own state shows.
int Top(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    lua.PushNumber(lua.Top());
    return 1;
}

/// topWithoutAttach(...): the same through the interface as it stands, without SetState.
int TopWithoutAttach(lua_State* state) {
    gmod::ILuaBase& lua = *reinterpret_cast<gmod::StateLayout*>(state)->luabase;
    lua.PushNumber(lua.Top());
    return 1;
}

/// stateAddress() → the lua_State* as a number, to compare.
int StateAddress(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    lua.PushNumber(static_cast<double>(reinterpret_cast<std::uintptr_t>(state)));
    return 1;
}

/// around(..., function) → Top before and after calling the last one through PCall, without a new SetState in between.
int Around(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    const int before = lua.Top() - 1;
    lua.PCall(0, 0, 0);
    const int after = lua.Top();
    gmod::Attach(state);
    lua.PushNumber(before);
    lua.PushNumber(after);
    return 2;
}

}  // namespace

void AddStates(gmod::ILuaBase& lua) {
    Add(lua, "top", Top);
    Add(lua, "topWithoutAttach", TopWithoutAttach);
    Add(lua, "stateAddress", StateAddress);
    Add(lua, "around", Around);
}

}  // namespace hosttest
