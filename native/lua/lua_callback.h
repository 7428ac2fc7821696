// LuaCallback: RAII over a reference to a Lua function in the registry.
// Thread: created, pushed and destroyed on the game thread, while the Lua state lives.
#pragma once

#include <cstdint>
#include <utility>

#include "gmod/lua_base.h"

namespace realtime {

/// How many references were made and given back; equal when nothing leaks.
struct CallbackCounters {
    std::uint64_t created = 0;
    std::uint64_t freed = 0;
};

class LuaCallback {
  public:
    /// References the function at `index`; the stack stays as it is. `counters` outlives the callback.
    LuaCallback(gmod::ILuaBase& lua, int index, CallbackCounters& counters) : lua_(&lua), counters_(&counters) {
        lua.Push(index);
        reference_ = lua.ReferenceCreate();
        ++counters.created;
    }
    ~LuaCallback() { Free(); }

    LuaCallback(const LuaCallback&) = delete;
    LuaCallback& operator=(const LuaCallback&) = delete;
    LuaCallback(LuaCallback&& other) noexcept
        : lua_(std::exchange(other.lua_, nullptr)), counters_(other.counters_), reference_(other.reference_) {}
    LuaCallback& operator=(LuaCallback&& other) noexcept {
        if (this != &other) {
            Free();
            lua_ = std::exchange(other.lua_, nullptr);
            counters_ = other.counters_;
            reference_ = other.reference_;
        }
        return *this;
    }

    /// Pushes the function. From then on the callback itself may be destroyed: the stack keeps the function alive.
    void Push() const { lua_->ReferencePush(reference_); }

  private:
    void Free() noexcept {
        if (lua_ != nullptr) {
            lua_->ReferenceFree(reference_);
            ++counters_->freed;
            lua_ = nullptr;
        }
    }

    gmod::ILuaBase* lua_;  // null after a move
    CallbackCounters* counters_;
    int reference_ = 0;
};

}  // namespace realtime
