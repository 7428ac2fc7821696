// What has arrived is not lost with a connection that is lost. The backend is on its own here, with a host of the
// test's that can keep the I/O thread from reading on.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include "backend/redis/redis_backend.h"
#include "support/redis_server.h"
#include "support/resp_client.h"
#include "support/timing.h"

using namespace realtime;
using realtime::test::AskRedis;
using realtime::test::CheckTook;
using realtime::test::RedisConnection;
using realtime::test::RedisServer;

namespace {

constexpr const char* kChannel = "c";
constexpr const char* kAnother = "another";
constexpr std::chrono::seconds kHang{30};

using Clock = std::chrono::steady_clock;

/// Wants one channel, later two, and publishes nothing. The I/O thread calls the private half. With `holds` it is held
/// at the first message until GoOn.
class OneChannelHost final : public IBackendHost {
  public:
    OneChannelHost(bool holds, Clock::time_point next_look) : next_look_(next_look), may_go_on_(!holds) {}

    bool UntilArrived(std::size_t count) {
        return Wait([this, count] { return arrived_.size() >= count; });
    }
    /// Together with a Wake.
    void WantAnother() { version_ = 2; }
    std::size_t Batches() {
        const std::lock_guard lock(mutex_);
        return batches_;
    }
    bool UntilConnected() {
        return Wait([this] { return is_connected_; });
    }
    bool UntilHeld() {
        return Wait([this] { return is_held_; });
    }
    bool UntilLost() {
        return Wait([this] { return is_lost_; });
    }
    bool UntilClosed() {
        return Wait([this] { return is_closed_; });
    }
    void GoOn() {
        const std::lock_guard lock(mutex_);
        may_go_on_ = true;
        changed_.notify_all();
    }
    std::vector<std::string> Arrived() {
        const std::lock_guard lock(mutex_);
        return arrived_;
    }

  private:
    template <typename Condition>
    bool Wait(Condition condition) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, kHang, condition);
    }
    void Set(bool& flag) {
        const std::lock_guard lock(mutex_);
        flag = true;
        changed_.notify_all();
    }

    std::size_t TakeOutbound(std::deque<OutboundMessage>& /*out*/, std::size_t /*most*/) override { return 0; }
    bool HasOutbound() override { return false; }
    std::uint64_t TopicsVersion() override { return version_; }
    std::vector<Topic> Topics() override {
        std::vector<Topic> topics{Topic{SubscriptionKind::kChannel, kChannel}};
        if (version_ > 1) {
            topics.push_back(Topic{SubscriptionKind::kChannel, kAnother});
        }
        return topics;
    }
    void OnMessages(std::vector<InboundMessage>& batch) override {
        if (batch.empty()) {
            return;
        }
        std::unique_lock lock(mutex_);
        ++batches_;
        for (const InboundMessage& message : batch) {
            arrived_.emplace_back(message.Payload());
        }
        batch.clear();
        is_held_ = true;
        changed_.notify_all();
        changed_.wait_for(lock, kHang, [this] { return may_go_on_; });
    }
    Clock::time_point NextLook() override { return next_look_; }
    SpentMemory& Spent() override { return spent_; }
    void OnTooLarge() override {}
    void OnOutcomes(std::vector<Outcome>& batch) override { batch.clear(); }
    void Recycle(std::vector<std::string>& texts) override { texts.clear(); }
    void OnAttempt(Result<void> result) override {
        if (result.IsOk()) {
            Set(is_connected_);
        }
    }
    void OnLost(const Error& /*error*/) override { Set(is_lost_); }
    void OnClosed() override { Set(is_closed_); }
    void OnLog(LogLevel /*level*/, std::string /*line*/) override {}

    const Clock::time_point next_look_;
    std::atomic<std::uint64_t> version_{1};
    SpentMemory spent_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> arrived_;
    std::size_t batches_ = 0;
    bool is_connected_ = false;
    bool is_held_ = false;
    bool may_go_on_;
    bool is_lost_ = false;
    bool is_closed_ = false;
};

}  // namespace

TEST_CASE("what the subscribed connection holds is delivered when the publishing one is lost") {
    constexpr int kMessages = 100;
    const RedisServer server;
    OneChannelHost host(true, {});
    const std::unique_ptr<IBackend> backend = redis::Factory().create(server.OptionsFor(), host);
    REQUIRE(backend->Open().IsOk());
    REQUIRE(host.UntilConnected());
    std::vector<std::string> published;
    const auto publish = [&](const std::string& payload) {
        published.push_back(payload);
        REQUIRE(AskRedis(server.Socket(), {"PUBLISH", kChannel, payload}) == "1");
    };
    publish("the one at which the thread is held");
    REQUIRE(host.UntilHeld());
    for (int i = 0; i < kMessages; ++i) {
        publish(std::to_string(i));
    }
    // Both connections are readable when the thread looks again: one with messages, one with its end.
    REQUIRE(AskRedis(server.Socket(), {"CLIENT", "KILL", "TYPE", "normal"}) == "1");
    host.GoOn();
    REQUIRE(host.UntilLost());
    backend->RequestClose(Clock::now());
    REQUIRE(host.UntilClosed());
    CHECK(host.Arrived() == published);
}

TEST_CASE("many messages before the game thread looks are read together, and soon enough when it does not look") {
    constexpr std::size_t kMessages = 500;
    constexpr auto kRest = std::chrono::milliseconds(20);
    const RedisServer server;
    OneChannelHost host(false, Clock::now() + std::chrono::hours(1));
    const std::unique_ptr<IBackend> backend = redis::Factory().create(server.OptionsFor(), host);
    REQUIRE(backend->Open().IsOk());
    REQUIRE(host.UntilConnected());
    RedisConnection client(server.Socket());
    const Clock::time_point start = Clock::now();
    for (std::size_t i = 0; i < kMessages; ++i) {
        REQUIRE(client.Ask({"PUBLISH", kChannel, std::to_string(i)}) == "1");
    }
    REQUIRE(host.UntilArrived(kMessages));
    const auto rests = static_cast<std::size_t>((Clock::now() - start) / kRest);
    // The first two are read as they come.
    CHECK(host.Batches() <= rests + 3);
    MESSAGE(kMessages, " messages were read in ", host.Batches(), " batches");
    backend->RequestClose(Clock::now());
    REQUIRE(host.UntilClosed());
    CHECK(host.Arrived().size() == kMessages);
}

namespace {

/// Connected, and leaving its connection alone: two messages have come before the game thread looks.
struct Resting {
    RedisServer server;
    OneChannelHost host{false, Clock::now() + std::chrono::hours(1)};
    std::unique_ptr<IBackend> backend = redis::Factory().create(server.OptionsFor(), host);

    Resting() {
        REQUIRE(backend->Open().IsOk());
        REQUIRE(host.UntilConnected());
        for (std::size_t i = 1; i <= 2; ++i) {
            Publish();
            REQUIRE(host.UntilArrived(i));
        }
    }
    void Publish() const { REQUIRE(AskRedis(server.Socket(), {"PUBLISH", kChannel, "m"}) == "1"); }
};

/// The longest rest, and what the kernel may take to run us again.
constexpr auto kSoon = std::chrono::milliseconds(20 + 30);

}  // namespace

TEST_CASE("a message on its own is read at once, whenever the game thread looks") {
    const RedisServer server;
    OneChannelHost host(false, Clock::now() + std::chrono::hours(1));
    const std::unique_ptr<IBackend> backend = redis::Factory().create(server.OptionsFor(), host);
    REQUIRE(backend->Open().IsOk());
    REQUIRE(host.UntilConnected());
    RedisConnection client(server.Socket());
    const Clock::time_point start = Clock::now();
    REQUIRE(client.Ask({"PUBLISH", kChannel, "alone"}) == "1");
    REQUIRE(host.UntilArrived(1));
    CheckTook(Clock::now() - start, std::chrono::milliseconds(15));
    backend->RequestClose(Clock::now());
    REQUIRE(host.UntilClosed());
}

TEST_CASE("while it rests: what comes is read soon") {
    Resting resting;
    const Clock::time_point start = Clock::now();
    resting.Publish();
    REQUIRE(resting.host.UntilArrived(3));
    CheckTook(Clock::now() - start, kSoon);
}

TEST_CASE("while it rests: the end of the connection is seen soon") {
    Resting resting;
    const Clock::time_point start = Clock::now();
    REQUIRE(AskRedis(resting.server.Socket(), {"CLIENT", "KILL", "TYPE", "pubsub"}) == "1");
    REQUIRE(resting.host.UntilLost());
    CheckTook(Clock::now() - start, kSoon);
}

TEST_CASE("while it rests: closing ends at once") {
    Resting resting;
    const Clock::time_point start = Clock::now();
    resting.backend->RequestClose(start);
    REQUIRE(resting.host.UntilClosed());
    CheckTook(Clock::now() - start, std::chrono::milliseconds(15));
}

TEST_CASE("while it rests: a new subscription is in force at once, and its answer read") {
    Resting resting;
    resting.Publish();
    resting.host.WantAnother();
    const Clock::time_point start = Clock::now();
    resting.backend->Wake();
    RedisConnection client(resting.server.Socket());
    while (client.Ask({"PUBSUB", "NUMSUB", kAnother}) == std::string(kAnother) + "\n0") {
    }
    CheckTook(Clock::now() - start, std::chrono::milliseconds(15));
    REQUIRE(client.Ask({"PUBLISH", kAnother, "m"}) == "1");
    REQUIRE(resting.host.UntilArrived(4));
}
