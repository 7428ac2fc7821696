// Values on the stack: strings with lengths, tables, raw access, comparison, iteration, the special tables.
#include <cstring>

#include "module.h"

namespace hosttest {

namespace {

/// pushString(text, length) → the string that PushString makes of text and that length.
int PushString(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    const char* const text = lua.CheckString(1);
    lua.PushString(text, static_cast<unsigned int>(lua.CheckNumber(2)));
    return 1;
}

/// stringLength(text) → the length that GetString reports, and strlen of what it points at.
int StringLength(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    unsigned int length = 0;
    const char* const text = lua.GetString(1, &length);
    lua.PushNumber(length);
    lua.PushNumber(text == nullptr ? -1.0 : static_cast<double>(std::strlen(text)));
    return 2;
}

/// types(...) → the type number of each argument, then of the place after the last.
int Types(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    const int count = lua.Top();
    for (int i = 1; i <= count; ++i) {
        lua.PushNumber(lua.GetType(i));
    }
    lua.PushNumber(lua.GetType(2 * count + 1));
    return count + 1;
}

/// rearrange(a, b, c) → c, a, b through Insert; then Push and Remove give b's place to a copy of c.
int Rearrange(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    lua.Insert(1);
    lua.Push(1);
    lua.Remove(3);
    return lua.Top();
}

/// access(table, key) → GetTable, RawGet, GetField("field"), RawGet("field"), ObjLen.
int Access(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    lua.Push(2);
    lua.GetTable(1);
    lua.Push(2);
    lua.RawGet(1);
    lua.GetField(1, "field");
    lua.PushString("field");
    lua.RawGet(1);
    lua.PushNumber(lua.ObjLen(1));
    return 5;
}

/// assign(table, key, value): SetTable(key), RawSet(key + "raw"), SetField("field").
int Assign(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    lua.Push(2);
    lua.Push(3);
    lua.SetTable(1);
    lua.PushString("raw");
    lua.Push(3);
    lua.RawSet(1);
    lua.Push(3);
    lua.SetField(1, "field");
    return 0;
}

/// compare(a, b) → Equal, RawEqual.
int Compare(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    lua.PushNumber(lua.Equal(1, 2));
    lua.PushNumber(lua.RawEqual(1, 2));
    return 2;
}

/// sum(table) → number of entries and sum of the number values, through Next.
int Sum(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    double entries = 0;
    double sum = 0;
    lua.PushNil();
    while (lua.Next(1) != 0) {
        entries += 1;
        sum += lua.GetNumber(-1);
        lua.Pop();
    }
    lua.PushNumber(entries);
    lua.PushNumber(sum);
    return 2;
}

/// booleans(value) → GetBool, and a pushed true and false.
int Booleans(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    lua.PushBool(lua.GetBool(1));
    lua.PushBool(true);
    lua.PushBool(false);
    return 3;
}

/// special(which) → the special table.
int Special(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    lua.PushSpecial(static_cast<int>(lua.CheckNumber(1)));
    return 1;
}

}  // namespace

void AddStack(gmod::ILuaBase& lua) {
    Add(lua, "pushString", PushString);
    Add(lua, "stringLength", StringLength);
    Add(lua, "types", Types);
    Add(lua, "rearrange", Rearrange);
    Add(lua, "access", Access);
    Add(lua, "assign", Assign);
    Add(lua, "compare", Compare);
    Add(lua, "sum", Sum);
    Add(lua, "booleans", Booleans);
    Add(lua, "special", Special);
}

}  // namespace hosttest
