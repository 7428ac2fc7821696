#include "host/lua_base/shadow_state.h"

#include <lua.hpp>

#include <new>

namespace host {

namespace {

lua_State* AsState(ShadowState* block) {
    // The layout is what modules expect behind a lua_State*; nobody reads it as LuaJIT's own struct.
    return reinterpret_cast<lua_State*>(block);
}

}  // namespace

ShadowStates::ShadowStates(lua_State* main, gmod::ILuaBase* base) : main_(main), base_(base) {
    Fill(main_block_, main);
    lua_pushlightuserdata(main, this);
    lua_newtable(main);
    lua_newtable(main);
    lua_pushliteral(main, "k");
    lua_setfield(main, -2, "__mode");
    lua_setmetatable(main, -2);
    lua_rawset(main, LUA_REGISTRYINDEX);
}

lua_State* ShadowStates::Of(lua_State* real) {
    if (real == main_) {
        return AsState(&main_block_);
    }
    PushTable(real);
    lua_pushthread(real);
    lua_rawget(real, -2);
    if (auto* known = static_cast<ShadowState*>(lua_touserdata(real, -1))) {
        lua_pop(real, 2);
        return AsState(known);
    }
    lua_pop(real, 1);
    lua_pushthread(real);
    auto* built = new (lua_newuserdata(real, sizeof(ShadowState))) ShadowState{};
    Fill(*built, real);
    lua_rawset(real, -3);
    lua_pop(real, 1);
    return AsState(built);
}

int ShadowStates::CoroutineCount() {
    int count = 0;
    PushTable(main_);
    lua_pushnil(main_);
    while (lua_next(main_, -2) != 0) {
        ++count;
        lua_pop(main_, 1);
    }
    lua_pop(main_, 1);
    return count;
}

lua_State* ShadowStates::RealOf(lua_State* shadow) {
    return reinterpret_cast<ShadowState*>(shadow)->real;
}

void ShadowStates::Fill(ShadowState& block, lua_State* real) const {
    block.layout.luabase = base_;
    block.real = real;
}

void ShadowStates::PushTable(lua_State* real) const {
    lua_pushlightuserdata(real, const_cast<ShadowStates*>(this));
    lua_rawget(real, LUA_REGISTRYINDEX);
}

}  // namespace host
