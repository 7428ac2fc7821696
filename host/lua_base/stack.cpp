// The functions of ILuaBase that only move values, and may run metamethods while they do.
#include <lua.hpp>

#include <cstring>

#include "host/lua_base/lua_base.h"

namespace host {

int LuaBase::Top() {
    return lua_gettop(current_);
}

void LuaBase::Push(int index) {
    lua_pushvalue(current_, index);
}

void LuaBase::Pop(int count) {
    lua_pop(current_, count);
}

void LuaBase::GetTable(int index) {
    lua_State* const state = current_;
    lua_gettable(state, index);
    Restore(state);
}

void LuaBase::GetField(int index, const char* name) {
    lua_State* const state = current_;
    lua_getfield(state, index, name);
    Restore(state);
}

void LuaBase::SetField(int index, const char* name) {
    lua_State* const state = current_;
    lua_setfield(state, index, name);
    Restore(state);
}

void LuaBase::CreateTable() {
    lua_newtable(current_);
}

void LuaBase::SetTable(int index) {
    lua_State* const state = current_;
    lua_settable(state, index);
    Restore(state);
}

void LuaBase::SetMetaTable(int index) {
    lua_setmetatable(current_, index);
}

bool LuaBase::GetMetaTable(int index) {
    return lua_getmetatable(current_, index) != 0;
}

int LuaBase::Equal(int a, int b) {
    lua_State* const state = current_;
    const int equal = lua_equal(state, a, b);
    Restore(state);
    return equal;
}

int LuaBase::RawEqual(int a, int b) {
    return lua_rawequal(current_, a, b);
}

void LuaBase::Insert(int index) {
    lua_insert(current_, index);
}

void LuaBase::Remove(int index) {
    lua_remove(current_, index);
}

int LuaBase::Next(int index) {
    return lua_next(current_, index);
}

void LuaBase::RawGet(int index) {
    lua_rawget(current_, index);
}

void LuaBase::RawSet(int index) {
    lua_rawset(current_, index);
}

const char* LuaBase::GetString(int index, unsigned int* length) {
    std::size_t bytes = 0;
    const char* const text = lua_tolstring(current_, index, &bytes);
    if (length != nullptr) {
        *length = static_cast<unsigned int>(bytes);
    }
    return text;
}

double LuaBase::GetNumber(int index) {
    return lua_tonumber(current_, index);
}

bool LuaBase::GetBool(int index) {
    return lua_toboolean(current_, index) != 0;
}

void LuaBase::PushNil() {
    lua_pushnil(current_);
}

void LuaBase::PushString(const char* text, unsigned int length) {
    lua_pushlstring(current_, text, length == 0 ? std::strlen(text) : length);
}

void LuaBase::PushNumber(double value) {
    lua_pushnumber(current_, value);
}

void LuaBase::PushBool(bool value) {
    lua_pushboolean(current_, value ? 1 : 0);
}

void LuaBase::PushSpecial(int which) {
    switch (which) {
        case gmod::kSpecialGlobals:
            lua_pushvalue(current_, LUA_GLOBALSINDEX);
            return;
        case gmod::kSpecialEnvironment:
            lua_pushvalue(current_, LUA_ENVIRONINDEX);
            return;
        case gmod::kSpecialRegistry:
            lua_pushvalue(current_, LUA_REGISTRYINDEX);
            return;
        default:
            lua_pushnil(current_);
    }
}

int LuaBase::ObjLen(int index) {
    return static_cast<int>(lua_objlen(current_, index));
}

}  // namespace host
