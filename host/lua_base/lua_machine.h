// A Lua state as a module meets it, without a server around it: for the server itself and for unit tests of a module.
//
// Thread: everything belongs to the thread that made the machine.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gmod/lua_base.h"

namespace host {

class LuaBase;

class LuaMachine {
  public:
    struct Options {
        /// See LuaBase: false leaves the state that a module set last, as a strict test of the module.
        bool restore_state = true;
    };

    /// The text of a Lua error with its stack, or nothing when all went well.
    using Failure = std::optional<std::string>;

    LuaMachine();
    explicit LuaMachine(const Options& options);
    /// Closes the state: every __gc still runs, those of modules too.
    ~LuaMachine();
    LuaMachine(const LuaMachine&) = delete;
    LuaMachine& operator=(const LuaMachine&) = delete;

    /// The interface, on whatever state it was set to last (at first: the main state).
    gmod::ILuaBase& Base();
    /// The main state as modules see it: what gmod13_open, gmod13_close and SetState are given.
    lua_State* ModuleState();
    /// LuaJIT's own main state, for lua_* calls. Never give it to a module.
    lua_State* Real();
    LuaBase& Implementation() { return *base_; }

    /// Calls a module's function (such as gmod13_open) on the main state, protected; its results are dropped.
    [[nodiscard]] Failure Call(gmod::CFunction function);
    /// Makes a module's function a global of Lua.
    void Register(const char* global, gmod::CFunction function);

    /// Runs the game's dialect of Lua. `chunk` is the name in error positions ("@file.lua", "=text").
    [[nodiscard]] Failure RunString(std::string_view code, const char* chunk = "=RunString");
    [[nodiscard]] Failure RunFile(const std::filesystem::path& file);

    /// Two full collections: what was unreachable before is gone, its __gc included.
    void Collect();
    /// References made by ReferenceCreate and not freed yet.
    [[nodiscard]] int LiveReferences() const;
    /// ReferenceFree calls for something that was no live reference.
    [[nodiscard]] int InvalidFrees() const;

  private:
    struct CloseState {
        void operator()(lua_State* state) const;
    };

    Failure CallTop(int args);

    std::unique_ptr<LuaBase> base_;  // outlives the state: finalizers come through it
    std::unique_ptr<lua_State, CloseState> state_;
};

/// Compiles the game's dialect and leaves the function, or an error text, on the stack. Answers whether it compiled.
bool LoadDialect(lua_State* state, std::string_view code, const char* chunk);

}  // namespace host
