// JSON to Lua values, straight onto the Lua stack. Objects and arrays become tables, null becomes nil (and leaves a key
// out), numbers are doubles, the last of equal keys wins. Thread: game thread.
#pragma once

#include <string_view>

#include "core/result.h"
#include "gmod/lua_base.h"
#include "lua/json_cursor.h"

namespace realtime {

/// Pushes the value of `text`; nothing when it is no JSON, with the place in the error's detail.
Result<void> ReadJson(gmod::ILuaBase& lua, std::string_view text);

/// Pushes the value at the cursor, which may be inside `depth` levels already. After a failure (JsonCursor::Problem)
/// there may be more on the stack than before.
bool PushJsonValue(gmod::ILuaBase& lua, JsonCursor& cursor, int depth);

/// Moves over the value at the cursor, which must be as sound as one that is pushed.
bool SkipJsonValue(JsonCursor& cursor, int depth);

}  // namespace realtime
