// Userdata: raw blocks, light pointers, the game's {data, type} blocks, vectors and angles.
#include <lua.hpp>

#include <new>

#include "host/lua_base/lua_base.h"
#include "host/lua_base/triple.h"

namespace host {

void* LuaBase::NewUserdata(unsigned int size) {
    return lua_newuserdata(current_, size);
}

void* LuaBase::GetUserdata(int index) {
    return lua_touserdata(current_, index);
}

void LuaBase::PushUserdata(void* light) {
    lua_pushlightuserdata(current_, light);
}

void LuaBase::PushBlock(lua_State* real, void* data, int type) {
    new (lua_newuserdata(real, sizeof(gmod::UserData))) gmod::UserData{data, static_cast<std::uint8_t>(type)};
    PushTypeTable(real);
    lua_rawgeti(real, -1, type);
    lua_remove(real, -2);
    if (lua_istable(real, -1)) {
        lua_setmetatable(real, -2);
    } else {
        lua_pop(real, 1);
    }
}

void LuaBase::PushUserType(void* data, int type) {
    PushBlock(current_, data, type);
}

void LuaBase::SetUserType(int index, void* data) {
    if (lua_type(current_, index) == LUA_TUSERDATA) {
        static_cast<gmod::UserData*>(lua_touserdata(current_, index))->data = data;
    }
}

const gmod::Vector& LuaBase::GetVector(int index) {
    const float* const values = triple::Find(current_, index, gmod::type::kVector);
    return values == nullptr ? zero_vector_ : *reinterpret_cast<const gmod::Vector*>(values);
}

const gmod::QAngle& LuaBase::GetAngle(int index) {
    const float* const values = triple::Find(current_, index, gmod::type::kAngle);
    return values == nullptr ? zero_angle_ : *reinterpret_cast<const gmod::QAngle*>(values);
}

void LuaBase::PushVector(const gmod::Vector& vector) {
    triple::Push(current_, gmod::type::kVector, {vector.x, vector.y, vector.z});
}

void LuaBase::PushAngle(const gmod::QAngle& angle) {
    triple::Push(current_, gmod::type::kAngle, {angle.pitch, angle.yaw, angle.roll});
}

}  // namespace host
