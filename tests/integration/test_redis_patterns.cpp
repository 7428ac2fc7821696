// Patterns as a real server understands them, and that the memory backend understands them the same.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "backend/memory/glob.h"
#include "support/engine_driver.h"
#include "support/redis_server.h"
#include "support/resp_client.h"

using namespace realtime;
using realtime::test::AskRedis;
using realtime::test::EngineDriver;
using realtime::test::RedisServer;

namespace {

struct Case {
    std::string pattern;
    std::set<std::string> matches;  // of kChannels
};

const std::string kNul("a\0b", 3);
const std::string kInvalid("caf\xe9");

const std::vector<std::string>& Channels() {
    static const std::vector<std::string> channels{"hello",  "hallo",   "hbllo", "hllo",  "h*llo",  "h?llo",   "hxllo",
                                                   "heello", "h[llo",   "h^llo", "h-llo", "h\\llo", "hello\\", "HELLO",
                                                   "a:b:c",  "a b\r\n", "]",     kNul,    kInvalid};
    return channels;
}

std::set<std::string> All() {
    return {Channels().begin(), Channels().end()};
}

std::vector<Case> Cases() {
    return {
        {"hello", {"hello"}},
        {"*", All()},
        {"**", All()},
        {"h?llo", {"hello", "hallo", "hbllo", "h*llo", "h?llo", "hxllo", "h[llo", "h^llo", "h-llo", "h\\llo"}},
        {"h*llo",
         {"hello", "hallo", "hbllo", "hllo", "h*llo", "h?llo", "hxllo", "heello", "h[llo", "h^llo", "h-llo", "h\\llo"}},
        {"h[ae]llo", {"hello", "hallo"}},
        {"h[a-c]llo", {"hallo", "hbllo"}},
        {"h[c-a]llo", {"hallo", "hbllo"}},
        {"h[^x]llo", {"hello", "hallo", "hbllo", "h*llo", "h?llo", "h[llo", "h^llo", "h-llo", "h\\llo"}},
        {"h[^a-e]llo", {"h*llo", "h?llo", "hxllo", "h[llo", "h^llo", "h-llo", "h\\llo"}},
        {"h\\*llo", {"h*llo"}},
        {"h\\?llo", {"h?llo"}},
        {"h\\[llo", {"h[llo"}},
        {"h\\\\llo", {"h\\llo"}},
        {"h[\\^]llo", {"h^llo"}},
        {"h[*]llo", {"h*llo"}},
        {"h[?]llo", {"h?llo"}},
        {"h[\\-]llo", {"h-llo"}},
        {"?", {"]"}},
        {"a:*:c", {"a:b:c"}},
        {"a*\r\n", {"a b\r\n"}},
        {kNul, {kNul}},
        {std::string("a\0*", 3), {kNul}},
        {"a?b", {kNul}},
        {"caf?", {kInvalid}},
        {"*\xe9", {kInvalid}},
        {"nothing*", {}},
        {"h[llo", {}},
        {"hello\\", {"hello\\"}},
    };
}

std::string Printable(const std::string& text) {
    std::string printable;
    for (const char byte : text) {
        printable += byte >= ' ' && byte <= '~' ? std::string(1, byte) : "<" + std::to_string(byte & 0xff) + ">";
    }
    return printable;
}

}  // namespace

TEST_CASE("each pattern gets the messages of the channels it matches, and no others") {
    const RedisServer server;
    EngineDriver driver(server.OptionsFor());
    std::map<SubscriptionId, std::string> patterns;
    for (const Case& one : Cases()) {
        patterns[driver.Subscribe(SubscriptionKind::kPattern, one.pattern)] = one.pattern;
    }
    REQUIRE(driver.Connect());
    std::map<std::string, std::uint64_t> published;
    for (const std::string& channel : Channels()) {
        published[channel] = driver.Publish(channel, "to " + channel);
    }
    (void)driver.Subscribe(SubscriptionKind::kChannel, "last");
    REQUIRE(driver.Until([&] { return driver.answers.size() == Channels().size(); }));
    std::size_t receivers = 0;
    for (const auto& [channel, id] : published) {
        receivers += driver.answers[id].front().receivers;
    }
    REQUIRE(driver.Until([&] { return driver.delivered.size() >= receivers; }));
    CHECK(driver.delivered.size() == receivers);
    std::map<std::string, std::set<std::string>> got;
    for (const EngineDriver::Delivered& one : driver.delivered) {
        CHECK(one.message.kind == SubscriptionKind::kPattern);
        CHECK((one.message.pattern == patterns[one.subscription]));
        CHECK((one.message.payload == "to " + one.message.channel));
        CHECK(got[one.message.pattern].insert(one.message.channel).second);
    }
    for (const Case& one : Cases()) {
        CAPTURE(Printable(one.pattern));
        CHECK(got[one.pattern] == one.matches);
    }
}

TEST_CASE("the memory backend matches as the server does") {
    const RedisServer server;
    EngineDriver driver(server.OptionsFor());
    std::vector<std::string> patterns;
    for (const Case& one : Cases()) {
        patterns.push_back(one.pattern);
    }
    // Odd ones, for which nobody would write down an expectation: what matters is that both agree.
    for (const char* odd :
         {"h[",  "h[a", "h[a-",  "h[^",         "h[]llo", "h[^]llo", "h[a\\]llo", "[]]",   "\\]", "h[a-c-e]llo", "*?*",
          "?*?", "h\\", "[^a]*", "h[\\a-c]llo", "*llo*",  "*l*l*",   "h[--z]llo", "h]llo", "[h",  "[]"}) {
        patterns.emplace_back(odd);
    }
    for (const std::string& pattern : patterns) {
        for (const std::string& channel : Channels()) {
            CAPTURE(Printable(pattern));
            CAPTURE(Printable(channel));
            const std::string said =
                AskRedis(server.Socket(), {"EVAL",
                                           "redis.call('SET', KEYS[1], '') local found = redis.call('KEYS', ARGV[1]) "
                                           "redis.call('DEL', KEYS[1]) return #found",
                                           "1", channel, pattern});
            CHECK(memory::GlobMatch(pattern, channel) == (said == "1"));
        }
    }
}

TEST_CASE("a message that matches a channel and several patterns comes once for each") {
    const RedisServer server;
    EngineDriver driver(server.OptionsFor());
    std::set<SubscriptionId> all{
        driver.Subscribe(SubscriptionKind::kChannel, "a:b"), driver.Subscribe(SubscriptionKind::kPattern, "a:*"),
        driver.Subscribe(SubscriptionKind::kPattern, "*:b"), driver.Subscribe(SubscriptionKind::kPattern, "a:b")};
    REQUIRE(driver.Connect());
    const std::uint64_t id = driver.Publish("a:b", "m");
    REQUIRE(driver.Until([&] { return driver.delivered.size() == 4 && driver.answers.count(id) == 1; }));
    CHECK(driver.answers[id].front().receivers == 4);
    for (const EngineDriver::Delivered& one : driver.delivered) {
        CHECK(all.erase(one.subscription) == 1);
        CHECK(one.message.channel == "a:b");
    }
    CHECK(driver.engine.Stats().received == 4);
    CHECK(driver.engine.Stats().delivered == 4);
}

TEST_CASE("ending one of several leaves the others, and the server forgets the pattern with its last") {
    const RedisServer server;
    EngineDriver driver(server.OptionsFor());
    const SubscriptionId wide = driver.Subscribe(SubscriptionKind::kPattern, "a:*");
    const SubscriptionId twin = driver.Subscribe(SubscriptionKind::kPattern, "a:*");
    const SubscriptionId other = driver.Subscribe(SubscriptionKind::kPattern, "*:b");
    const SubscriptionId channel = driver.Subscribe(SubscriptionKind::kChannel, "a:*");  // a channel of that very name
    REQUIRE(driver.Connect());
    const auto heard_by = [&](const std::string& to) {
        driver.delivered.clear();
        const std::uint64_t id = driver.Publish(to, "m");
        REQUIRE(driver.Until([&] { return driver.answers.count(id) == 1; }));
        REQUIRE(driver.Until([&] {
            return driver.engine.Stats().queued == 0 &&
                   driver.engine.Stats().received >= driver.engine.Stats().delivered;
        }));
        const std::string marker = "end" + std::to_string(id);
        const SubscriptionId last = driver.Subscribe(SubscriptionKind::kChannel, marker);
        REQUIRE(driver.Until([&] { return AskRedis(server.Socket(), {"PUBLISH", marker, "end"}) == "1"; }));
        REQUIRE(
            driver.Until([&] { return !driver.delivered.empty() && driver.delivered.back().subscription == last; }));
        REQUIRE(driver.engine.Unsubscribe(last).IsOk());
        std::multiset<SubscriptionId> heard;
        for (const EngineDriver::Delivered& one : driver.delivered) {
            heard.insert(one.subscription);
        }
        heard.erase(last);
        return heard;
    };
    CHECK(heard_by("a:b") == std::multiset<SubscriptionId>{wide, twin, other});
    CHECK(heard_by("a:*") == std::multiset<SubscriptionId>{wide, twin, channel});
    CHECK(AskRedis(server.Socket(), {"PUBSUB", "NUMPAT"}) == "2");
    REQUIRE(driver.engine.Unsubscribe(wide).IsOk());
    CHECK(heard_by("a:b") == std::multiset<SubscriptionId>{twin, other});
    CHECK(AskRedis(server.Socket(), {"PUBSUB", "NUMPAT"}) == "2");
    REQUIRE(driver.engine.Unsubscribe(twin).IsOk());
    REQUIRE(driver.Until([&] { return AskRedis(server.Socket(), {"PUBSUB", "NUMPAT"}) == "1"; }));
    CHECK(heard_by("a:b") == std::multiset<SubscriptionId>{other});
    CHECK(heard_by("a:*") == std::multiset<SubscriptionId>{channel});
}

TEST_CASE("names of any bytes, as channels and as patterns, also after the connection was made anew") {
    const RedisServer server;
    EngineDriver driver(server.OptionsFor());
    std::string every_byte;
    for (int byte = 0; byte < 256; ++byte) {
        every_byte.push_back(static_cast<char>(byte));
    }
    const std::string longest(static_cast<std::size_t>(limits::kMaxChannelBytes), '\xff');
    const std::vector<std::string> names{every_byte, std::string(1, '\0'), "\r\n", "*3\r\n$7\r\nmessage\r\n", " ",
                                         longest};
    std::map<SubscriptionId, std::string> by_channel;
    for (const std::string& name : names) {
        by_channel[driver.Subscribe(SubscriptionKind::kChannel, name)] = name;
    }
    const std::string pattern = std::string(1, '\0') + "*";
    const SubscriptionId by_pattern = driver.Subscribe(SubscriptionKind::kPattern, pattern);
    REQUIRE(driver.Connect());
    for (std::uint64_t round = 1; round <= 2; ++round) {
        driver.delivered.clear();
        for (const std::string& name : names) {
            (void)driver.Publish(name, name);
        }
        // The pattern gets what begins with a NUL: two of them.
        REQUIRE(driver.Until([&] { return driver.delivered.size() == names.size() + 2; }));
        for (const EngineDriver::Delivered& one : driver.delivered) {
            CHECK((one.message.payload == one.message.channel));
            CHECK((one.subscription == by_pattern ? one.message.pattern == pattern
                                                  : one.message.channel == by_channel[one.subscription]));
        }
        REQUIRE(AskRedis(server.Socket(), {"CLIENT", "KILL", "TYPE", "pubsub"}) == "1");
        REQUIRE(driver.Until([&] { return driver.engine.Stats().connects == round + 1; }));
    }
}
