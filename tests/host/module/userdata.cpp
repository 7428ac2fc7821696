// Userdata: light pointers, raw blocks, user types and their metatables, the memory layout of Vector and Angle.
#include <cstring>
#include <new>

#include "module.h"

namespace hosttest {

namespace {

/// vectorLayout(vector) → type byte, whether data points right behind the head, and the three floats read there.
int VectorLayout(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    const auto* const block = static_cast<const gmod::UserData*>(lua.GetUserdata(1));
    float values[3];
    std::memcpy(values, block + 1, sizeof(values));
    lua.PushNumber(block->type);
    lua.PushBool(block->data == block + 1);
    for (const float value : values) {
        lua.PushNumber(static_cast<double>(value));
    }
    return 5;
}

/// doubled(vector) → a new vector, through GetVector and PushVector.
int Doubled(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    const gmod::Vector& vector = lua.GetVector(1);
    lua.PushVector({vector.x * 2, vector.y * 2, vector.z * 2});
    return 1;
}

/// turned(angle) → a new angle with the yaw half a turn further, through GetAngle and PushAngle.
int Turned(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    constexpr float kHalfTurn = 180;
    const gmod::QAngle& angle = lua.GetAngle(1);
    lua.PushAngle({angle.pitch, angle.yaw + kHalfTurn, angle.roll});
    return 1;
}

/// light() → a light userdata; sameLight(value) → whether it is that one.
int Light(lua_State* state) {
    gmod::Attach(state).PushUserdata(reinterpret_cast<void*>(Light));
    return 1;
}

int SameLight(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    lua.PushBool(lua.GetUserdata(1) == reinterpret_cast<void*>(Light));
    return 1;
}

/// rawBlock(type) → a block whose type byte is that number, made with NewUserdata.
int RawBlock(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    const auto type = static_cast<std::uint8_t>(lua.CheckNumber(1));
    new (lua.NewUserdata(sizeof(gmod::UserData))) gmod::UserData{nullptr, type};
    return 1;
}

/// metaTable(name) → type number, metatable.
int MetaTable(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    const int type = lua.CreateMetaTable(lua.CheckString(1));
    lua.PushNumber(type);
    lua.Insert(-2);
    return 2;
}

/// metaTableType(name, type) → the metatable of CreateMetaTableType.
int MetaTableType(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    lua.CreateMetaTableType(lua.CheckString(1), static_cast<int>(lua.CheckNumber(2)));
    return 1;
}

/// pushMetaTable(type) → whether there is one, and how many values it pushed.
int PushMetaTable(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    const int before = lua.Top();
    const bool found = lua.PushMetaTable(static_cast<int>(lua.CheckNumber(1)));
    const int pushed = lua.Top() - before;
    lua.PushBool(found);
    lua.PushNumber(pushed);
    return 2;
}

/// userType(type, number) → a user type whose data is that number as an address.
int UserType(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    const auto address = static_cast<std::uintptr_t>(lua.CheckNumber(2));
    lua.PushUserType(reinterpret_cast<void*>(address), static_cast<int>(lua.CheckNumber(1)));
    return 1;
}

/// dataOf(userType) → its data as a number.
int DataOf(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    const auto* const block = static_cast<const gmod::UserData*>(lua.GetUserdata(1));
    lua.PushNumber(static_cast<double>(reinterpret_cast<std::uintptr_t>(block->data)));
    return 1;
}

/// clear(userType): SetUserType to null.
int Clear(lua_State* state) {
    gmod::Attach(state).SetUserType(1, nullptr);
    return 0;
}

/// isType(value, type)
int IsType(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    lua.PushBool(lua.IsType(1, static_cast<int>(lua.CheckNumber(2))));
    return 1;
}

/// swapMeta(value, metatable) → what GetMetaTable gave before, then SetMetaTable.
int SwapMeta(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    const bool had = lua.GetMetaTable(1);
    if (had) {
        lua.Pop();
    }
    lua.Push(2);
    lua.SetMetaTable(1);
    lua.PushBool(had);
    return 1;
}

}  // namespace

void AddUserdata(gmod::ILuaBase& lua) {
    Add(lua, "vectorLayout", VectorLayout);
    Add(lua, "doubled", Doubled);
    Add(lua, "turned", Turned);
    Add(lua, "light", Light);
    Add(lua, "sameLight", SameLight);
    Add(lua, "rawBlock", RawBlock);
    Add(lua, "metaTable", MetaTable);
    Add(lua, "metaTableType", MetaTableType);
    Add(lua, "pushMetaTable", PushMetaTable);
    Add(lua, "userType", UserType);
    Add(lua, "dataOf", DataOf);
    Add(lua, "clear", Clear);
    Add(lua, "isType", IsType);
    Add(lua, "swapMeta", SwapMeta);
}

}  // namespace hosttest
