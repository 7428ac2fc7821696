// The functions of ILuaBase that call, raise, or check arguments, and the change of state.
#include <lua.hpp>

#include <cstdio>
#include <cstdlib>

#include "host/lua_base/lua_base.h"

namespace host {

namespace {

/// sysexits' EX_SOFTWARE: the process ends because a module broke its contract.
constexpr int kExitContractBroken = 70;

}  // namespace

int LuaBase::Enter(lua_State* real, gmod::CFunction function) {
    if (unloaded_) {
        std::fputs("[host] a module's function was called after the module was unloaded\n", stderr);
        std::_Exit(kExitContractBroken);
    }
    lua_State* const previous = current_;
    lua_State* const shadow = shadows_.Of(real);
    // The state is not switched here: as in the game, the module's function does that itself.
    const int results = function(shadow);
    Restore(previous);
    return results;
}

void LuaBase::Restore(lua_State* state) {
    if (restore_state_) {
        current_ = state;
    }
}

void LuaBase::SetState(lua_State* state) {
    current_ = ShadowStates::RealOf(state);
}

void LuaBase::Call(int args, int results) {
    lua_State* const state = current_;
    lua_call(state, args, results);
    Restore(state);
}

int LuaBase::PCall(int args, int results, int error_function) {
    lua_State* const state = current_;
    const int status = lua_pcall(state, args, results, error_function);
    Restore(state);
    return status;
}

void LuaBase::ThrowError(const char* message) {
    luaL_error(current_, "%s", message);
    std::abort();
}

void LuaBase::ArgError(int argument, const char* message) {
    luaL_argerror(current_, argument, message);
    std::abort();
}

void LuaBase::CheckType(int index, int type) {
    if (TypeOf(current_, index) != type) {
        luaL_typerror(current_, Absolute(index), GetTypeName(type));
    }
}

const char* LuaBase::CheckString(int index) {
    return luaL_checklstring(current_, Absolute(index), nullptr);
}

double LuaBase::CheckNumber(int index) {
    return luaL_checknumber(current_, Absolute(index));
}

int LuaBase::Absolute(int index) const {
    if (index < 0 && index > LUA_REGISTRYINDEX) {
        return lua_gettop(current_) + index + 1;
    }
    return index;
}

}  // namespace host
