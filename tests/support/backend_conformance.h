// The suite that every backend passes. `options` name the backend and how to reach it.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "support/engine_driver.h"
#include "support/timing.h"

namespace realtime::test {

inline void CheckBackendConformance(const Options& options) {
    SUBCASE("nothing is accepted before connecting and after disconnecting") {
        EngineDriver driver(options);
        CHECK(driver.engine.Publish("c", "m", false).Error().code == ErrorCode::kNotConnected);
        CHECK(driver.engine.Disconnect(std::chrono::seconds(0)).Error().code == ErrorCode::kNotConnected);
        REQUIRE(driver.Connect());
        CHECK(driver.engine.GetState() == State::kConnected);
        CHECK(driver.engine.Connect().Error().code == ErrorCode::kAlreadyConnected);
        CHECK(driver.engine.Disconnect(std::chrono::seconds(1)).IsOk());
        REQUIRE(driver.UntilState(State::kDisconnected));
        CHECK(driver.engine.Publish("c", "m", false).Error().code == ErrorCode::kNotConnected);
        REQUIRE(driver.Until([&] { return driver.changes.size() >= 4; }));
        CHECK(driver.changes.back().to == State::kDisconnected);
        CHECK(driver.attempts.size() == 1);
    }

    SUBCASE("connecting again after a disconnect works, and subscriptions are in force again") {
        EngineDriver driver(options);
        const SubscriptionId id = driver.Subscribe(SubscriptionKind::kChannel, "again");
        for (int round = 1; round <= 3; ++round) {
            REQUIRE(driver.Connect());
            (void)driver.Publish("again", std::to_string(round));
            REQUIRE(driver.Until([&] { return driver.delivered.size() == static_cast<std::size_t>(round); }));
            CHECK(driver.delivered.back().subscription == id);
            CHECK(driver.delivered.back().message.payload == std::to_string(round));
            REQUIRE(driver.engine.Disconnect(std::chrono::seconds(1)).IsOk());
            REQUIRE(driver.UntilState(State::kDisconnected));
        }
    }

    SUBCASE("a message arrives once for each matching topic, in order, with its bytes") {
        EngineDriver driver(options);
        const SubscriptionId channel = driver.Subscribe(SubscriptionKind::kChannel, "a:b");
        const SubscriptionId pattern = driver.Subscribe(SubscriptionKind::kPattern, "a:*");
        (void)driver.Subscribe(SubscriptionKind::kPattern, "z*");
        REQUIRE(driver.Connect());
        std::string all;
        for (int byte = 0; byte < 256; ++byte) {
            all.push_back(static_cast<char>(byte));
        }
        std::string megabyte;
        while (megabyte.size() < 1024 * 1024) {
            megabyte += all;
        }
        const std::vector<std::string> payloads{"", std::string(1, '\0'), all, "\r\n$5\r\n*1\r\n", megabyte};
        for (const std::string& payload : payloads) {
            const std::uint64_t id = driver.Publish("a:b", payload);
            REQUIRE(driver.Until([&] { return driver.answers.count(id) == 1; }));
            CHECK(driver.answers[id].front().fate == Fate::kConfirmed);
            CHECK(driver.answers[id].front().receivers == 2);
        }
        REQUIRE(driver.Until([&] { return driver.delivered.size() == 2 * payloads.size(); }));
        std::size_t by_channel = 0;
        std::size_t by_pattern = 0;
        for (const EngineDriver::Delivered& one : driver.delivered) {
            CHECK(one.message.channel == "a:b");
            if (one.subscription == channel) {
                CHECK(one.message.payload == payloads[by_channel++]);
            } else {
                CHECK(one.subscription == pattern);
                CHECK(one.message.pattern == "a:*");
                CHECK(one.message.payload == payloads[by_pattern++]);
            }
        }
        CHECK(by_channel == payloads.size());
        CHECK(by_pattern == payloads.size());
    }

    SUBCASE("a subscription that ended hears nothing more") {
        EngineDriver driver(options);
        REQUIRE(driver.Connect());
        const SubscriptionId gone = driver.Subscribe(SubscriptionKind::kChannel, "c");
        const SubscriptionId stays = driver.Subscribe(SubscriptionKind::kChannel, "d");
        CHECK(driver.engine.Unsubscribe(gone).IsOk());
        CHECK(driver.engine.Unsubscribe(gone).Error().code == ErrorCode::kUnknownSubscription);
        // Until the server has the subscription, messages pass it by: ask until one arrives.
        REQUIRE(driver.Until([&] {
            const std::uint64_t id = driver.Publish("c", "no");
            (void)driver.Publish("d", "yes");
            return driver.Until([&] { return driver.answers.count(id + 1) == 1; }) && !driver.delivered.empty();
        }));
        for (const EngineDriver::Delivered& one : driver.delivered) {
            CHECK(one.subscription == stays);
        }
    }

    SUBCASE("ten thousand messages: all answered once, all delivered in order, none dropped") {
        constexpr int kCount = 10000;
        EngineDriver driver(options);
        (void)driver.Subscribe(SubscriptionKind::kChannel, "many");
        REQUIRE(driver.Connect());
        for (int i = 0; i < kCount; ++i) {
            // As a gamemode would: what is refused because the queue is full is sent in a later frame.
            REQUIRE(driver.Until([&] { return driver.engine.Publish("many", std::to_string(i), true).IsOk(); }));
        }
        REQUIRE(driver.Until([&] { return driver.delivered.size() == kCount && driver.answers.size() == kCount; }));
        for (int i = 0; i < kCount; ++i) {
            REQUIRE(driver.delivered[static_cast<std::size_t>(i)].message.payload == std::to_string(i));
        }
        for (const auto& [id, answers] : driver.answers) {
            REQUIRE(answers.size() == 1);
        }
        const StatsValues stats = driver.engine.Stats();
        CHECK(stats.published == kCount);
        CHECK(stats.received == kCount);
        CHECK(stats.dropped == 0);
    }

    SUBCASE("closing answers everything that waits, within its deadline") {
        EngineDriver driver(options);
        REQUIRE(driver.Connect());
        for (int i = 0; i < 500; ++i) {
            (void)driver.Publish("c", "m");
        }
        const auto start = std::chrono::steady_clock::now();
        driver.engine.Close();
        CheckTook(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(limits::kCloseDeadlineMs + 100));
        driver.AnswerAll();
        CHECK(driver.answers.size() == 500);
        driver.CheckSums();
        CHECK(driver.engine.Stats().pending == 0);
        CHECK(driver.engine.Connect().Error().code == ErrorCode::kShuttingDown);
    }
}

}  // namespace realtime::test
