// What others may send: every byte in names and payloads, lengths that nobody has the memory for, words without an end,
// and more messages than any game can take. Nothing of it is obeyed, kept beyond the bounds, or lost without a count.
#include <doctest/doctest.h>
#include <hiredis/hiredis.h>

#include <atomic>
#include <fstream>
#include <memory>
#include <thread>

#include "support/engine_driver.h"
#include "support/fake_server.h"
#include "support/fault_run.h"
#include "support/redis_server.h"
#include "support/resp_client.h"
#include "support/timing.h"

using namespace realtime;
using realtime::test::AskRedis;
using realtime::test::CallTimer;
using realtime::test::CheckTook;
using realtime::test::EngineDriver;
using realtime::test::FakeServer;
using realtime::test::FaultRow;
using realtime::test::IsWatched;
using realtime::test::RedisServer;
using realtime::test::Rounds;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::size_t kMiB = 1024UL * 1024;
/// Ten thousand small messages in the inbound queue, and buffers.
constexpr std::size_t kFullQueue = 16 * kMiB;

/// Memory of this process that is in use, in bytes.
std::size_t ResidentBytes() {
    std::ifstream file("/proc/self/statm");
    std::size_t size = 0;
    std::size_t resident = 0;
    file >> size >> resident;
    return resident * 4096;
}

std::string Bulk(const std::string& text) {
    return "$" + std::to_string(text.size()) + "\r\n" + text + "\r\n";
}

std::string MessageHead(const std::string& channel) {
    return "*3\r\n" + Bulk("message") + Bulk(channel);
}

/// A message of so many bytes on a channel that is subscribed to is counted, and not kept.
void CheckDropped(EngineDriver& driver, std::uint64_t dropped, std::size_t most_memory) {
    REQUIRE(driver.Until([&] { return driver.engine.Stats().droppedTooLarge == dropped; }));
    CHECK(driver.engine.Stats().dropped == dropped);
    CHECK(driver.engine.Stats().connects == 1);
    CHECK(driver.engine.Stats().connectFailures == 0);
    if (!IsWatched()) {
        CHECK(ResidentBytes() < most_memory);
    }
}

}  // namespace

TEST_CASE("names and payloads are bytes: nothing in them is a command or the end of one") {
    const RedisServer server;
    REQUIRE(AskRedis(server.Socket(), {"SET", "treasure", "here"}) == "OK");
    const std::vector<std::string> words{
        "\r\n*1\r\n$8\r\nFLUSHALL\r\n",
        "x\r\nFLUSHALL\r\n",
        std::string("\0\r\n\0", 4),
        "$-1\r\n",
        "*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$6\r\nforged\r\n",
        "+OK\r\n-ERR no\r\n:1\r\n",
        "\x1b[2J\x1b[31m%s%n{}\\",
    };
    EngineDriver driver(server.OptionsFor());
    for (const std::string& word : words) {
        (void)driver.Subscribe(SubscriptionKind::kChannel, word);
    }
    (void)driver.Subscribe(SubscriptionKind::kChannel, "c");
    REQUIRE(driver.Connect());
    std::vector<std::pair<std::string, std::string>> sent;
    for (const std::string& channel : words) {
        for (const std::string& payload : words) {
            sent.emplace_back(channel, payload);
            (void)driver.Publish(channel, payload);
        }
    }
    REQUIRE(
        driver.Until([&] { return driver.delivered.size() >= sent.size() && driver.answers.size() == sent.size(); }));
    REQUIRE(driver.delivered.size() == sent.size());
    for (std::size_t i = 0; i < sent.size(); ++i) {
        CHECK((driver.delivered[i].message.channel == sent[i].first));
        CHECK((driver.delivered[i].message.payload == sent[i].second));
    }
    CHECK(driver.engine.Stats().published == sent.size());
    CHECK(driver.engine.Stats().connects == 1);
    CHECK(AskRedis(server.Socket(), {"GET", "treasure"}) == "here");
    CHECK(AskRedis(server.Socket(), {"INFO", "commandstats"}).find("flushall") == std::string::npos);
}

TEST_CASE("half a gibibyte is announced: it is refused there and then, and no byte is allocated for it") {
    FakeServer server;
    Options options = server.OptionsFor();
    options.timeout = 300ms;
    EngineDriver driver(options);
    (void)driver.Subscribe(SubscriptionKind::kChannel, "c");
    REQUIRE(driver.Connect());
    const std::size_t before = ResidentBytes();
    SUBCASE("by a message, and never sent: silence ends the connection, which is made anew") {
        server.Tell(MessageHead("c") + "$536870912\r\nthe begin of it");
        REQUIRE(driver.UntilLost());
        REQUIRE(driver.UntilState(State::kConnected));
    }
    SUBCASE("by the answer to a PUBLISH: that is no answer") {
        server.Play(FakeServer::AnswerPublish("$536870912\r\nthe begin of it"));
        (void)driver.Publish("c", "m");
        REQUIRE(driver.UntilLost());
        server.Play({});
        REQUIRE(driver.UntilState(State::kConnected));
        REQUIRE(driver.Until([&] { return driver.Logged("a reply is longer than"); }));
    }
    if (!IsWatched()) {
        CHECK(ResidentBytes() < before + 8 * kMiB);
    }
    CHECK(driver.engine.Stats().pending == 0);
    (void)driver.Publish("c", "after");
    REQUIRE(driver.Until([&] { return driver.delivered.size() == 1; }));
    CHECK(driver.delivered.front().message.payload == "after");
    CHECK(driver.engine.Stats().received == 1);
}

TEST_CASE("a message longer than maxPayloadBytes is read over and counted; the connection and all else stay") {
    const RedisServer server({"--client-output-buffer-limit", "pubsub", "0", "0", "0"});
    const Options options = server.OptionsFor();
    EngineDriver driver(options);
    (void)driver.Subscribe(SubscriptionKind::kChannel, "c");
    (void)driver.Subscribe(SubscriptionKind::kPattern, "big:*");
    REQUIRE(driver.Connect());
    const std::size_t bound = options.max_payload_bytes;
    const std::string most(bound, 'm');
    SUBCASE("a message that is as long as it may be") {
        REQUIRE(AskRedis(server.Socket(), {"PUBLISH", "c", most}) == "1");
        REQUIRE(driver.Until([&] { return driver.delivered.size() == 1; }));
        CHECK((driver.delivered.front().message.payload == most));
        CHECK(driver.engine.Stats().dropped == 0);
        driver.delivered.clear();
    }
    SUBCASE("a byte more") {
        REQUIRE(AskRedis(server.Socket(), {"PUBLISH", "c", most + "x"}) == "1");
        CheckDropped(driver, 1, ResidentBytes() + 8 * kMiB);
        CHECK(driver.Until([&] { return driver.Logged("a message on \"c\" is longer than maxPayloadBytes"); }));
    }
    SUBCASE("many times as long, by channel and by pattern, twice") {
        const std::size_t before = ResidentBytes();
        {
            const std::string huge(64 * kMiB, 'h');
            REQUIRE(AskRedis(server.Socket(), {"PUBLISH", "c", huge}) == "1");
            REQUIRE(AskRedis(server.Socket(), {"PUBLISH", "big:1", huge}) == "1");
        }
        CheckDropped(driver, 2, before + 16 * kMiB);
        CHECK(driver.Until([&] { return driver.Logged("a message on \"big:*\" is longer than maxPayloadBytes"); }));
    }
    SUBCASE("its channel is too long already") {
        REQUIRE(AskRedis(server.Socket(), {"PUBLISH", "big:" + std::string(2 * bound, 'n'), "m"}) == "1");
        CheckDropped(driver, 1, ResidentBytes() + 8 * kMiB);
    }
    SUBCASE("all that is left of its bytes comes with the next message") {
        for (int i = 0; i < 20; ++i) {
            REQUIRE(AskRedis(server.Socket(),
                             {"PUBLISH", "c", most + std::string(static_cast<std::size_t>(i) * 997, 'x')}) == "1");
            REQUIRE(AskRedis(server.Socket(), {"PUBLISH", "c", std::to_string(i)}) == "1");
        }
        REQUIRE(driver.Until([&] { return driver.delivered.size() == 21; }));
        for (std::size_t i = 0; i < 20; ++i) {
            CHECK((driver.delivered[i + 1].message.payload == std::to_string(i)));
        }
        CheckDropped(driver, 19, std::string::npos);
        driver.delivered.clear();
    }
    (void)driver.Publish("c", "after");
    REQUIRE(driver.Until([&] { return driver.delivered.size() == 1; }));
    CHECK((driver.delivered.front().message.payload == "after"));
    CHECK(driver.engine.Stats().connects == 1);
}

TEST_CASE("a bound of a few bytes holds for what comes at once, too, cut anywhere") {
    FakeServer server;
    Options options = server.OptionsFor();
    options.max_payload_bytes = 3;
    EngineDriver driver(options);
    (void)driver.Subscribe(SubscriptionKind::kChannel, "c");
    REQUIRE(driver.Connect());
    const std::string words = MessageHead("c") + Bulk("abcd") + MessageHead("c") + Bulk("abc");
    for (std::size_t cut = 1; cut < words.size(); ++cut) {
        const std::uint64_t received = driver.engine.Stats().bytesReceived;
        server.Tell(words.substr(0, cut));
        (void)driver.Publish("other", "m");  // its answer comes when the first part was sent
        server.Tell(words.substr(cut));
        REQUIRE(driver.Until([&] { return driver.delivered.size() == cut; }));
        CHECK((driver.delivered.back().message.payload == "abc"));
        CHECK(driver.engine.Stats().droppedTooLarge == cut);
        CHECK(driver.engine.Stats().bytesReceived == received + 3);
    }
    CHECK(driver.engine.Stats().connects == 1);
}

TEST_CASE("a server's words are cut to what fits a log, and hold no control characters") {
    FakeServer server;
    EngineDriver driver(server.OptionsFor());
    REQUIRE(driver.Connect());
    server.Play(FakeServer::AnswerPublish("-ERR \x1b[2J\t" + std::string(50000, 'x') + "\r\n"));
    const std::uint64_t id = driver.Publish("c", "m");
    REQUIRE(driver.Until([&] { return driver.answers.count(id) == 1; }));
    const std::string& detail = driver.answers[id].front().error.detail;
    CHECK(detail.size() < 300);
    CHECK(detail.substr(0, 10) == "ERR ?[2J?x");
    server.Play([](const FakeServer::Command& command) {
        return command.front() == "SUBSCRIBE"
                   ? std::optional<std::string>("-NOPERM " + std::string(50000, 'x') + "\r\n")
                   : std::nullopt;
    });
    (void)driver.Subscribe(SubscriptionKind::kChannel, "c");
    REQUIRE(driver.Until([&] { return driver.Logged("cannot be subscribed"); }));
    for (const LogLine& line : driver.log) {
        CHECK(line.text.size() < 600);
    }
}

namespace {

/// Publishes small messages over pipelined connections of its own, at a pace, and counts what the server confirmed.
class Flood {
  public:
    static constexpr int kBatch = 500;

    Flood(const std::string& socket, int per_second)
        : context_(redisConnectUnix(socket.c_str())), per_second_(per_second), thread_([this] { Run(); }) {}
    ~Flood() { Stop(); }
    Flood(const Flood&) = delete;
    Flood& operator=(const Flood&) = delete;

    void Stop() {
        ending_ = true;
        if (thread_.joinable()) {
            thread_.join();
        }
    }
    [[nodiscard]] std::uint64_t Confirmed() const { return confirmed_; }
    /// How often there was no time left to keep the pace.
    [[nodiscard]] double PerSecond() const {
        return static_cast<double>(confirmed_) / std::chrono::duration<double>(took_).count();
    }

  private:
    struct FreeContext {
        void operator()(redisContext* context) const { redisFree(context); }
    };
    void Run() {
        const auto start = Clock::now();
        for (std::uint64_t batches = 1; !ending_; ++batches) {
            for (int i = 0; i < kBatch; ++i) {
                redisAppendCommand(context_.get(), "PUBLISH flood:%d %s", i % 10,
                                   "a message of some forty bytes, as events are");
            }
            for (int i = 0; i < kBatch; ++i) {
                void* reply = nullptr;
                if (redisGetReply(context_.get(), &reply) != REDIS_OK) {
                    return;
                }
                const auto* const answer = static_cast<redisReply*>(reply);
                confirmed_ += answer->type == REDIS_REPLY_INTEGER ? static_cast<std::uint64_t>(answer->integer) : 0;
                freeReplyObject(reply);
            }
            took_ = Clock::now() - start;
            std::this_thread::sleep_until(start + batches * kBatch * std::chrono::nanoseconds(1s) / per_second_);
        }
    }

    const std::unique_ptr<redisContext, FreeContext> context_;
    const int per_second_;
    std::atomic<bool> ending_{false};
    std::atomic<std::uint64_t> confirmed_{0};
    Clock::duration took_{};
    std::thread thread_;  // last: it uses all of the above
};

/// An engine whose subscriber counts, and keeps nothing.
class Counter final : private IDelivery {
  public:
    explicit Counter(const Options& options) : engine(BackendList()) {
        REQUIRE(engine.Configure(options).IsOk());
        REQUIRE(engine.Subscribe(Topic{SubscriptionKind::kPattern, "flood:*"}).IsOk());
    }
    std::size_t Process() { return engine.Process(Budget{}, *this); }

    std::uint64_t delivered = 0;
    Engine engine;

  private:
    void Deliver(SubscriptionId /*subscription*/, const InboundMessage& /*message*/) override { ++delivered; }
    void Answer(const Outcome& /*outcome*/) override {}
    void Attempted(std::uint64_t /*attempt*/, const Result<void>& /*result*/) override {}
    void Changed(const StateChange& /*change*/) override {}
    void Log(const LogLine& /*line*/) override {}
};

}  // namespace

TEST_CASE("fault: flood of 200,000 messages a second") {
    constexpr int kPerSecond = 200000;
    constexpr auto kRound = 1500ms;  // thirty seconds in twenty rounds
    constexpr auto kFrame = 15ms;
    const RedisServer server({"--client-output-buffer-limit", "pubsub", "0", "0", "0"});
    FaultRow row;
    row.name = "flood of 200,000 messages a second";
    CallTimer timer;
    timer.Allow(std::chrono::milliseconds(limits::kProcessMaxMs) + 1ms);
    std::uint64_t confirmed = 0;
    {
        Options options = server.OptionsFor();
        if (IsWatched()) {
            options.queue.messages /= 100;  // as much shorter as a watcher may make the flood slower
        }
        Counter driver(options);
        REQUIRE(driver.engine.Connect().IsOk());
        REQUIRE(driver.engine.WaitForConnect().IsOk());
        const std::size_t idle = ResidentBytes();
        std::size_t before = 0;
        std::size_t most = 0;
        Flood flood(server.Socket(), kPerSecond);
        for (int round = 0; round < Rounds(); ++round) {
            const auto end = Clock::now() + kRound;
            for (auto frame = Clock::now(); frame < end; frame += kFrame) {
                (void)timer.Time([&] { return driver.Process(); });
                most = std::max(most, ResidentBytes());
                std::this_thread::sleep_until(frame + kFrame);
            }
            before = round == 0 ? most : before;  // the queue is full by then
            row.CountRound();
        }
        flood.Stop();
        confirmed = flood.Confirmed();
        row.per_second = flood.PerSecond();
        MESSAGE("flood: ", row.per_second, " messages a second; memory ", idle / kMiB, " MiB before, ", before / kMiB,
                " MiB after the first round, ", most / kMiB, " MiB at most");
        const auto deadline = Clock::now() + 60s;
        while (driver.engine.Stats().received < confirmed || driver.engine.Stats().queued > 0) {
            REQUIRE(Clock::now() < deadline);
            (void)driver.Process();
        }
        const StatsValues stats = driver.engine.Stats();
        CHECK(stats.received == confirmed);
        CHECK(stats.received == stats.delivered + stats.dropped);
        CHECK(driver.delivered == stats.delivered);
        CHECK(stats.droppedOverflow == stats.dropped);
        CHECK(stats.dropped > 0);
        CHECK(stats.connects == 1);
        if (!IsWatched()) {
            CHECK(before < idle + kFullQueue);
            CHECK(most < before + 16 * kMiB);
        }
        timer.Check();
        row.Add(stats);
    }
    row.Print(CallTimer(), timer);
}
