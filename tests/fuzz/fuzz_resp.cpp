// RESP from the network into the Redis backend: Connection, ReplyReader, Handshake, Publisher and Subscriber, put
// together as RedisBackend does it, but on one thread and against a server that is the input. It sends whatever it
// likes, in pieces of any size: sound answers, wrong ones, RESP3, bytes. The client publishes, subscribes, pings, loses
// its connection and comes back, all in the input's order.
//
// The account: each message has one outcome; what the server read whole it never reads again, and in order; the fate of
// what it has not read whole is never "unknown", and that of what it has is never "not sent". What arrives is what a
// reader of our own finds in the same bytes. No error and no log line holds the password.
#include <fuzzer/FuzzedDataProvider.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backend/redis/connection.h"
#include "backend/redis/handshake.h"
#include "backend/redis/publisher.h"
#include "backend/redis/reply_reader.h"
#include "backend/redis/subscriber.h"
#include "fuzz/support/check.h"
#include "fuzz/support/resp_server.h"

namespace {

using realtime::Error;
using realtime::ErrorCode;
using realtime::Fate;
using realtime::InboundMessage;
using realtime::LogLevel;
using realtime::OutboundMessage;
using realtime::Outcome;
using realtime::Result;
using realtime::SubscriptionKind;
using realtime::Topic;
using realtime::fuzz::Check;
using realtime::fuzz::FindFrames;
using realtime::fuzz::Frame;
using realtime::fuzz::RespListener;
using realtime::fuzz::RespPeer;

/// Small, so that the input meets the bounds.
constexpr std::size_t kMostText = 32;
constexpr std::size_t kMostPayload = 20;
constexpr std::string_view kPassword = "correct horse";

/// Not by a library's function: libFuzzer learns from those what it should put into the input.
__attribute__((no_sanitize("coverage"))) bool HoldsPassword(std::string_view text) {
    for (std::size_t at = 0; at + kPassword.size() <= text.size(); ++at) {
        std::size_t same = 0;
        while (same < kPassword.size() && text[at + same] == kPassword[same]) {
            ++same;
        }
        if (same == kPassword.size()) {
            return true;
        }
    }
    return false;
}

void CheckError(const Error& error) {
    Check(!HoldsPassword(error.detail), "no error holds the password", error.detail);
    Check(error.code != ErrorCode::kOk && error.code != ErrorCode::kInternal, "an error has a code of its own");
}

/// The core, as the backend sees it, with its account.
class Core final : public realtime::IBackendHost {
  public:
    std::size_t TakeOutbound(std::deque<OutboundMessage>& out, std::size_t most) override {
        std::size_t count = 0;
        for (; !outbound.empty() && (most == 0 || count < most); ++count) {
            out.push_back(std::move(outbound.front()));
            outbound.pop_front();
        }
        return count;
    }
    bool HasOutbound() override { return !outbound.empty(); }
    std::uint64_t TopicsVersion() override { return version; }
    std::vector<Topic> Topics() override { return topics; }
    void OnMessages(std::vector<InboundMessage>& batch) override {
        for (const InboundMessage& message : batch) {
            Check(message.Payload().size() <= kMostPayload, "no payload is longer than it may be");
            arrived.push_back(Frame{message.Kind() == SubscriptionKind::kPattern ? "pmessage" : "message",
                                    std::string(message.Pattern()), std::string(message.Channel()),
                                    std::string(message.Payload())});
        }
        batch.clear();
    }
    void OnOutcomes(std::vector<Outcome>& batch) override {
        for (Outcome& outcome : batch) {
            Check(outcome.id >= 1 && outcome.id <= sizes.size(), "an outcome belongs to a message");
            Check(outcome.bytes == sizes[outcome.id - 1], "an outcome counts as its message did");
            Check(outcomes.emplace(outcome.id, outcome).second, "a message has one outcome");
            if (outcome.fate != Fate::kConfirmed) {
                CheckError(outcome.error);
            }
        }
        batch.clear();
    }
    std::chrono::steady_clock::time_point NextLook() override { return {}; }
    realtime::SpentMemory& Spent() override { return spent; }
    void OnTooLarge() override { ++too_large; }
    void Recycle(std::vector<std::string>& texts) override { texts.clear(); }
    void OnAttempt(Result<void> /*result*/) override {}
    void OnLost(const Error& /*error*/) override {}
    void OnClosed() override {}
    void OnLog(LogLevel /*level*/, std::string line) override {
        Check(!HoldsPassword(line), "no log line holds the password", line);
    }

    void Publish(const std::string& channel, const std::string& payload) {
        const std::size_t bytes = channel.size() + payload.size();
        sizes.push_back(bytes);
        outbound.push_back(OutboundMessage{sizes.size(), channel + payload, channel.size(), bytes, false});
    }

    std::deque<OutboundMessage> outbound;
    std::vector<std::size_t> sizes;  // of the message with the id one more
    std::map<std::uint64_t, Outcome> outcomes;
    std::vector<Frame> arrived;
    std::size_t too_large = 0;
    realtime::SpentMemory spent;
    std::vector<Topic> topics;
    std::uint64_t version = 0;
};

/// One of the two streams, with its other end.
struct Link {
    realtime::redis::Connection connection;
    realtime::redis::Handshake handshake;
    std::optional<RespPeer> peer;
    std::size_t handshake_frames = 0;
    bool failed = false;
};

class World {
  public:
    World(const std::uint8_t* bytes, std::size_t size)
        : data_(bytes, size), publisher_(core_), subscriber_(core_, kMostPayload) {
        if (data_.ConsumeBool()) {
            options_.password = kPassword;
        }
        options_.database = data_.ConsumeIntegralInRange(0, 1);
        Open();
    }

    void Run() {
        constexpr int kMostSteps = 400;
        for (int i = 0; i < kMostSteps && data_.remaining_bytes() > 0; ++i) {
            Step();
            publisher_.Report();
            subscriber_.Report();
        }
        Lose(realtime::MakeError(ErrorCode::kShuttingDown));
        publisher_.FailUnsent(realtime::MakeError(ErrorCode::kShuttingDown));
        publisher_.Report();
        CheckAccount();
    }

  private:
    enum class Do {
        kPublish,
        kPublishLong,
        kFill,
        kFlush,
        kServerReads,
        kAnswerPublish,
        kAnswerSubscribe,
        kRawPublish,
        kRawSubscribe,
        kDeliverPublish,
        kDeliverSubscribe,
        kTopics,
        kReconcile,
        kPingPublish,
        kPingSubscribe,
        kHonest,
        kServerCloses,
        kLose,
        kHasMoved,
        kMaxValue = kHasMoved
    };

    static bool IsReady(const Link& link) { return !link.failed && link.handshake.IsDone(); }

    void Step() {
        switch (data_.ConsumeEnum<Do>()) {
            case Do::kPublish:
                Publish(data_.ConsumeIntegralInRange<std::size_t>(0, 40));
                break;
            case Do::kPublishLong:
                Publish(data_.ConsumeIntegral<std::uint16_t>());
                break;
            case Do::kFill:
                if (IsReady(publish_)) {
                    publisher_.Fill(publish_.connection);
                }
                break;
            case Do::kFlush:
                Flush();
                break;
            case Do::kServerReads:
                publish_.peer->Read(data_.ConsumeIntegral<std::uint16_t>());
                break;
            case Do::kAnswerPublish:
                publish_.peer->Send(Answer());
                break;
            case Do::kAnswerSubscribe:
                subscribe_.peer->Send(Answer());
                break;
            case Do::kRawPublish:
                publish_.peer->Send(data_.ConsumeRandomLengthString(kMostRaw));
                break;
            case Do::kRawSubscribe:
                subscribe_.peer->Send(data_.ConsumeRandomLengthString(kMostRaw));
                break;
            case Do::kDeliverPublish:
                Deliver(publish_);
                break;
            case Do::kDeliverSubscribe:
                Deliver(subscribe_);
                break;
            case Do::kTopics:
                ChangeTopics();
                break;
            case Do::kReconcile:
                if (IsReady(subscribe_)) {
                    subscriber_.Reconcile(subscribe_.connection);
                    Check(subscriber_.IsReconciled(), "after reconciling the list is the wanted one");
                }
                break;
            case Do::kPingPublish:
                if (IsReady(publish_) && !publisher_.IsWaiting()) {
                    publisher_.Ping(publish_.connection);
                }
                break;
            case Do::kPingSubscribe:
                if (IsReady(subscribe_) && !subscriber_.IsWaiting()) {
                    subscriber_.Ping(subscribe_.connection);
                }
                break;
            case Do::kHonest:
                Flush();
                publish_.peer->ReadAll();
                publish_.peer->AnswerHonestly();
                subscribe_.peer->ReadAll();
                subscribe_.peer->AnswerHonestly();
                break;
            case Do::kServerCloses:
                (data_.ConsumeBool() ? publish_ : subscribe_).peer->Shut();
                break;
            case Do::kLose:
                Lose(realtime::MakeError(ErrorCode::kConnectionLost, "as the input says"));
                Open();
                break;
            case Do::kHasMoved:
                (void)publisher_.HasMoved(publish_.connection);
                break;
        }
    }

    /// A payload begins with its number, so that the server's side knows it again.
    void Publish(std::size_t size) {
        std::string payload = std::to_string(core_.sizes.size() + 1) + ":";
        payload.append(size, 'x');
        core_.Publish(data_.ConsumeRandomLengthString(kMostName) + "c", payload);
    }

    void ChangeTopics() {
        const Topic topic{data_.ConsumeBool() ? SubscriptionKind::kPattern : SubscriptionKind::kChannel,
                          data_.ConsumeRandomLengthString(kMostName) + "t"};
        const auto found = std::find(core_.topics.begin(), core_.topics.end(), topic);
        if (found == core_.topics.end()) {
            core_.topics.push_back(topic);
        } else {
            core_.topics.erase(found);
        }
        ++core_.version;
    }

    /// An answer that some server might give to something.
    std::string Answer() {
        const auto bulk = [](std::string_view text) {
            return "$" + std::to_string(text.size()) + "\r\n" + std::string(text) + "\r\n";
        };
        const auto some = [this, &bulk] { return bulk(data_.ConsumeRandomLengthString(kMostName)); };
        switch (data_.ConsumeIntegralInRange(0, 17)) {
            case 0:
                return ":" + std::to_string(data_.ConsumeIntegral<std::int8_t>()) + "\r\n";
            case 1:
                return "+PONG\r\n";
            case 2:
                return "+OK\r\n";
            case 3:
                return "*3\r\n" + bulk("message") + some() + some();
            case 4:
                return "*4\r\n" + bulk("pmessage") + some() + some() + some();
            case 5:
                return "*3\r\n" + bulk(data_.PickValueInArray(kWords)) + some() + ":1\r\n";
            case 6:
                return "*2\r\n" + bulk("pong") + bulk("");
            case 7:
                return "-" + std::string(data_.PickValueInArray(kErrors)) + "\r\n";
            case 8:
                return "$-1\r\n";
            case 9:
                return "*-1\r\n";
            case 10:
                return some();
            case 11:  // more than may be, or as much as just fits
                return "$" +
                       std::to_string(
                           data_.PickValueInArray<std::size_t>({0, kMostPayload, kMostPayload + 1, kMostText,
                                                                kMostText + 1, 100, 536870912, 99999999999})) +
                       "\r\n";
            case 12:
                return "*" + std::to_string(data_.ConsumeIntegral<std::int32_t>()) + "\r\n";
            case 13:
                return "*3\r\n" + bulk("message") + "*1\r\n:1\r\n" + some();
            case 14:
                return "%1\r\n+a\r\n:1\r\n";
            case 15:
                return ">3\r\n" + bulk("message") + some() + some();
            case 16:
                return "*3\r\n" + bulk("message") + ":1\r\n" + some();
            default:
                return "*2\r\n*2\r\n:1\r\n:2\r\n:3\r\n";
        }
    }

    /// Lets some of what the server sent arrive, and reads it as RedisBackend does.
    void Deliver(Link& link) {
        if (!link.failed) {
            link.peer->Deliver(data_.ConsumeIntegral<std::uint16_t>());
            Receive(link);
        }
    }

    void Receive(Link& link) {
        for (std::uint64_t before = ~std::uint64_t{0}; before != link.connection.Received();) {
            before = link.connection.Received();
            const Result<bool> more = link.connection.Receive();
            const Result<void> received = more.IsOk() ? HandleReplies(link) : Result<void>(more.Error());
            if (received.IsErr()) {
                CheckError(received.Error());
                link.failed = true;
                Lose(received.Error());
                Open();
                return;
            }
        }
    }

    Result<void> HandleReplies(Link& link) {
        while (true) {
            Result<const realtime::redis::Reply*> reply = link.connection.NextReply();
            if (reply.IsErr()) {
                return std::move(reply).Error();
            }
            if (reply.Value() == nullptr) {
                return {};
            }
            Result<void> handled = !link.handshake.IsDone() ? link.handshake.OnReply(*reply.Value())
                                   : &link == &publish_     ? publisher_.OnReply(*reply.Value())
                                                            : subscriber_.OnReply(*reply.Value());
            if (handled.IsErr()) {
                return handled;
            }
        }
    }

    void Flush() {
        for (Link* link : {&publish_, &subscribe_}) {
            if (Result<void> flushed = link->connection.Flush(); flushed.IsErr()) {
                CheckError(flushed.Error());
                Lose(flushed.Error());
                Open();
                return;
            }
        }
        publisher_.OnSent(publish_.connection);
    }

    void Open() {
        for (Link* link : {&publish_, &subscribe_}) {
            link->failed = false;
            link->handshake = realtime::redis::Handshake();
            const realtime::redis::Endpoint endpoint{{}, 0, Listener().Path()};
            const realtime::redis::ReplyBounds bounds{kMostText, link == &subscribe_};
            Check(link->connection.Start(endpoint, bounds).IsOk(), "the connection starts");
            link->peer.emplace(Listener().Accept());
            // Not everything is sent at once.
            (void)::setsockopt(link->connection.GetDescriptor(), SOL_SOCKET, SO_SNDBUF, &kSendBuffer,
                               sizeof kSendBuffer);
            Result<bool> open = link->connection.FinishConnecting();
            Check(open.IsOk() && open.Value(), "the connection is open");
            link->handshake.Begin(link->connection, options_);
            link->handshake_frames = 2U + (options_.password.empty() ? 0 : 1) + (options_.database == 0 ? 0 : 1);
        }
        subscriber_.Reset();
    }

    /// As RedisBackend::OnTrouble.
    void Lose(const Error& error) {
        publish_.peer->ReadAll();
        TakeRead();
        publisher_.OnLost(publish_.connection, error);
        publisher_.Report();
        subscriber_.Report();
        CheckArrived();
        for (Link* link : {&publish_, &subscribe_}) {
            link->connection.Close();
            link->peer.reset();
        }
        CheckFates();
    }

    /// The messages that the server read whole on this connection.
    void TakeRead() {
        for (const std::vector<std::string>& command : publish_.peer->Commands()) {
            if (command.size() != 3 || command[0] != "PUBLISH") {
                continue;
            }
            const std::uint64_t id = std::stoull(command[2]);
            Check(id > last_read_, "a message is read once, and in order", std::to_string(id));
            Check(id <= core_.sizes.size() && command[1].size() + command[2].size() == core_.sizes[id - 1],
                  "a message is read as it was published");
            last_read_ = id;
            read_.push_back(id);
        }
    }

    void CheckFates() {
        for (const auto& [id, outcome] : core_.outcomes) {
            const bool was_read = std::binary_search(read_.begin(), read_.end(), id);
            if (outcome.fate == Fate::kUnknown && outcome.error.code == ErrorCode::kFateUnknown) {
                Check(was_read, "the fate of what cannot have been read whole is known");
            }
            if (outcome.fate == Fate::kFailed &&
                (outcome.error.code == ErrorCode::kShuttingDown || outcome.error.code == ErrorCode::kConnectionLost)) {
                Check(!was_read, "what the server has read is not told as never sent");
            }
        }
    }

    /// What arrived is a beginning of what was sent, and all of it unless the connection failed.
    void CheckArrived() {
        std::vector<Frame> frames = FindFrames(subscribe_.peer->Delivered(), subscribe_.handshake_frames);
        const auto first_too_large = std::stable_partition(frames.begin(), frames.end(), [](const Frame& frame) {
            return frame.payload.size() <= kMostPayload && frame.channel.size() <= kMostText &&
                   frame.pattern.size() <= kMostText;
        });
        const auto too_large = static_cast<std::size_t>(frames.end() - first_too_large);
        frames.erase(first_too_large, frames.end());
        Check(subscribe_.failed || core_.too_large >= too_large, "what is too long is counted",
              std::to_string(core_.too_large) + " of " + std::to_string(too_large));
        core_.too_large = 0;
        Check(core_.arrived.size() <= frames.size() && (subscribe_.failed || core_.arrived.size() == frames.size()),
              "as many messages arrive as were sent",
              std::to_string(core_.arrived.size()) + " of " + std::to_string(frames.size()));
        Check(std::equal(core_.arrived.begin(), core_.arrived.end(), frames.begin()),
              "messages arrive as they are sent");
        core_.arrived.clear();
    }

    void CheckAccount() {
        Check(core_.outcomes.size() == core_.sizes.size(), "every message has an outcome",
              std::to_string(core_.outcomes.size()) + " of " + std::to_string(core_.sizes.size()));
        Check(core_.outbound.empty() && publisher_.IsIdle(), "nothing is left over");
        CheckFates();
    }

    static RespListener& Listener() {
        static RespListener listener;
        return listener;
    }

    static constexpr int kSendBuffer = 4096;
    static constexpr std::size_t kMostName = 12;
    static constexpr std::size_t kMostRaw = 64;
    static constexpr const char* kWords[] = {"subscribe", "psubscribe", "unsubscribe", "punsubscribe", "message", "x"};
    static constexpr const char* kErrors[] = {"ERR no",
                                              "NOAUTH Authentication required.",
                                              "WRONGPASS invalid username-password pair or user is disabled.",
                                              "NOPERM this user has no permissions",
                                              "LOADING Redis is loading the dataset in memory",
                                              "READONLY You can't write against a read only replica.",
                                              "MOVED 3999 127.0.0.1:6381",
                                              "OOM command not allowed when used memory > 'maxmemory'.",
                                              "",
                                              "ERR invalid password"};

    FuzzedDataProvider data_;
    realtime::Options options_;
    Core core_;
    realtime::redis::Publisher publisher_;
    realtime::redis::Subscriber subscriber_;
    Link publish_;
    Link subscribe_;
    std::vector<std::uint64_t> read_;  // ids that the server read whole, in order
    std::uint64_t last_read_ = 0;
};

/// Where the bytes are cut makes no difference to the parser.
void CheckCuts(const std::uint8_t* bytes, std::size_t size, const realtime::redis::ReplyBounds& bounds) {
    constexpr std::size_t kPieces[] = {1, 3, 7, 64};
    // With a line that does not end yet, one parser may know already what another one will find.
    const std::string text = std::string(reinterpret_cast<const char*>(bytes), size) + "\r\n";
    std::optional<std::string> whole;
    for (const std::size_t piece : {text.size(), kPieces[size % std::size(kPieces)]}) {
        realtime::redis::ReplyReader reader(bounds);
        std::string seen;
        bool sound = true;
        for (std::size_t at = 0; sound && at < text.size(); at += piece) {
            sound = reader.Feed(std::string_view(text).substr(at, piece)).IsOk();
            while (sound) {
                Result<const realtime::redis::Reply*> reply = reader.Next();
                sound = reply.IsOk();
                if (!sound || reply.Value() == nullptr) {
                    break;
                }
                const auto show = [&seen](const realtime::redis::Reply::Value& value) {
                    seen += std::to_string(static_cast<int>(value.kind)) + " " + std::to_string(value.integer) + " ";
                    seen.append(value.text).push_back('\n');
                };
                show(reply.Value()->value);
                std::for_each(reply.Value()->elements.begin(), reply.Value()->elements.end(), show);
            }
        }
        seen += sound ? "sound" : "broken";
        Check(whole.value_or(seen) == seen, "the cuts make no difference", whole.value_or("") + "\n---\n" + seen);
        whole = seen;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    CheckCuts(bytes, size, {kMostText, true});
    CheckCuts(bytes, size, {std::size_t{1} << 40U, false});
    World world(bytes, size);
    world.Run();
    return 0;
}
