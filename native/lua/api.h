// The functions of the global table realtime_core. Names and arity are those of contract/native.json.
#pragma once

#include <memory>

#include "gmod/lua_base.h"
#include "lua/module.h"

namespace realtime {

/// What the closures share: a userdata block that outlives the module, so that a call after its end finds a null. Lua
/// frees the block without running its destructor: closing the module has emptied it by then.
struct ModuleBox {
    gmod::UserData header{};
    std::shared_ptr<Module> module;
};

/// Pushes the table; the box, at stack index `box`, becomes an upvalue of every function.
void PushApi(gmod::ILuaBase& lua, int box);

}  // namespace realtime
