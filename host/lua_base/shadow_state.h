// What a module receives as lua_State*. A stock LuaJIT state has no interface pointer at the game's byte, so modules
// get a block of ours that is laid out like the game's state and stands for exactly one real state.
//
// Thread: the game thread.
#pragma once

#include "gmod/lua_base.h"

namespace host {

/// `layout` comes first: gmod::Attach reads it through the pointer that modules hold.
struct ShadowState {
    gmod::StateLayout layout;
    lua_State* real;
};

/// The shadows of one machine: one for the main state, one for each coroutine that called into a module.
/// A coroutine's block lives in a table with weak keys, so it goes when the coroutine is collected and a new
/// coroutine at the same address never finds an old block.
class ShadowStates {
  public:
    ShadowStates(lua_State* main, gmod::ILuaBase* base);
    ShadowStates(const ShadowStates&) = delete;
    ShadowStates& operator=(const ShadowStates&) = delete;

    /// The block that stands for `real`; built at the first question. Leaves the stack as it was.
    lua_State* Of(lua_State* real);

    /// How many coroutines have a block now.
    int CoroutineCount();

    static lua_State* RealOf(lua_State* shadow);

  private:
    void Fill(ShadowState& block, lua_State* real) const;
    void PushTable(lua_State* real) const;

    lua_State* main_;
    gmod::ILuaBase* base_;
    ShadowState main_block_{};
};

}  // namespace host
