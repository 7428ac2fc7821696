// Calls, errors, argument checks, closures and references.
#include "module.h"

namespace hosttest {

namespace {

/// call(function, a, b) → its two results, unprotected.
int Call(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    lua.Call(lua.Top() - 1, 2);
    return 2;
}

/// pcall(function) → status, message or result; without a handler.
int PCall(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    const int status = lua.PCall(0, 1, 0);
    lua.PushNumber(status);
    lua.Insert(-2);
    return 2;
}

/// pcallWith(handler, function) → status, what the handler returned, and what the stack holds besides.
int PCallWith(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    const int status = lua.PCall(0, 1, 1);
    lua.PushNumber(status);
    lua.PushNumber(lua.Top());
    lua.Push(2);
    return 3;
}

int ThrowError(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    lua.ThrowError(lua.GetString(1));
    return 0;
}

int ArgError(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    lua.ArgError(static_cast<int>(lua.GetNumber(1)), lua.GetString(2));
    return 0;
}

/// checkType(value, type) → true, or raises.
int CheckType(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    lua.CheckType(1, static_cast<int>(lua.GetNumber(2)));
    lua.PushBool(true);
    return 1;
}

int CheckString(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    lua.PushString(lua.CheckString(1));
    return 1;
}

int CheckNumber(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    lua.PushNumber(lua.CheckNumber());
    return 1;
}

int TypeName(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    lua.PushString(lua.GetTypeName(static_cast<int>(lua.CheckNumber(1))));
    return 1;
}

/// Counts in its first upvalue and gives the new count and the second upvalue.
int Counter(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    lua.Push(gmod::UpvalueIndex(1));
    lua.PushString("count");
    lua.GetField(gmod::UpvalueIndex(1), "count");
    lua.PushNumber(lua.GetNumber(-1) + 1);
    lua.Remove(-2);
    lua.SetTable(-3);
    lua.GetField(gmod::UpvalueIndex(1), "count");
    lua.Push(gmod::UpvalueIndex(2));
    return 2;
}

/// counter(second) → a closure over a new table and `second`.
int MakeCounter(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    lua.CreateTable();
    lua.PushNumber(0);
    lua.SetField(-2, "count");
    lua.Push(1);
    lua.PushCClosure(Counter, 2);
    return 1;
}

int LastUpvalue(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    constexpr int kUpvalues = 12;
    lua.Push(gmod::UpvalueIndex(1));
    lua.Push(gmod::UpvalueIndex(kUpvalues));
    return 2;
}

/// A closure over 1..12; it gives the first and the last.
int MakeWide(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    constexpr int kUpvalues = 12;
    for (int i = 1; i <= kUpvalues; ++i) {
        lua.PushNumber(i);
    }
    lua.PushCClosure(LastUpvalue, kUpvalues);
    return 1;
}

/// functionOf(function) → whether GetCFunction gives: "counter", "wide", "none" or "other".
int FunctionOf(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    const gmod::CFunction function = lua.GetCFunction(1);
    lua.PushString(function == Counter       ? "counter"
                   : function == LastUpvalue ? "wide"
                   : function == nullptr     ? "none"
                                             : "other");
    return 1;
}

int ReferenceCreate(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    const int before = lua.Top();
    const int reference = lua.ReferenceCreate();
    lua.PushNumber(reference);
    lua.PushNumber(before - (lua.Top() - 1));
    return 2;
}

int ReferencePush(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    lua.ReferencePush(static_cast<int>(lua.CheckNumber(1)));
    return 1;
}

int ReferenceFree(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    lua.ReferenceFree(static_cast<int>(lua.CheckNumber(1)));
    return 0;
}

}  // namespace

void AddCalls(gmod::ILuaBase& lua) {
    Add(lua, "call", Call);
    Add(lua, "pcall", PCall);
    Add(lua, "pcallWith", PCallWith);
    Add(lua, "throwError", ThrowError);
    Add(lua, "argError", ArgError);
    Add(lua, "checkType", CheckType);
    Add(lua, "checkString", CheckString);
    Add(lua, "checkNumber", CheckNumber);
    Add(lua, "typeName", TypeName);
    Add(lua, "counter", MakeCounter);
    Add(lua, "wide", MakeWide);
    Add(lua, "functionOf", FunctionOf);
    Add(lua, "referenceCreate", ReferenceCreate);
    Add(lua, "referencePush", ReferencePush);
    Add(lua, "referenceFree", ReferenceFree);
}

}  // namespace hosttest
