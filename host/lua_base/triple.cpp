#include "host/lua_base/triple.h"

#include <lua.hpp>

#include <cmath>
#include <cstring>
#include <new>

#include "host/lua_base/lua_base.h"

namespace host::triple {

namespace {

constexpr int kVector = gmod::type::kVector;
constexpr int kAngle = gmod::type::kAngle;

constexpr const char* NameOf(int type) {
    return type == kVector ? "Vector" : "Angle";
}

float* Check(lua_State* state, int index, int type) {
    float* const values = Find(state, index, type);
    if (values == nullptr) {
        luaL_typerror(state, index, NameOf(type));
    }
    return values;
}

float Number(lua_State* state, int index) {
    return static_cast<float>(luaL_checknumber(state, index));
}

/// Which of the three a key names: 1..3, x y z, or p y r (with their long forms); -1 for anything else.
int Slot(lua_State* state, int index, int type) {
    if (lua_type(state, index) == LUA_TNUMBER) {
        const double number = lua_tonumber(state, index);
        return number == 1 ? 0 : number == 2 ? 1 : number == 3 ? 2 : -1;
    }
    const char* const key = lua_type(state, index) == LUA_TSTRING ? lua_tostring(state, index) : "";
    constexpr std::array kVectorKeys = {"x", "y", "z"};
    constexpr std::array kAngleKeys = {"p", "y", "r", "pitch", "yaw", "roll"};
    if (type == kVector) {
        for (std::size_t i = 0; i < kVectorKeys.size(); ++i) {
            if (std::strcmp(key, kVectorKeys[i]) == 0) {
                return static_cast<int>(i);
            }
        }
        return -1;
    }
    for (std::size_t i = 0; i < kAngleKeys.size(); ++i) {
        if (std::strcmp(key, kAngleKeys[i]) == 0) {
            return static_cast<int>(i % 3);
        }
    }
    return -1;
}

template <int Type>
int Construct(lua_State* state) {
    const float* const other = Find(state, 1, Type);
    if (other != nullptr) {
        Push(state, Type, {other[0], other[1], other[2]});
        return 1;
    }
    Push(state, Type,
         {static_cast<float>(luaL_optnumber(state, 1, 0)), static_cast<float>(luaL_optnumber(state, 2, 0)),
          static_cast<float>(luaL_optnumber(state, 3, 0))});
    return 1;
}

template <int Type>
int Index(lua_State* state) {
    const float* const values = Check(state, 1, Type);
    const int slot = Slot(state, 2, Type);
    if (slot >= 0) {
        lua_pushnumber(state, static_cast<double>(values[slot]));
        return 1;
    }
    lua_getmetatable(state, 1);
    lua_pushvalue(state, 2);
    lua_rawget(state, -2);
    return 1;
}

template <int Type>
int NewIndex(lua_State* state) {
    float* const values = Check(state, 1, Type);
    const int slot = Slot(state, 2, Type);
    if (slot < 0) {
        return luaL_error(state, "a %s has no such field", NameOf(Type));
    }
    values[slot] = Number(state, 3);
    return 0;
}

template <int Type>
int Equal(lua_State* state) {
    const float* const a = Find(state, 1, Type);
    const float* const b = Find(state, 2, Type);
    lua_pushboolean(state, a != nullptr && b != nullptr && a[0] == b[0] && a[1] == b[1] && a[2] == b[2] ? 1 : 0);
    return 1;
}

template <int Type>
int Plus(lua_State* state) {
    const float* const a = Check(state, 1, Type);
    const float* const b = Check(state, 2, Type);
    Push(state, Type, {a[0] + b[0], a[1] + b[1], a[2] + b[2]});
    return 1;
}

template <int Type>
int Minus(lua_State* state) {
    const float* const a = Check(state, 1, Type);
    const float* const b = Check(state, 2, Type);
    Push(state, Type, {a[0] - b[0], a[1] - b[1], a[2] - b[2]});
    return 1;
}

template <int Type>
int Times(lua_State* state) {
    if (lua_type(state, 1) == LUA_TNUMBER) {
        lua_insert(state, 1);
    }
    const float* const a = Check(state, 1, Type);
    const float* const b = Find(state, 2, Type);
    if (b != nullptr) {
        Push(state, Type, {a[0] * b[0], a[1] * b[1], a[2] * b[2]});
        return 1;
    }
    const float factor = Number(state, 2);
    Push(state, Type, {a[0] * factor, a[1] * factor, a[2] * factor});
    return 1;
}

template <int Type>
int Divided(lua_State* state) {
    const float* const a = Check(state, 1, Type);
    const float divisor = Number(state, 2);
    Push(state, Type, {a[0] / divisor, a[1] / divisor, a[2] / divisor});
    return 1;
}

template <int Type>
int Negated(lua_State* state) {
    const float* const a = Check(state, 1, Type);
    Push(state, Type, {-a[0], -a[1], -a[2]});
    return 1;
}

template <int Type>
int ToString(lua_State* state) {
    const float* const a = Check(state, 1, Type);
    lua_getglobal(state, "string");
    lua_getfield(state, -1, "format");
    lua_pushstring(state, Type == kVector ? "%f %f %f" : "%.3f %.3f %.3f");
    for (int i = 0; i < 3; ++i) {
        lua_pushnumber(state, static_cast<double>(a[i]));
    }
    lua_call(state, 4, 1);
    return 1;
}

template <int Type>
int Unpack(lua_State* state) {
    const float* const a = Check(state, 1, Type);
    for (int i = 0; i < 3; ++i) {
        lua_pushnumber(state, static_cast<double>(a[i]));
    }
    return 3;
}

template <int Type>
int Set(lua_State* state) {
    float* const a = Check(state, 1, Type);
    const float* const b = Check(state, 2, Type);
    std::memmove(a, b, sizeof(Values));
    return 0;
}

template <int Type>
int Zero(lua_State* state) {
    float* const a = Check(state, 1, Type);
    a[0] = a[1] = a[2] = 0;
    return 0;
}

template <int Type>
int IsZero(lua_State* state) {
    const float* const a = Check(state, 1, Type);
    lua_pushboolean(state, a[0] == 0 && a[1] == 0 && a[2] == 0 ? 1 : 0);
    return 1;
}

double SquaredLength(double x, double y, double z) {
    return x * x + y * y + z * z;
}

double SquaredDistance(const float* a, const float* b) {
    return SquaredLength(static_cast<double>(a[0]) - static_cast<double>(b[0]),
                         static_cast<double>(a[1]) - static_cast<double>(b[1]),
                         static_cast<double>(a[2]) - static_cast<double>(b[2]));
}

double SquaredLength(const float* a) {
    return SquaredLength(static_cast<double>(a[0]), static_cast<double>(a[1]), static_cast<double>(a[2]));
}

int LengthSqr(lua_State* state) {
    lua_pushnumber(state, SquaredLength(Check(state, 1, kVector)));
    return 1;
}

int Length(lua_State* state) {
    lua_pushnumber(state, std::sqrt(SquaredLength(Check(state, 1, kVector))));
    return 1;
}

int DistToSqr(lua_State* state) {
    lua_pushnumber(state, SquaredDistance(Check(state, 1, kVector), Check(state, 2, kVector)));
    return 1;
}

int Distance(lua_State* state) {
    lua_pushnumber(state, std::sqrt(SquaredDistance(Check(state, 1, kVector), Check(state, 2, kVector))));
    return 1;
}

int Dot(lua_State* state) {
    const float* const a = Check(state, 1, kVector);
    const float* const b = Check(state, 2, kVector);
    lua_pushnumber(state, static_cast<double>(a[0] * b[0] + a[1] * b[1] + a[2] * b[2]));
    return 1;
}

int GetNormalized(lua_State* state) {
    const float* const a = Check(state, 1, kVector);
    const auto length = static_cast<float>(std::sqrt(SquaredLength(a)));
    if (length == 0) {
        Push(state, kVector, {});
        return 1;
    }
    Push(state, kVector, {a[0] / length, a[1] / length, a[2] / length});
    return 1;
}

template <int Type>
void OpenOne(lua_State* state, LuaBase& base) {
    constexpr std::array<luaL_Reg, 13> kShared = {{{"__index", Index<Type>},
                                                   {"__newindex", NewIndex<Type>},
                                                   {"__eq", Equal<Type>},
                                                   {"__add", Plus<Type>},
                                                   {"__sub", Minus<Type>},
                                                   {"__mul", Times<Type>},
                                                   {"__div", Divided<Type>},
                                                   {"__unm", Negated<Type>},
                                                   {"__tostring", ToString<Type>},
                                                   {"Unpack", Unpack<Type>},
                                                   {"Set", Set<Type>},
                                                   {"Zero", Zero<Type>},
                                                   {"IsZero", IsZero<Type>}}};
    constexpr std::array<luaL_Reg, 6> kVectorOnly = {{{"Length", Length},
                                                      {"LengthSqr", LengthSqr},
                                                      {"Distance", Distance},
                                                      {"DistToSqr", DistToSqr},
                                                      {"Dot", Dot},
                                                      {"GetNormalized", GetNormalized}}};
    base.PushMetaTableNamed(state, NameOf(Type), Type);
    for (const luaL_Reg& entry : kShared) {
        lua_pushcfunction(state, entry.func);
        lua_setfield(state, -2, entry.name);
    }
    if (Type == kVector) {
        for (const luaL_Reg& entry : kVectorOnly) {
            lua_pushcfunction(state, entry.func);
            lua_setfield(state, -2, entry.name);
        }
    }
    lua_pop(state, 1);
    lua_pushcfunction(state, Construct<Type>);
    lua_setglobal(state, NameOf(Type));
}

}  // namespace

void Push(lua_State* state, int type, const Values& values) {
    auto* const block = new (lua_newuserdata(state, sizeof(Block))) Block{};
    block->head.type = static_cast<std::uint8_t>(type);
    block->head.data = block->values;
    std::memcpy(block->values, values.data(), sizeof(block->values));
    luaL_getmetatable(state, NameOf(type));
    lua_setmetatable(state, -2);
}

float* Find(lua_State* state, int index, int type) {
    if (lua_type(state, index) != LUA_TUSERDATA || lua_objlen(state, index) < sizeof(gmod::UserData)) {
        return nullptr;
    }
    const auto* const head = static_cast<const gmod::UserData*>(lua_touserdata(state, index));
    return head->type == type ? static_cast<float*>(head->data) : nullptr;
}

void Open(lua_State* state, LuaBase& base) {
    OpenOne<kVector>(state, base);
    OpenOne<kAngle>(state, base);
}

}  // namespace host::triple
