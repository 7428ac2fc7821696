// Module functions as Lua functions. A module's upvalues keep the pseudo indices they have in the game, so what the
// trampoline needs lies behind them; hence one trampoline for each number of upvalues.
#include <lua.hpp>

#include <array>
#include <utility>

#include "host/lua_base/lua_base.h"

namespace host {

namespace {

constexpr int kOwnUpvalues = 2;
constexpr int kLuaMaxUpvalues = 255;
constexpr int kMaxModuleUpvalues = kLuaMaxUpvalues - kOwnUpvalues;

template <int Upvalues>
int Trampoline(lua_State* real) {
    const auto function = reinterpret_cast<gmod::CFunction>(lua_touserdata(real, lua_upvalueindex(Upvalues + 1)));
    auto* const base = static_cast<LuaBase*>(lua_touserdata(real, lua_upvalueindex(Upvalues + 2)));
    return base->Enter(real, function);
}

template <int... Upvalues>
constexpr auto MakeTrampolines(std::integer_sequence<int, Upvalues...>) {
    return std::array<lua_CFunction, sizeof...(Upvalues)>{Trampoline<Upvalues>...};
}

constexpr auto kTrampolines = MakeTrampolines(std::make_integer_sequence<int, kMaxModuleUpvalues + 1>{});

void PushTrampoline(lua_State* real, LuaBase* base, gmod::CFunction function, int upvalues) {
    if (upvalues < 0 || upvalues > kMaxModuleUpvalues) {
        luaL_error(real, "PushCClosure: %d upvalues, at most %d are possible", upvalues, kMaxModuleUpvalues);
    }
    lua_pushlightuserdata(real, reinterpret_cast<void*>(function));
    lua_pushlightuserdata(real, base);
    lua_pushcclosure(real, kTrampolines[static_cast<std::size_t>(upvalues)], upvalues + kOwnUpvalues);
}

}  // namespace

void LuaBase::PushModuleFunction(lua_State* real, gmod::CFunction function) {
    PushTrampoline(real, this, function, 0);
}

void LuaBase::PushCFunction(gmod::CFunction function) {
    PushTrampoline(current_, this, function, 0);
}

void LuaBase::PushCClosure(gmod::CFunction function, int upvalues) {
    PushTrampoline(current_, this, function, upvalues);
}

gmod::CFunction LuaBase::GetCFunction(int index) {
    const lua_CFunction function = lua_tocfunction(current_, index);
    if (function == nullptr) {
        return nullptr;
    }
    lua_Debug info{};
    lua_pushvalue(current_, index);
    lua_getinfo(current_, ">u", &info);
    const int upvalues = info.nups - kOwnUpvalues;
    if (upvalues < 0 || kTrampolines[static_cast<std::size_t>(upvalues)] != function) {
        return nullptr;
    }
    lua_getupvalue(current_, index, upvalues + 1);
    const auto result = reinterpret_cast<gmod::CFunction>(lua_touserdata(current_, -1));
    lua_pop(current_, 1);
    return result;
}

}  // namespace host
