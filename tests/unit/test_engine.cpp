// The engine against a backend that does nothing by itself, so that every state can be held still.
#include "core/engine.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "support/timing.h"

using namespace realtime;
using realtime::test::CheckTook;
using namespace std::chrono_literals;

namespace {

/// What the test holds of the backend that the engine made last.
struct Puppet {
    IBackendHost* host = nullptr;
    int wakes = 0;
    int closes = 0;
};

Puppet& ThePuppet() {
    static Puppet puppet;
    return puppet;
}

class PuppetBackend final : public IBackend {
  public:
    explicit PuppetBackend(IBackendHost& host) { ThePuppet() = Puppet{&host, 0, 0}; }
    Result<void> Open() override { return {}; }
    void Wake() override { ++ThePuppet().wakes; }
    void RequestClose(std::chrono::steady_clock::time_point /*flush_until*/) override { ++ThePuppet().closes; }
};

const std::vector<BackendFactory>& Puppets() {
    static const std::vector<BackendFactory> kList{
        {"puppet", [](const Options&) { return Result<void>(); },
         [](const Options&, IBackendHost& host) -> std::unique_ptr<IBackend> {
             return std::make_unique<PuppetBackend>(host);
         }}};
    return kList;
}

class Counter final : public IDelivery {
  public:
    void Deliver(SubscriptionId /*id*/, const InboundMessage& message) override { got.emplace_back(message.Payload()); }
    void Answer(const Outcome& outcome) override { answers.push_back(outcome); }
    void Attempted(std::uint64_t /*attempt*/, const Result<void>& result) override { attempts.push_back(result); }
    void Changed(const StateChange& change) override { changes.push_back(change); }
    void Log(const LogLine& line) override { log.push_back(line.text); }

    std::vector<std::string> got;
    std::vector<Outcome> answers;
    std::vector<Result<void>> attempts;
    std::vector<StateChange> changes;
    std::vector<std::string> log;
};

void Arrive(const std::vector<std::string>& payloads) {
    std::vector<InboundMessage> batch;
    for (const std::string& payload : payloads) {
        batch.push_back(InboundMessage{SubscriptionKind::kChannel, {}, "c", payload});
    }
    ThePuppet().host->OnMessages(batch);
}

}  // namespace

TEST_CASE("a full inbound queue drops its oldest and counts them; the sums hold") {
    Engine engine(Puppets());
    Options options;
    options.queue.messages = 3;
    REQUIRE(engine.Configure(options).IsOk());
    REQUIRE(engine.Subscribe({SubscriptionKind::kChannel, "c"}).IsOk());
    REQUIRE(engine.Connect().IsOk());
    Arrive({"1", "2", "3", "4", "5"});
    CHECK(engine.Stats().droppedOverflow == 2);
    CHECK(engine.Stats().queued == 3);
    Counter counter;
    CHECK(engine.Process(Budget{0, std::chrono::microseconds(0)}, counter) == 3);
    CHECK(counter.got == std::vector<std::string>{"3", "4", "5"});
    CHECK(engine.Stats().received == 5);
    CHECK(engine.Stats().delivered == 3);
    ThePuppet().host->OnClosed();
}

TEST_CASE("Process keeps to its number of events and carries the rest over") {
    Engine engine(Puppets());
    REQUIRE(engine.Subscribe({SubscriptionKind::kChannel, "c"}).IsOk());
    REQUIRE(engine.Connect().IsOk());
    Arrive({"1", "2", "3"});
    Counter counter;
    CHECK(engine.Process(Budget{2, 0us}, counter) == 2);
    CHECK(engine.Stats().queued == 1);
    CHECK(engine.Process(Budget{2, 0us}, counter) == 1);
    CHECK(counter.got == std::vector<std::string>{"1", "2", "3"});
    ThePuppet().host->OnClosed();
}

TEST_CASE("who falls behind takes turns between topics until nothing is left, then the order of arrival again") {
    Engine engine(Puppets());
    REQUIRE(engine.Subscribe({SubscriptionKind::kChannel, "c"}).IsOk());
    REQUIRE(engine.Subscribe({SubscriptionKind::kChannel, "quiet"}).IsOk());
    REQUIRE(engine.Connect().IsOk());
    constexpr std::size_t kFlood = 1000;
    const auto arrive_quiet = [](const std::string& payload) {
        std::vector<InboundMessage> batch{InboundMessage{SubscriptionKind::kChannel, {}, "quiet", payload}};
        ThePuppet().host->OnMessages(batch);
    };
    Arrive(std::vector<std::string>(kFlood, "flood"));
    arrive_quiet("1");
    Counter counter;
    CHECK(engine.Process(Budget{10, 0us}, counter) == 10);
    CHECK(counter.got == std::vector<std::string>(10, "flood"));
    counter.got.clear();
    CHECK(engine.Process(Budget{100, 0us}, counter) == 100);
    CHECK(std::count(counter.got.begin(), counter.got.end(), "1") == 1);
    engine.Process(Budget{0, 0us}, counter);
    CHECK(engine.Stats().delivered == kFlood + 1);
    counter.got.clear();
    Arrive({"2", "3"});
    arrive_quiet("4");
    Arrive({"5"});
    engine.Process(Budget{0, 0us}, counter);
    CHECK(counter.got == std::vector<std::string>{"2", "3", "4", "5"});
    ThePuppet().host->OnClosed();
}

TEST_CASE("closing from inside a callback ends the delivery; the sums hold") {
    Engine engine(Puppets());
    REQUIRE(engine.Subscribe({SubscriptionKind::kChannel, "c"}).IsOk());
    REQUIRE(engine.Connect().IsOk());
    Arrive({"1", "2", "3"});
    ThePuppet().host->OnClosed();
    class Closer final : public IDelivery {
      public:
        explicit Closer(Engine& engine) : engine_(engine) {}
        void Deliver(SubscriptionId /*id*/, const InboundMessage& /*message*/) override { engine_.Close(); }
        void Answer(const Outcome& /*outcome*/) override {}
        void Attempted(std::uint64_t /*attempt*/, const Result<void>& /*result*/) override {}
        void Changed(const StateChange& /*change*/) override {}
        void Log(const LogLine& /*line*/) override {}

      private:
        Engine& engine_;
    } closer(engine);
    CHECK(engine.Process({}, closer) == 1);
    CHECK(engine.Stats().queued == 2);
    CHECK(engine.Stats().received == 3);
}

TEST_CASE("Process keeps to its time, yet always moves on") {
    Engine engine(Puppets());
    REQUIRE(engine.Subscribe({SubscriptionKind::kChannel, "c"}).IsOk());
    REQUIRE(engine.Connect().IsOk());
    Arrive({"1", "2", "3"});
    class Slow final : public IDelivery {
      public:
        void Deliver(SubscriptionId /*id*/, const InboundMessage& /*message*/) override {
            const auto until = std::chrono::steady_clock::now() + 2ms;
            while (std::chrono::steady_clock::now() < until) {
            }
        }
        void Answer(const Outcome& /*outcome*/) override {}
        void Attempted(std::uint64_t /*attempt*/, const Result<void>& /*result*/) override {}
        void Changed(const StateChange& /*change*/) override {}
        void Log(const LogLine& /*line*/) override {}
    } slow;
    CHECK(engine.Process(Budget{0, 1ms}, slow) == 1);
    CHECK(engine.Process(Budget{0, 1ms}, slow) == 1);
    ThePuppet().host->OnClosed();
}

TEST_CASE("what arrives for nobody is counted as unclaimed") {
    Engine engine(Puppets());
    const SubscriptionId id = engine.Subscribe({SubscriptionKind::kChannel, "c"}).Value();
    REQUIRE(engine.Connect().IsOk());
    Arrive({"1"});
    REQUIRE(engine.Unsubscribe(id).IsOk());
    Counter counter;
    engine.Process({}, counter);
    CHECK(counter.got.empty());
    CHECK(engine.Stats().droppedUnclaimed == 1);
    CHECK(engine.Stats().delivered == 0);
    ThePuppet().host->OnClosed();
}

TEST_CASE("only the first message of a batch wakes the backend") {
    Engine engine(Puppets());
    REQUIRE(engine.Connect().IsOk());
    for (int i = 0; i < 10; ++i) {
        REQUIRE(engine.Publish("c", "m", false).IsOk());
    }
    CHECK(ThePuppet().wakes == 1);
    std::deque<OutboundMessage> taken;
    CHECK(ThePuppet().host->TakeOutbound(taken, 0) == 10);
    REQUIRE(engine.Publish("c", "m", false).IsOk());
    CHECK(ThePuppet().wakes == 2);
    ThePuppet().host->OnClosed();
}

TEST_CASE("the bound counts what is on its way, not only what waits in the queue") {
    Engine engine(Puppets());
    Options options;
    options.queue.messages = 2;
    REQUIRE(engine.Configure(options).IsOk());
    REQUIRE(engine.Connect().IsOk());
    REQUIRE(engine.Publish("c", "1", true).IsOk());
    REQUIRE(engine.Publish("c", "2", false).IsOk());
    std::deque<OutboundMessage> taken;
    ThePuppet().host->TakeOutbound(taken, 0);
    CHECK(engine.Publish("c", "3", false).Error().code == ErrorCode::kQueueFull);
    std::vector<Outcome> outcomes{OutcomeOf(taken[0], Fate::kConfirmed, 4), OutcomeOf(taken[1], Fate::kUnknown, 0)};
    ThePuppet().host->OnOutcomes(outcomes);
    CHECK(engine.Publish("c", "3", false).IsOk());
    Counter counter;
    engine.Process({}, counter);
    REQUIRE(counter.answers.size() == 1);
    CHECK(counter.answers[0].receivers == 4);
    const StatsValues stats = engine.Stats();
    CHECK(stats.sent == 3);
    CHECK(stats.published == 1);
    CHECK(stats.unknown == 1);
    CHECK(stats.pending == 1);
    CHECK(stats.refused == 1);
    ThePuppet().host->OnClosed();
}

TEST_CASE("of what failed, only what the end left over counts as unsent") {
    Engine engine(Puppets());
    REQUIRE(engine.Connect().IsOk());
    for (int i = 0; i < 3; ++i) {
        REQUIRE(engine.Publish("c", "m", false).IsOk());
    }
    std::deque<OutboundMessage> taken;
    ThePuppet().host->TakeOutbound(taken, 0);
    std::vector<Outcome> outcomes{OutcomeOf(taken[0], Fate::kFailed, 0, MakeError(ErrorCode::kNoPermission)),
                                  OutcomeOf(taken[1], Fate::kFailed, 0, MakeError(ErrorCode::kShuttingDown)),
                                  OutcomeOf(taken[2], Fate::kFailed, 0, MakeError(ErrorCode::kServerError))};
    ThePuppet().host->OnOutcomes(outcomes);
    CHECK(engine.Stats().failed == 3);
    CHECK(engine.Unsent() == 1);
    ThePuppet().host->OnClosed();
}

TEST_CASE("what arrives too large is received and dropped; the sums hold") {
    Engine engine(Puppets());
    REQUIRE(engine.Connect().IsOk());
    REQUIRE(engine.Subscribe(Topic{SubscriptionKind::kChannel, "c"}).IsOk());
    Arrive({"1"});
    ThePuppet().host->OnTooLarge();
    ThePuppet().host->OnTooLarge();
    Counter counter;
    CHECK(engine.Process({}, counter) == 1);
    const StatsValues stats = engine.Stats();
    CHECK(stats.received == 3);
    CHECK(stats.delivered == 1);
    CHECK(stats.dropped == 2);
    CHECK(stats.droppedTooLarge == 2);
    ThePuppet().host->OnClosed();
}

TEST_CASE("the byte bound counts what is on its way, too, until its outcome") {
    Engine engine(Puppets());
    Options options;
    options.queue.bytes = 100;
    REQUIRE(engine.Configure(options).IsOk());
    REQUIRE(engine.Connect().IsOk());
    REQUIRE(engine.Publish("c", std::string(59, 'x'), false).IsOk());
    std::deque<OutboundMessage> taken;
    ThePuppet().host->TakeOutbound(taken, 0);
    CHECK(engine.Publish("c", std::string(40, 'x'), false).Error().code == ErrorCode::kQueueFull);
    CHECK(engine.Publish("c", std::string(39, 'x'), false).IsOk());
    std::vector<Outcome> outcomes{OutcomeOf(taken[0], Fate::kConfirmed, 0)};
    ThePuppet().host->OnOutcomes(outcomes);
    CHECK(engine.Publish("c", std::string(59, 'x'), false).IsOk());
    CHECK(engine.Stats().sent == 3);
    CHECK(engine.Stats().refused == 1);
    ThePuppet().host->OnClosed();
}

TEST_CASE("a disconnect that meets the end of the connection leaves it ended") {
    Engine engine(Puppets());
    REQUIRE(engine.Connect().IsOk());
    REQUIRE(engine.Disconnect(0ms).IsOk());
    ThePuppet().host->OnClosed();
    CHECK(engine.Disconnect(0ms).Error().code == ErrorCode::kNotConnected);
    CHECK(engine.GetState() == State::kDisconnected);
    CHECK(engine.Connect().IsOk());
    ThePuppet().host->OnClosed();
}

TEST_CASE("answers and messages take turns, and a call ends although its callbacks cause more of both") {
    Engine engine(Puppets());
    REQUIRE(engine.Subscribe({SubscriptionKind::kChannel, "c"}).IsOk());
    REQUIRE(engine.Connect().IsOk());
    class Echo final : public IDelivery {
      public:
        explicit Echo(Engine& engine) : engine_(engine) {}
        void Deliver(SubscriptionId /*id*/, const InboundMessage& /*message*/) override {
            order += "m";
            Arrive({"more"});
        }
        void Answer(const Outcome& /*outcome*/) override {
            order += "a";
            PublishAndConfirm();
        }
        void Attempted(std::uint64_t /*attempt*/, const Result<void>& /*result*/) override {}
        void Changed(const StateChange& /*change*/) override {}
        void Log(const LogLine& /*line*/) override {}
        void PublishAndConfirm() {
            REQUIRE(engine_.Publish("x", "m", true).IsOk());
            std::deque<OutboundMessage> taken;
            ThePuppet().host->TakeOutbound(taken, 0);
            std::vector<Outcome> outcomes{OutcomeOf(taken[0], Fate::kConfirmed, 0)};
            ThePuppet().host->OnOutcomes(outcomes);
        }
        std::string order;

      private:
        Engine& engine_;
    } echo(engine);
    echo.PublishAndConfirm();
    echo.PublishAndConfirm();
    Arrive({"1", "2", "3"});
    CHECK(engine.Process(Budget{0, 0us}, echo) == 3);
    CHECK(echo.order == "amamm");
    CHECK(engine.Process(Budget{1, 0us}, echo) == 1);
    CHECK(echo.order == "amammama");
    ThePuppet().host->OnClosed();
}

TEST_CASE("waiting for a connect that never ends gives up at the timeout; the answer still comes once") {
    Engine engine(Puppets());
    Options options;
    options.timeout = 20ms;
    REQUIRE(engine.Configure(options).IsOk());
    CHECK(engine.WaitForConnect().Error().code == ErrorCode::kNotConnected);
    REQUIRE(engine.Connect().IsOk());
    CHECK(engine.WaitForConnect().Error().code == ErrorCode::kTimeout);
    ThePuppet().host->OnAttempt(MakeError(ErrorCode::kConnectFailed));
    ThePuppet().host->OnAttempt({});
    CHECK(engine.GetState() == State::kConnected);
    Counter counter;
    engine.Process({}, counter);
    engine.Process({}, counter);
    REQUIRE(counter.attempts.size() == 1);
    CHECK(counter.attempts[0].Error().code == ErrorCode::kConnectFailed);
    ThePuppet().host->OnClosed();
}

TEST_CASE("a backend that hangs cannot hold the close beyond its deadline") {
    const auto start = std::chrono::steady_clock::now();
    {
        Engine engine(Puppets());
        REQUIRE(engine.Connect().IsOk());
    }
    CHECK(ThePuppet().closes == 1);
    CheckTook(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(limits::kCloseDeadlineMs + 200));
}

TEST_CASE("log lines below the level are not made, and those beyond the bound are counted") {
    Engine engine(Puppets());
    REQUIRE(engine.Connect().IsOk());
    ThePuppet().host->OnLog(LogLevel::kDebug, "quiet");
    for (std::int64_t i = 0; i < limits::kMaxLogLines + 5; ++i) {
        ThePuppet().host->OnLog(LogLevel::kWarn, std::to_string(i));
    }
    Counter counter;
    engine.Process({}, counter);
    ThePuppet().host->OnLog(LogLevel::kWarn, std::to_string(limits::kMaxLogLines + 4));
    engine.Process({}, counter);  // told a moment ago: only counted
    CHECK(counter.log.size() == static_cast<std::size_t>(limits::kMaxLogLines));
    CHECK(counter.log.front() == "5");
    CHECK(engine.Stats().droppedLogLines == 5);
    ThePuppet().host->OnClosed();
}

TEST_CASE("finding 6: a configuration counts from the next Connect on") {
    Engine engine(Puppets());
    REQUIRE(engine.Connect().IsOk());
    Options options;
    options.max_payload_bytes = 1;
    options.queue.messages = 1;
    options.log_level = LogLevel::kError;
    options.source = "/gmod/other";
    REQUIRE(engine.Configure(options).IsOk());
    CHECK(engine.Publish("c", "longer", false).IsOk());
    CHECK(engine.OptionsInForce().source == Options().source);
    ThePuppet().host->OnLog(LogLevel::kWarn, "still told");
    Counter counter;
    engine.Process({}, counter);
    CHECK(counter.log == std::vector<std::string>{"still told"});
    REQUIRE(engine.Disconnect(0ms).IsOk());
    ThePuppet().host->OnClosed();
    REQUIRE(engine.Connect().IsOk());
    CHECK(engine.Publish("c", "longer", false).IsErr());
    CHECK(engine.OptionsInForce().source == "/gmod/other");
    ThePuppet().host->OnClosed();
}

TEST_CASE("finding 7: nobody takes turns once nothing is left, were it because the rest was dropped") {
    /// Its answer makes the queue smaller, and what waits in it is dropped for what comes then.
    class Reconnecting final : public IDelivery {
      public:
        explicit Reconnecting(Engine& engine) : engine_(engine) {}
        void Deliver(SubscriptionId /*id*/, const InboundMessage& message) override {
            got.append(message.Payload()).push_back(' ');
        }
        void Answer(const Outcome& /*outcome*/) override {
            REQUIRE(engine_.Disconnect(0ms).IsOk());
            ThePuppet().host->OnClosed();
            Options options;
            options.queue.messages = 1;
            REQUIRE(engine_.Configure(options).IsOk());
            REQUIRE(engine_.Connect().IsOk());
            Arrive({"new"});
        }
        void Attempted(std::uint64_t /*attempt*/, const Result<void>& /*result*/) override {}
        void Changed(const StateChange& /*change*/) override {}
        void Log(const LogLine& /*line*/) override {}
        std::string got;

      private:
        Engine& engine_;
    };
    Engine engine(Puppets());
    Reconnecting delivery(engine);
    for (const char* channel : {"c", "d"}) {
        REQUIRE(engine.Subscribe({SubscriptionKind::kChannel, channel}).IsOk());
    }
    REQUIRE(engine.Connect().IsOk());
    Arrive({"1", "2"});
    engine.Process(Budget{1, {}}, delivery);  // leaves one over
    Arrive({"3", "4"});
    Result<std::uint64_t> id = engine.Publish("c", "x", true);
    REQUIRE(id.IsOk());
    std::vector<Outcome> outcomes{Outcome{id.Value(), true, Fate::kConfirmed, 0, {}, 2}};
    ThePuppet().host->OnOutcomes(outcomes);
    engine.Process(Budget{0, {}}, delivery);
    CHECK(delivery.got == "1 2 new ");
    REQUIRE(engine.Disconnect(0ms).IsOk());
    ThePuppet().host->OnClosed();
    REQUIRE(engine.Configure({}).IsOk());
    REQUIRE(engine.Connect().IsOk());
    delivery.got.clear();
    Arrive({"5", "6"});
    std::vector<InboundMessage> other{InboundMessage{SubscriptionKind::kChannel, {}, "d", "7"}};
    ThePuppet().host->OnMessages(other);
    engine.Process(Budget{0, {}}, delivery);
    CHECK(delivery.got == "5 6 7 ");
    ThePuppet().host->OnClosed();
}
