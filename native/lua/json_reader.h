// JSON to Lua values, straight from the bytes onto the Lua stack (RapidJSON's event reader, iterative: a deep text
// costs no native stack). null becomes nil, so a key with null is absent; of equal keys the last one stays. Thread:
// game thread.
#pragma once

#include <string_view>

#include "core/result.h"
#include "gmod/lua_base.h"

namespace realtime {

/// Pushes the one value that `text` holds. After an error the stack is as before; DECODE_FAILED names the byte.
Result<void> ReadJson(gmod::ILuaBase& lua, std::string_view text);

}  // namespace realtime
