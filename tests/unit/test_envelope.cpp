// The envelope's text and its reading, without a connection: through the module's own writer and reader.
#include "lua/envelope_reader.h"
#include "lua/envelope_writer.h"
#include "lua/utc_time.h"

#include <doctest/doctest.h>

#include "host/lua_base/lua_machine.h"

using realtime::EventDefinition;

namespace {

constexpr std::int64_t kNowMs = 86400123;

EventDefinition Death() {
    return EventDefinition::Make("PlayerDeath", "player:death", {"victim_name", "attacker_name", "weapon"});
}

/// Our own ids begin with "abc-".
realtime::Result<void> Read(gmod::ILuaBase& lua, std::string_view text) {
    return realtime::ReadEnvelope(lua, Death(), "player:death", text, "abc-", kNowMs);
}

}  // namespace

TEST_CASE("times are written in UTC with milliseconds") {
    CHECK(realtime::FormatUtc(0) == "1970-01-01T00:00:00.000Z");
    CHECK(realtime::FormatUtc(1795428930123) == "2026-11-23T10:15:30.123Z");
    CHECK(realtime::FormatUtc(951782400000) == "2000-02-29T00:00:00.000Z");
    CHECK(realtime::FormatUtc(-1) == "1969-12-31T23:59:59.999Z");
}

TEST_CASE("times are read as RFC 3339 has them") {
    double seconds = 0;
    REQUIRE(realtime::ParseRfc3339("2026-11-23T10:15:30.123Z", seconds));
    CHECK(seconds == doctest::Approx(1795428930.123).epsilon(1e-12));
    REQUIRE(realtime::ParseRfc3339("2026-11-23T12:15:30+02:00", seconds));
    CHECK(seconds == 1795428930.0);
    for (std::int64_t day = -200000; day < 200000; day += 37) {
        REQUIRE(realtime::ParseRfc3339(realtime::FormatUtc(day * 86400000), seconds));
        REQUIRE(seconds == static_cast<double>(day * 86400));
    }
    for (const char* bad : {"", "2026-11-23", "2026-11-23T10:15:30", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
                            "2026-11-23T10:15:30.Z", "2026-11-23T10:15:30Zx", "2026-11-23T24:00:00Z"}) {
        CHECK_FALSE(realtime::ParseRfc3339(bad, seconds));
    }
}

TEST_CASE("an envelope has CloudEvents' keys in the documented order") {
    host::LuaMachine machine;
    gmod::ILuaBase& lua = machine.Base();
    realtime::EnvelopeWriter writer("abc");
    lua.PushString("Al\"ice");
    lua.PushNil();
    lua.PushString("crowbar");
    const auto text = writer.Write(lua, Death(), 1, "/gmod/1", 0);
    REQUIRE(text.IsOk());
    CHECK(text.Value() == R"({"specversion":"1.0","id":"abc-1","source":"/gmod/1","type":"gmod.player.death",)"
                          R"("time":"1970-01-01T00:00:00.000Z","datacontenttype":"application/json",)"
                          R"("data":{"victim_name":"Al\"ice","weapon":"crowbar"}})");
    writer.Advance();
    CHECK(writer.Write(lua, Death(), 1, "/gmod/1", 0).Value().find("\"abc-2\"") != std::string::npos);
    CHECK(lua.Top() == 3);
}

TEST_CASE("what is no envelope of the event is refused and leaves the stack alone") {
    host::LuaMachine machine;
    gmod::ILuaBase& lua = machine.Base();
    const std::string good =
        R"({"specversion":"1.0","id":"1","source":"s","type":"gmod.player.death","time":"1970-01-01T00:00:01Z","data":{}})";
    REQUIRE(Read(lua, good).IsOk());
    CHECK(lua.Top() == realtime::kEnvelopeValues);
    CHECK(lua.GetNumber(5) == 1.0);
    lua.Pop(lua.Top());
    for (const char* key : {"1.0", "\"1\"", "\"s\"", "gmod.player.death", "1970-01-01T00:00:01Z", "{}"}) {
        std::string bad = good;
        bad.replace(bad.find(key), std::string(key).size(), std::string(key) == "{}" ? "5" : "\"\"");
        CHECK(Read(lua, bad).IsErr());
    }
    for (const char* bad : {"", "[]", "5", "\"x\"", "{}"}) {
        CHECK(Read(lua, bad).IsErr());
    }
    CHECK(lua.Top() == 0);
}

TEST_CASE("an event without a time has that of its arrival") {
    host::LuaMachine machine;
    gmod::ILuaBase& lua = machine.Base();
    const std::string head = R"({"specversion":"1.0","id":"1","source":"s","type":"gmod.player.death","data":{})";
    REQUIRE(Read(lua, head + "}").IsOk());
    CHECK(std::string(lua.GetString(4)) == "1970-01-02T00:00:00.123Z");
    CHECK(lua.GetNumber(5) == doctest::Approx(86400.123).epsilon(1e-12));
    lua.Pop(lua.Top());
    REQUIRE(Read(lua, head + ",\"time\":null}").IsOk());
    CHECK(lua.GetNumber(5) == doctest::Approx(86400.123).epsilon(1e-12));
    lua.Pop(lua.Top());
    for (const char* time : {"5", "{}", "\"\"", "\"today\""}) {
        const realtime::Result<void> read = Read(lua, head + ",\"time\":" + time + "}");
        REQUIRE(read.IsErr());
        CHECK(read.Error().detail == "time is not RFC 3339");
    }
}

TEST_CASE("an event is our own by the beginning of its id") {
    host::LuaMachine machine;
    gmod::ILuaBase& lua = machine.Base();
    for (const auto& [id, own] :
         {std::pair{"abc-1", true}, {"abc-", true}, {"abc", false}, {"abd-1", false}, {"xabc-1", false}}) {
        const std::string text =
            std::string(R"({"specversion":"1.0","source":"s","type":"gmod.player.death","data":{},"id":")") + id +
            "\"}";
        REQUIRE(Read(lua, text).IsOk());
        CHECK(lua.GetBool(7) == own);
        lua.Pop(lua.Top());
    }
}

TEST_CASE("what is no JSON is told apart from what is no event") {
    host::LuaMachine machine;
    gmod::ILuaBase& lua = machine.Base();
    for (const char* text : {"{", "{\"a\"}", "{\"id\":\"\\ud800\"}", "{} 5"}) {
        CHECK(Read(lua, text).Error().code == realtime::ErrorCode::kDecodeFailed);
    }
    for (const char* text : {"[]", "5", "{}", R"({"specversion":"1.0","id":"1","source":"s","type":"x","data":{}})"}) {
        CHECK(Read(lua, text).Error().code == realtime::ErrorCode::kValidationFailed);
    }
}

TEST_CASE("attributes come in any order, with anything between them, and the last of equal ones counts") {
    host::LuaMachine machine;
    gmod::ILuaBase& lua = machine.Base();
    const std::string text =
        R"( {"data" : {"victim_name":"no"}, "x": [{"data":1}], "data":{"victim_name":"Alice"}, "time":5,)"
        R"( "time":"1970-01-01T00:00:02Z", "id":"\u0061\/b", "traceparent":null, "source":"s", "type":"gmod.player.death",)"
        R"( "specversion":"0.3", "specversion":"1.0"} )";
    REQUIRE(Read(lua, text).IsOk());
    REQUIRE(lua.Top() == realtime::kEnvelopeValues);
    lua.GetField(1, "victim_name");
    CHECK(std::string(lua.GetString(-1)) == "Alice");
    CHECK(std::string(lua.GetString(2)) == "a/b");
    CHECK(std::string(lua.GetString(3)) == "s");
    CHECK(lua.GetNumber(5) == 2.0);
    CHECK(std::string(lua.GetString(6)) == "player:death");
    lua.Pop(lua.Top());
    // What is malformed anywhere, an attribute of no interest included, is no event.
    for (const char* bad :
         {R"("x":[1,])", R"("x":"\ud800")", R"("x":01)", R"("x":)", R"("data":{}, "data":5)", R"("id":"a" 1)"}) {
        std::string broken = text;
        broken.replace(broken.find(R"("x": [{"data":1}])"), std::string(R"("x": [{"data":1}])").size(), bad);
        if (std::string(bad).find("data") != std::string::npos) {
            broken.replace(broken.find(R"("data":{"victim_name":"Alice"})"),
                           std::string(R"("data":{"victim_name":"Alice"})").size(), R"("y":1)");
        }
        CHECK(Read(lua, broken).IsErr());
        CHECK(lua.Top() == 0);
    }
}
