// Drives an Engine as a game server would: frame after frame, until something has happened.
#pragma once

#include <doctest/doctest.h>

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "core/engine.h"

namespace realtime::test {

class EngineDriver final : private IDelivery {
  public:
    explicit EngineDriver(Options options) : engine(BackendList()) {
        const Result<void> configured = engine.Configure(std::move(options));
        REQUIRE(configured.IsOk());
    }
    /// Whatever the test was about: in the end nothing is on its way any more, and no message is unaccounted for.
    ~EngineDriver() {
        engine.Close();
        AnswerAll();
        const StatsValues stats = engine.Stats();
        if (!memory_ran_out) {
            CHECK(engine.Untold() == 0);
            CHECK(engine.AnswersOwed() == 0);
        }
        CHECK(stats.pending == 0);
        CHECK(stats.sent == stats.published + stats.failed + stats.unknown);
        CHECK(stats.received == stats.delivered + stats.dropped + stats.queued);
        for (const auto& [id, outcomes] : answers) {
            CHECK_MESSAGE(outcomes.size() == 1, "message ", id, " was answered ", outcomes.size(), " times");
        }
    }
    EngineDriver(const EngineDriver&) = delete;
    EngineDriver& operator=(const EngineDriver&) = delete;

    /// One frame after the other until `done`; false after a minute, which is a hang: the back-off alone may draw a
    /// pause of up to 30 s.
    bool Until(const std::function<bool()>& done) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
        while (!done()) {
            if (std::chrono::steady_clock::now() > deadline) {
                return false;
            }
            Process();
            CheckSums();
            std::this_thread::yield();
        }
        return true;
    }

    void Process() {
        if (around_process) {
            around_process([this] { engine.Process(Budget{}, *this); });
        } else {
            engine.Process(Budget{}, *this);
        }
    }

    bool UntilState(State state) {
        return Until([this, state] { return engine.GetState() == state; });
    }

    /// Until a connection was lost, if only for a moment: a busy machine may let this thread look again only when the
    /// next one stands already. Each loss is found by one call.
    bool UntilLost() {
        return Until([this] { return TakeLosses(); });
    }
    bool TakeLosses() { return std::exchange(losses_, 0) > 0; }

    bool Connect() { return engine.Connect().IsOk() && engine.WaitForConnect().IsOk(); }

    SubscriptionId Subscribe(SubscriptionKind kind, const std::string& name) {
        Result<SubscriptionId> id = engine.Subscribe(Topic{kind, name});
        REQUIRE(id.IsOk());
        return id.Value();
    }

    std::uint64_t Publish(const std::string& channel, const std::string& payload) {
        Result<std::uint64_t> id = engine.Publish(channel, payload, true);
        REQUIRE_MESSAGE(id.IsOk(), Describe(id.Error()));
        return id.Value();
    }

    /// Both equations hold at every look.
    void CheckSums() const {
        const StatsValues stats = engine.Stats();
        REQUIRE(stats.sent == stats.published + stats.failed + stats.unknown + stats.pending);
        REQUIRE(stats.pending <= stats.sent);  // none was settled twice
        REQUIRE(stats.received == stats.delivered + stats.dropped + stats.queued);
    }

    /// Tells the answers that Engine::Close left.
    void AnswerAll() { engine.AnswerAll(*this); }

    [[nodiscard]] bool Logged(const std::string& part) const {
        for (const LogLine& line : log) {
            if (line.text.find(part) != std::string::npos) {
                return true;
            }
        }
        return false;
    }

    /// What a subscription was given, copied: the message itself ends with the frame.
    struct Message {
        SubscriptionKind kind;
        std::string pattern;
        std::string channel;
        std::string payload;
    };
    struct Delivered {
        SubscriptionId subscription;
        Message message;
    };
    std::vector<Delivered> delivered;
    std::map<std::uint64_t, std::vector<Outcome>> answers;
    std::vector<StateChange> changes;
    std::vector<LogLine> log;
    std::vector<Result<void>> attempts;
    /// Calls what it is given, and may look at it from outside.
    std::function<void(const std::function<void()>&)> around_process;
    /// Over the end of the engine, so that not all could be told.
    bool memory_ran_out = false;
    Engine engine;

  private:
    void Deliver(SubscriptionId subscription, const InboundMessage& message) override {
        delivered.push_back(
            Delivered{subscription, Message{message.Kind(), std::string(message.Pattern()),
                                            std::string(message.Channel()), std::string(message.Payload())}});
    }
    void Answer(const Outcome& outcome) override { answers[outcome.id].push_back(outcome); }
    void Attempted(std::uint64_t /*attempt*/, const Result<void>& result) override { attempts.push_back(result); }
    void Changed(const StateChange& change) override {
        changes.push_back(change);
        losses_ += change.to == State::kReconnecting ? 1 : 0;
    }
    void Log(const LogLine& line) override { log.push_back(line); }

    std::size_t losses_ = 0;  // that no call has found yet
};

}  // namespace realtime::test
