// EnvelopeWriter: the text of a typed event (event_definition.h), straight from the Lua values.
// Thread: game thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"
#include "gmod/lua_base.h"
#include "lua/event_definition.h"
#include "realtime/contract.h"

namespace realtime {

class EnvelopeWriter {
  public:
    /// `instance` names this start of the module; it becomes a part of every id. Plain characters only.
    explicit EnvelopeWriter(std::string_view instance);

    /// The envelope of `event` with the values at stack index `first` and up, in field order; a nil is left out.
    /// Valid until the next Write. PAYLOAD_TOO_LARGE as soon as it is sure to be longer than `most_bytes`; it may be
    /// longer all the same.
    Result<std::string_view> Write(gmod::ILuaBase& lua, const EventDefinition& event, int first,
                                   std::string_view source, std::int64_t unix_ms,
                                   std::size_t most_bytes = static_cast<std::size_t>(limits::kMostPayloadBytes));

    /// The envelope last written was accepted: the next one has the next number.
    void Advance() noexcept { ++sequence_; }

  private:
    void WriteHead(const EventDefinition& event, std::string_view source, std::int64_t unix_ms);

    std::uint64_t sequence_ = 1;
    std::string text_;  // keeps its memory from one event to the next
    // The parts that stay the same for many events.
    const std::string before_sequence_;
    std::string source_;
    std::string source_json_;
    std::int64_t time_ms_ = 0;
    std::string time_;
};

}  // namespace realtime
