// JSON from the network into Lua: any text, through JsonCursor, ReadJson, SkipJsonValue and ReadEnvelope, onto the real
// ILuaBase over LuaJIT. RapidJSON's strict reader must agree on what is JSON and on every value; after an error the
// stack is as before.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/support/check.h"
#include "fuzz/support/json_tree.h"
#include "host/lua_base/lua_machine.h"
#include "lua/envelope_reader.h"
#include "lua/json_reader.h"
#include "lua/utc_time.h"
#include "realtime/contract.h"

namespace {

using realtime::fuzz::Check;
using realtime::fuzz::Fail;
using realtime::fuzz::IsSame;
using realtime::fuzz::JsonTree;
using realtime::fuzz::ParsedJson;

constexpr std::string_view kChannel = "player:death";
/// What the ids of our own events begin with.
constexpr const char* kOwn = "a-";
/// The time of arrival, as seconds and as text.
constexpr std::int64_t kNowSeconds = 86400;
constexpr const char* kNow = "1970-01-02T00:00:00.000Z";

/// Something on the stack that nobody may touch.
constexpr double kGuard = 42;

void CheckRead(gmod::ILuaBase& lua, std::string_view text, const std::optional<ParsedJson>& expected) {
    const int top = lua.Top();
    const realtime::Result<void> read = realtime::ReadJson(lua, text);
    Check(read.IsOk() == expected.has_value(), "both readers agree on what is JSON",
          read.IsOk() ? "ours reads it" : read.Error().detail);
    Check(lua.Top() == top + (read.IsOk() ? 1 : 0), "the stack holds the value, or nothing");
    if (read.IsOk()) {
        Check(IsSame(lua, lua.Top(), expected->tree), "both readers see the same value");
        lua.Pop(1);
    } else {
        Check(read.Error().code == realtime::ErrorCode::kDecodeFailed, "a text that is no JSON is DECODE_FAILED");
    }
    realtime::JsonCursor cursor(text);
    const bool skipped = realtime::SkipJsonValue(cursor, 0) && cursor.IsDone();
    Check(skipped == expected.has_value(), "skipping is as strict as reading");
}

std::string TextOf(const JsonTree& object, const char* key) {
    const auto found = object.members.find(key);
    return found != object.members.end() && found->second.kind == JsonTree::Kind::kString ? found->second.text : "";
}

/// Null is the same as nothing.
bool HasTime(const JsonTree& envelope) {
    const auto found = envelope.members.find("time");
    return found != envelope.members.end() && found->second.kind != JsonTree::Kind::kNull;
}

/// What an envelope of the event must have, as RapidJSON sees it.
bool IsEnvelope(const JsonTree& tree, const realtime::EventDefinition& event, double& seconds) {
    if (tree.kind != JsonTree::Kind::kObject || TextOf(tree, "specversion") != "1.0" ||
        TextOf(tree, "type") != event.type || TextOf(tree, "id").empty() || TextOf(tree, "source").empty()) {
        return false;
    }
    const auto data = tree.members.find("data");
    return data != tree.members.end() &&
           (data->second.kind == JsonTree::Kind::kObject || data->second.kind == JsonTree::Kind::kArray) &&
           (!HasTime(tree) || realtime::ParseRfc3339(TextOf(tree, "time"), seconds));
}

void CheckEnvelope(gmod::ILuaBase& lua, std::string_view text, const std::optional<ParsedJson>& expected) {
    static const realtime::EventDefinition kEvent = realtime::EventDefinition::Make(
        "PlayerDeath", std::string(kChannel), {"victim_name", "attacker_name", "weapon"});
    const int top = lua.Top();
    double seconds = static_cast<double>(kNowSeconds);
    const bool is_envelope = expected.has_value() && IsEnvelope(expected->tree, kEvent, seconds);
    const realtime::Result<void> read = realtime::ReadEnvelope(lua, kEvent, kChannel, text, kOwn, kNowSeconds * 1000);
    Check(read.IsOk() == is_envelope, "both readers agree on what is an envelope",
          read.IsOk() ? "ours reads it" : read.Error().detail);
    if (!is_envelope) {
        Check(lua.Top() == top, "after an error the stack is as before");
        return;
    }
    Check(lua.Top() == top + realtime::kEnvelopeValues, "an envelope has seven values");
    const JsonTree& tree = expected->tree;
    const JsonTree values[] = {tree.members.at("data"),
                               JsonTree::String(TextOf(tree, "id")),
                               JsonTree::String(TextOf(tree, "source")),
                               JsonTree::String(HasTime(tree) ? TextOf(tree, "time") : kNow),
                               JsonTree::Number(seconds),
                               JsonTree::String(std::string(kChannel))};
    for (int i = 0; i < realtime::kEnvelopeValues - 1; ++i) {
        Check(IsSame(lua, top + 1 + i, values[i]), "both readers see the same envelope", "value " + std::to_string(i));
    }
    Check(lua.GetBool(-1) == (TextOf(tree, "id").rfind(kOwn, 0) == 0), "our own events are those with our ids");
    lua.Pop(realtime::kEnvelopeValues);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static host::LuaMachine machine;
    gmod::ILuaBase& lua = machine.Base();
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    std::optional<ParsedJson> expected = realtime::fuzz::ParseStrictly(text);
    if (expected.has_value() && expected->depth > realtime::limits::kMaxJsonDepth) {
        expected.reset();
    }
    lua.PushNumber(kGuard);
    CheckRead(lua, text, expected);
    CheckEnvelope(lua, text, expected);
    Check(lua.Top() == 1 && lua.GetNumber(1) == kGuard, "what lay on the stack is untouched");
    lua.Pop(1);
    return 0;
}
