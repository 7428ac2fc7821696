// ILuaBase over a stock LuaJIT: the 55 virtual functions as a module meets them in the game.
//
// Thread: the game thread. Every function that can raise leaves by LuaJIT's unwinding; none keeps an object with a
// destructor alive while it does.
#pragma once

#include <map>
#include <string>
#include <unordered_set>

#include "gmod/lua_base.h"
#include "host/lua_base/shadow_state.h"

namespace host {

class LuaBase final : public gmod::ILuaBase {
  public:
    /// `restore_state`: whether the state that was current before a module's function, or before Lua code that a
    /// module called, is current again afterwards. False leaves the one that was set last, as a strict test.
    LuaBase(lua_State* main, bool restore_state);
    LuaBase(const LuaBase&) = delete;
    LuaBase& operator=(const LuaBase&) = delete;

    lua_State* MainShadow() { return shadows_.Of(main_); }
    int CoroutineShadows() { return shadows_.CoroutineCount(); }
    [[nodiscard]] int LiveReferences() const { return static_cast<int>(references_.size()); }
    /// ReferenceFree calls for something that was no live reference (freed twice, or never created).
    [[nodiscard]] int InvalidFrees() const { return invalid_frees_; }

    /// From now on every module function that is still called is a fatal mistake: its code is unmapped.
    void MarkUnloaded() { unloaded_ = true; }

    /// Pushes a module's function on the real state, through the trampoline.
    void PushModuleFunction(lua_State* real, gmod::CFunction function);
    /// Runs a module's function for the trampoline that `real` is executing.
    int Enter(lua_State* real, gmod::CFunction function);

    /// Type number of a value on the real state.
    int TypeOf(lua_State* real, int index) const;
    /// Pushes the metatable of that name on the real state, creating it with `type` when it is new.
    void PushMetaTableNamed(lua_State* real, const char* name, int type);
    /// Pushes a userdata block {data, type} with the metatable of its type, if there is one.
    void PushBlock(lua_State* real, void* data, int type);

    int Top() override;
    void Push(int index) override;
    void Pop(int count) override;
    void GetTable(int index) override;
    void GetField(int index, const char* name) override;
    void SetField(int index, const char* name) override;
    void CreateTable() override;
    void SetTable(int index) override;
    void SetMetaTable(int index) override;
    bool GetMetaTable(int index) override;
    void Call(int args, int results) override;
    int PCall(int args, int results, int error_function) override;
    int Equal(int a, int b) override;
    int RawEqual(int a, int b) override;
    void Insert(int index) override;
    void Remove(int index) override;
    int Next(int index) override;
    void* NewUserdata(unsigned int size) override;
    [[noreturn]] void ThrowError(const char* message) override;
    void CheckType(int index, int type) override;
    [[noreturn]] void ArgError(int argument, const char* message) override;
    void RawGet(int index) override;
    void RawSet(int index) override;
    const char* GetString(int index, unsigned int* length) override;
    double GetNumber(int index) override;
    bool GetBool(int index) override;
    /// Null for functions that are not a module's: those expect a real state, which a module does not have.
    gmod::CFunction GetCFunction(int index) override;
    void* GetUserdata(int index) override;
    void PushNil() override;
    void PushString(const char* text, unsigned int length) override;
    void PushNumber(double value) override;
    void PushBool(bool value) override;
    void PushCFunction(gmod::CFunction function) override;
    void PushCClosure(gmod::CFunction function, int upvalues) override;
    void PushUserdata(void* light) override;
    int ReferenceCreate() override;
    void ReferenceFree(int reference) override;
    void ReferencePush(int reference) override;
    void PushSpecial(int which) override;
    bool IsType(int index, int type) override;
    int GetType(int index) override;
    const char* GetTypeName(int type) override;
    void CreateMetaTableType(const char* name, int type) override;
    const char* CheckString(int index) override;
    double CheckNumber(int index) override;
    int ObjLen(int index) override;
    const gmod::QAngle& GetAngle(int index) override;
    const gmod::Vector& GetVector(int index) override;
    void PushAngle(const gmod::QAngle& angle) override;
    void PushVector(const gmod::Vector& vector) override;
    void SetState(lua_State* state) override;
    int CreateMetaTable(const char* name) override;
    bool PushMetaTable(int type) override;
    void PushUserType(void* data, int type) override;
    void SetUserType(int index, void* data) override;

  private:
    void Restore(lua_State* state);
    /// Counted from the bottom, as error texts name arguments.
    int Absolute(int index) const;
    void PushTypeTable(lua_State* real) const;

    lua_State* main_;
    lua_State* current_;
    bool restore_state_;
    bool unloaded_ = false;
    ShadowStates shadows_;
    std::unordered_set<int> references_;
    int invalid_frees_ = 0;
    int next_type_;
    std::map<int, std::string> own_type_names_;
    gmod::Vector zero_vector_{};
    gmod::QAngle zero_angle_{};
};

}  // namespace host
