// Type numbers and metatables. The registry holds each metatable under its name, and one table from number to
// metatable.
#include <lua.hpp>

#include <array>

#include "host/lua_base/lua_base.h"

namespace host {

namespace {

constexpr std::array kTypeNames = {"nil",
                                   "bool",
                                   "lightuserdata",
                                   "number",
                                   "string",
                                   "table",
                                   "function",
                                   "userdata",
                                   "thread",
                                   "entity",
                                   "vector",
                                   "angle",
                                   "physobj",
                                   "save",
                                   "restore",
                                   "damageinfo",
                                   "effectdata",
                                   "movedata",
                                   "recipientfilter",
                                   "usercmd",
                                   "vehicle",
                                   "material",
                                   "panel",
                                   "particle",
                                   "particleemitter",
                                   "texture",
                                   "usermsg",
                                   "convar",
                                   "mesh",
                                   "matrix",
                                   "sound",
                                   "pixelvishandle",
                                   "dlight",
                                   "video",
                                   "file",
                                   "locomotion",
                                   "path",
                                   "navarea",
                                   "soundhandle",
                                   "navladder",
                                   "particlesystem",
                                   "projectedtexture",
                                   "physcollide",
                                   "surfaceinfo"};

constexpr int kLastEngineType = static_cast<int>(kTypeNames.size()) - 1;
constexpr int kMaxType = 255;
static_assert(kLastEngineType == 43, "CreateMetaTable hands out numbers from 44");

}  // namespace

LuaBase::LuaBase(lua_State* main, bool restore_state)
    : main_(main),
      current_(main),
      restore_state_(restore_state),
      shadows_(main, this),
      next_type_(kLastEngineType + 1) {
    lua_pushlightuserdata(main, &next_type_);
    lua_newtable(main);
    lua_rawset(main, LUA_REGISTRYINDEX);
}

void LuaBase::PushTypeTable(lua_State* real) const {
    lua_pushlightuserdata(real, const_cast<int*>(&next_type_));
    lua_rawget(real, LUA_REGISTRYINDEX);
}

int LuaBase::TypeOf(lua_State* real, int index) const {
    const int type = lua_type(real, index);
    switch (type) {
        case LUA_TUSERDATA:
            if (lua_objlen(real, index) < sizeof(gmod::UserData)) {
                return gmod::type::kUserData;
            }
            return static_cast<const gmod::UserData*>(lua_touserdata(real, index))->type;
        case LUA_TNONE:
        case LUA_TNIL:
        case LUA_TBOOLEAN:
        case LUA_TLIGHTUSERDATA:
        case LUA_TNUMBER:
        case LUA_TSTRING:
        case LUA_TTABLE:
        case LUA_TFUNCTION:
        case LUA_TTHREAD:
            return type;  // the game kept Lua's own numbers for these
        default:
            return gmod::type::kUserData;
    }
}

bool LuaBase::IsType(int index, int type) {
    return TypeOf(current_, index) == type;
}

int LuaBase::GetType(int index) {
    return TypeOf(current_, index);
}

const char* LuaBase::GetTypeName(int type) {
    if (type == gmod::type::kNone) {
        return "none";
    }
    if (type >= 0 && type <= kLastEngineType) {
        return kTypeNames[static_cast<std::size_t>(type)];
    }
    const auto own = own_type_names_.find(type);
    return own == own_type_names_.end() ? "unknown" : own->second.c_str();
}

void LuaBase::PushMetaTableNamed(lua_State* real, const char* name, int type) {
    if (luaL_newmetatable(real, name) == 0) {
        return;
    }
    lua_pushstring(real, name);
    lua_setfield(real, -2, "MetaName");
    lua_pushinteger(real, type);
    lua_setfield(real, -2, "MetaID");
    lua_pushvalue(real, -1);
    lua_setfield(real, -2, "__index");
    PushTypeTable(real);
    lua_pushvalue(real, -2);
    lua_rawseti(real, -2, type);
    lua_pop(real, 1);
}

void LuaBase::CreateMetaTableType(const char* name, int type) {
    PushMetaTableNamed(current_, name, type);
}

int LuaBase::CreateMetaTable(const char* name) {
    luaL_getmetatable(current_, name);
    if (lua_istable(current_, -1)) {
        lua_getfield(current_, -1, "MetaID");
        const int type = static_cast<int>(lua_tointeger(current_, -1));
        lua_pop(current_, 1);
        return type;
    }
    lua_pop(current_, 1);
    if (next_type_ > kMaxType) {
        luaL_error(current_, "CreateMetaTable: all %d type numbers are used", kMaxType);
    }
    const int type = next_type_++;
    own_type_names_.emplace(type, name);
    PushMetaTableNamed(current_, name, type);
    return type;
}

bool LuaBase::PushMetaTable(int type) {
    PushTypeTable(current_);
    lua_rawgeti(current_, -1, type);
    lua_remove(current_, -2);
    if (!lua_istable(current_, -1)) {
        lua_pop(current_, 1);
        return false;
    }
    return true;
}

}  // namespace host
