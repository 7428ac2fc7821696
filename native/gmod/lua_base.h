// The part of Garry's Mod's binary interface that this project uses: the ILuaBase virtual table and where a
// lua_State keeps it. Declared from the documented order of the 55 virtual functions; it must never be reordered.
//
// Thread: everything here belongs to the game thread.
#pragma once

#include <cstddef>
#include <cstdint>

struct lua_State;

namespace gmod {

struct Vector {
    float x;
    float y;
    float z;
};

struct QAngle {
    float pitch;
    float yaw;
    float roll;
};

using CFunction = int (*)(lua_State*);

/// Type ids as ILuaBase::GetType reports them.
namespace type {
constexpr int kNone = -1;
constexpr int kNil = 0;
constexpr int kBool = 1;
constexpr int kLightUserData = 2;
constexpr int kNumber = 3;
constexpr int kString = 4;
constexpr int kTable = 5;
constexpr int kFunction = 6;
constexpr int kUserData = 7;
constexpr int kThread = 8;
constexpr int kEntity = 9;
constexpr int kVector = 10;
constexpr int kAngle = 11;
}  // namespace type

/// Arguments of ILuaBase::PushSpecial.
constexpr int kSpecialGlobals = 0;
constexpr int kSpecialEnvironment = 1;
constexpr int kSpecialRegistry = 2;

/// Pseudo index of the n-th upvalue of the running C closure (n from 1), as in Lua 5.1.
constexpr int UpvalueIndex(int n) {
    constexpr int kGlobalsIndex = -10002;
    return kGlobalsIndex - n;
}

/// What a full userdata block of the game starts with. A Vector or Angle holds its three floats right behind it.
struct UserData {
    void* data;
    std::uint8_t type;
};

/// The engine's Lua interface. No virtual destructor and no overloads, so that the Itanium and Microsoft orders agree.
class ILuaBase {
  public:
    virtual int Top() = 0;
    virtual void Push(int index) = 0;
    virtual void Pop(int count = 1) = 0;
    virtual void GetTable(int index) = 0;
    virtual void GetField(int index, const char* name) = 0;
    virtual void SetField(int index, const char* name) = 0;
    virtual void CreateTable() = 0;
    virtual void SetTable(int index) = 0;
    virtual void SetMetaTable(int index) = 0;
    virtual bool GetMetaTable(int index) = 0;
    virtual void Call(int args, int results) = 0;
    virtual int PCall(int args, int results, int error_function) = 0;
    virtual int Equal(int a, int b) = 0;
    virtual int RawEqual(int a, int b) = 0;
    virtual void Insert(int index) = 0;
    virtual void Remove(int index) = 0;
    virtual int Next(int index) = 0;
    virtual void* NewUserdata(unsigned int size) = 0;
    [[noreturn]] virtual void ThrowError(const char* message) = 0;
    virtual void CheckType(int index, int type) = 0;
    [[noreturn]] virtual void ArgError(int argument, const char* message) = 0;
    virtual void RawGet(int index) = 0;
    virtual void RawSet(int index) = 0;
    virtual const char* GetString(int index = -1, unsigned int* length = nullptr) = 0;
    virtual double GetNumber(int index = -1) = 0;
    virtual bool GetBool(int index = -1) = 0;
    virtual CFunction GetCFunction(int index = -1) = 0;
    virtual void* GetUserdata(int index = -1) = 0;
    virtual void PushNil() = 0;
    /// A length of 0 means strlen: an empty view must point at "".
    virtual void PushString(const char* text, unsigned int length = 0) = 0;
    virtual void PushNumber(double value) = 0;
    virtual void PushBool(bool value) = 0;
    virtual void PushCFunction(CFunction function) = 0;
    virtual void PushCClosure(CFunction function, int upvalues) = 0;
    virtual void PushUserdata(void* light) = 0;
    virtual int ReferenceCreate() = 0;
    virtual void ReferenceFree(int reference) = 0;
    virtual void ReferencePush(int reference) = 0;
    virtual void PushSpecial(int which) = 0;
    virtual bool IsType(int index, int type) = 0;
    virtual int GetType(int index) = 0;
    virtual const char* GetTypeName(int type) = 0;
    virtual void CreateMetaTableType(const char* name, int type) = 0;
    virtual const char* CheckString(int index = -1) = 0;
    virtual double CheckNumber(int index = -1) = 0;
    virtual int ObjLen(int index = -1) = 0;
    virtual const QAngle& GetAngle(int index = -1) = 0;
    virtual const Vector& GetVector(int index = -1) = 0;
    virtual void PushAngle(const QAngle& angle) = 0;
    virtual void PushVector(const Vector& vector) = 0;
    virtual void SetState(lua_State* state) = 0;
    virtual int CreateMetaTable(const char* name) = 0;
    virtual bool PushMetaTable(int type) = 0;
    virtual void PushUserType(void* data, int type) = 0;
    virtual void SetUserType(int index, void* data) = 0;

  protected:
    ~ILuaBase() = default;
};

/// How the game's own lua_State begins: 72 (32-bit) or 120 (64-bit) bytes of LuaJIT's, then the interface pointer.
struct StateLayout {
    unsigned char luajit[sizeof(void*) == 8 ? 120 - sizeof(void*) : 72 - sizeof(void*)];
    void* last_luajit_field;
    ILuaBase* luabase;
};
static_assert(sizeof(void*) != 8 || offsetof(StateLayout, luabase) == 120, "64-bit: ILuaBase* lies at byte 120");
static_assert(sizeof(void*) != 4 || offsetof(StateLayout, luabase) == 72, "32-bit: ILuaBase* lies at byte 72");

/// The interface of a state, switched to that state (a coroutine has its own stack). First call of every C function.
inline ILuaBase& Attach(lua_State* state) {
    // The cast is the platform's contract: the engine hands out exactly this layout.
    ILuaBase* const base = reinterpret_cast<StateLayout*>(state)->luabase;
    base->SetState(state);
    return *base;
}

}  // namespace gmod
