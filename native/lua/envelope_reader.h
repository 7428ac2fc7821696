// Reading a typed event's envelope (event_definition.h), in one pass and without a table for it: the Lua side puts the
// event together. Thread: game thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/result.h"
#include "gmod/lua_base.h"
#include "lua/event_definition.h"

namespace realtime {

/// How many values ReadEnvelope pushes.
constexpr int kEnvelopeValues = 7;

/// Pushes data, id, source, time, timestamp, `channel` and whether the event is our own. After an error the stack is as
/// before: DECODE_FAILED when the text is no JSON, VALIDATION_FAILED when it is no event of this definition.
/// @param own what the ids of our own events begin with; empty: none is
/// @param now_ms since 1970: the time of an event whose publisher does not say it
Result<void> ReadEnvelope(gmod::ILuaBase& lua, const EventDefinition& event, std::string_view channel,
                          std::string_view text, std::string_view own, std::int64_t now_ms);

}  // namespace realtime
