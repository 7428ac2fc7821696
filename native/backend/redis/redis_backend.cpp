#include "backend/redis/redis_backend.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <exception>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "backend/redis/connection.h"
#include "backend/redis/handshake.h"
#include "backend/redis/publisher.h"
#include "backend/redis/resolver.h"
#include "backend/redis/subscriber.h"
#include "backend/redis/system/sockets.h"
#include "backend/redis/wake_signal.h"
#include "core/backoff.h"

namespace realtime::redis {
namespace {

using Clock = std::chrono::steady_clock;
using TimePoint = Clock::time_point;

constexpr int kDefaultPort = 6379;
constexpr int kHighestPort = 65535;
/// Of what answers our own commands: a number, a word, the name of a topic, an error's line.
constexpr std::size_t kMostAnswerBytes = 64UL * 1024;
/// Reads of one stream before the other one has its turn.
constexpr int kReadsInTurn = 16;
/// How long before the game thread's next look messages are read again one by one, and how long at most they are not.
constexpr std::chrono::milliseconds kBeforeLook{2};
constexpr std::chrono::milliseconds kLongestRest{20};
constexpr std::chrono::seconds kPauseWithoutMemory{1};
/// So much in one read is a stream that is read as fast as it comes.
constexpr std::uint64_t kStreamBytes = 16UL * 1024;

/// A connection, its handshake, and since when the server is silent.
struct Link {
    Connection connection;
    Handshake handshake;
    bool greeted = false;  // the handshake was appended
    bool speaks_nonsense = false;
    TimePoint quiet_since;

    [[nodiscard]] bool IsReady() const noexcept { return greeted && handshake.IsDone(); }
};

class RedisBackend final : public IBackend {
  public:
    RedisBackend(Options options, IBackendHost& host)
        : options_(std::move(options)),
          host_(host),
          backoff_(std::random_device{}()),
          publisher_(host),
          subscriber_(host, options_.max_payload_bytes) {}

    ~RedisBackend() override {
        if (thread_.joinable()) {
            RequestClose(Clock::now());
            thread_.join();
        }
    }

    Result<void> Open() override {
        if (!wake_.IsValid()) {
            return MakeError(ErrorCode::kInternal, "no descriptor left");
        }
        try {
            thread_ = std::thread([this] { Run(); });
        } catch (const std::exception& error) {
            return MakeError(ErrorCode::kInternal, std::string("no thread: ") + error.what());
        }
        return {};
    }

    /// A thread that is awake looks for work before it goes to sleep: the call into the system is for one that sleeps.
    void Wake() override {
        if (asleep_.exchange(false, std::memory_order_seq_cst)) {
            wake_.Raise();
        }
    }

    void RequestClose(TimePoint flush_until) override {
        const Clock::rep asked = std::max<Clock::rep>(flush_until.time_since_epoch().count(), 1);
        Clock::rep before = close_at_.load(std::memory_order_relaxed);
        while ((before == kNotClosing || asked < before) &&
               !close_at_.compare_exchange_weak(before, asked, std::memory_order_release, std::memory_order_relaxed)) {
        }
        wake_.Raise();
    }

  private:
    enum class Phase {
        kPausing,    // until next_step_ the next attempt waits
        kResolving,  // until next_step_ the attempt may last
        kConnecting,
        kConnected,
    };
    static constexpr Clock::rep kNotClosing = 0;

    // Everything below belongs to the I/O thread.

    void Run() {
        bool goes_on = true;
        OrTrouble([this] { StartAttempt(); });
        while (goes_on) {
            OrTrouble([this, &goes_on] { goes_on = Turn(); });
        }
        OrTrouble([this] { End(); });
        resolver_.Abandon();
        CloseBoth();
        host_.OnClosed();
    }

    /// Once around; false when it is time to end.
    bool Turn() {
        if (IsTimeToEnd()) {
            return false;
        }
        Wait();
        host_.Spent().Free();
        if (is_cut_short_) {
            publisher_.OnLost(publish_.connection, MakeError(ErrorCode::kInternal, "out of memory"));
            is_cut_short_ = false;
        }
        if (Result<void> stepped = Step(); stepped.IsErr()) {
            OnTrouble(stepped.Error());
        }
        publisher_.Report();
        subscriber_.Report();
        return true;
    }

    /// No exception leaves the thread: it would end the game. It is one for want of memory, which a new connection,
    /// after a pause, has another try at.
    template <typename Do>
    void OrTrouble(Do what) {
        try {
            what();
            return;
        } catch (const std::exception& error) {
            try {
                OnTrouble(MakeError(ErrorCode::kInternal, error.what()));
                return;
            } catch (const std::exception&) {
                is_cut_short_ = true;
            }
        }
        phase_ = Phase::kPausing;
        next_step_ = Clock::now() + kPauseWithoutMemory;
    }

    [[nodiscard]] bool IsTimeToEnd() {
        const Clock::rep at = close_at_.load(std::memory_order_acquire);
        if (at == kNotClosing) {
            return false;
        }
        if (phase_ == Phase::kPausing || Clock::now().time_since_epoch().count() >= at) {
            return true;
        }
        if (phase_ == Phase::kConnected) {
            FillPublisher();  // what was accepted just before the request
        }
        // An attempt that is under way may still come to send what waits.
        return publisher_.IsIdle() && !host_.HasOutbound();
    }

    void End() {
        const Error closing = MakeError(ErrorCode::kShuttingDown);
        publisher_.OnLost(publish_.connection, closing);
        publisher_.FailUnsent(closing);
        publisher_.Report();
        subscriber_.Report();
    }

    /// Sleeps until a descriptor is ready, somebody wakes us, or the next deadline. There is no polling interval.
    void Wait() {
        const auto add = [this](Descriptor descriptor, short events) {
            polled_[polled_count_++] = pollfd{descriptor, events, 0};
        };
        polled_count_ = 0;
        add(wake_.GetDescriptor(), POLLIN);
        if (phase_ == Phase::kResolving) {
            add(resolver_.GetDescriptor(), POLLIN);
        }
        const bool rests = phase_ == Phase::kConnected && !subscriber_.IsWaiting() && Clock::now() < rest_until_;
        for (const Link* link : {&publish_, &subscribe_}) {
            if (link->connection.IsStarted()) {
                const short wanted = link->connection.WantedEvents();
                add(link->connection.GetDescriptor(),
                    static_cast<short>(rests && link == &subscribe_ ? wanted & ~POLLIN : wanted));
            }
        }
        TimePoint deadline = phase_ == Phase::kConnecting ? address_until_ : next_step_;
        if (phase_ == Phase::kConnected) {
            deadline = std::min(publish_.quiet_since, subscribe_.quiet_since) + options_.timeout;
            deadline = rests ? std::min(deadline, rest_until_) : deadline;
        }
        if (const Clock::rep at = close_at_.load(std::memory_order_acquire); at != kNotClosing) {
            deadline = std::min(deadline, TimePoint(Clock::duration(at)));
        }
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        asleep_.store(true, std::memory_order_seq_cst);
        const int timeout = HasWork() ? 0 : static_cast<int>(std::clamp<decltype(left)>(left, 0, kLongestWaitMs));
        WaitForSockets(polled_.data(), polled_count_, timeout);
        asleep_.store(false, std::memory_order_seq_cst);
        if ((polled_[0].revents & POLLIN) != 0) {
            wake_.Clear();
        }
    }

    /// What came before this thread said that it sleeps, and so without a wake-up.
    [[nodiscard]] bool HasWork() {
        switch (phase_) {
            case Phase::kPausing:
                return false;
            case Phase::kResolving:
                return resolver_.IsDone();
            case Phase::kConnecting:
                return subscribe_.IsReady() && !subscriber_.IsReconciled();
            case Phase::kConnected:
                return !subscriber_.IsReconciled() || (publisher_.HasRoom(publish_.connection) && host_.HasOutbound());
        }
        return false;
    }

    [[nodiscard]] short EventsOf(const Link& link) const {
        for (std::size_t i = 1; i < polled_count_; ++i) {
            if (polled_[i].fd == link.connection.GetDescriptor()) {
                return polled_[i].revents;
            }
        }
        return 0;
    }

    Result<void> Step() {
        switch (phase_) {
            case Phase::kPausing:
                if (Clock::now() >= next_step_) {
                    StartAttempt();
                }
                return {};
            case Phase::kResolving:
                return StepResolving();
            case Phase::kConnecting:
                return StepConnecting();
            case Phase::kConnected:
                return StepConnected();
        }
        return {};
    }

    void StartAttempt() {
        phase_ = Phase::kResolving;
        next_step_ = Clock::now() + options_.timeout;
        addresses_.clear();
        if (!options_.unix_socket.empty()) {
            addresses_.emplace_back();
            if (Result<void> started = StartConnecting(); started.IsErr()) {
                OnTrouble(started.Error());
            }
            return;
        }
        if (Result<void> started = resolver_.Start(options_.host); started.IsErr()) {
            OnTrouble(started.Error());
        }
    }

    Result<void> StepResolving() {
        if (!resolver_.IsDone()) {
            return Clock::now() < next_step_ ? Result<void>()
                                             : MakeError(ErrorCode::kTimeout, "looking up " + options_.host);
        }
        Result<std::vector<std::string>> addresses = resolver_.Take();
        if (addresses.IsErr()) {
            return std::move(addresses).Error();
        }
        addresses_ = std::move(addresses).Value();
        std::reverse(addresses_.begin(), addresses_.end());  // the best one is tried first, from the back
        return StartConnecting();
    }

    /// To the last address of the list, which leaves it.
    Result<void> StartConnecting() {
        phase_ = Phase::kConnecting;
        // Each address has its share of the time, so that one that swallows everything does not hide the others.
        const TimePoint now = Clock::now();
        address_until_ = now + (next_step_ - now) / static_cast<Clock::rep>(addresses_.size());
        endpoint_ =
            Endpoint{addresses_.back(), options_.port == 0 ? kDefaultPort : options_.port, options_.unix_socket};
        addresses_.pop_back();
        for (Link* link : {&publish_, &subscribe_}) {
            link->greeted = link->speaks_nonsense = false;
            link->handshake = Handshake();
            if (Result<void> started = link->connection.Start(endpoint_, BoundsOf(*link)); started.IsErr()) {
                return TryNextAddress(started.Error());
            }
        }
        subscriber_.Reset();
        return {};
    }

    /// What others publish may be of any length, and costs nobody the connection.
    [[nodiscard]] ReplyBounds BoundsOf(const Link& link) const {
        return &link == &subscribe_ ? ReplyBounds{std::max(options_.max_payload_bytes, kMostAnswerBytes), true}
                                    : ReplyBounds{kMostAnswerBytes, false};
    }

    Result<void> TryNextAddress(const Error& error) {
        CloseBoth();
        const bool is_next_one_worth_it = error.code == ErrorCode::kConnectFailed || error.code == ErrorCode::kTimeout;
        if (addresses_.empty() || !is_next_one_worth_it) {
            return error;
        }
        return StartConnecting();
    }

    Result<void> StepConnecting() {
        if (Clock::now() >= address_until_) {
            return TryNextAddress(MakeError(ErrorCode::kTimeout, "connecting to " + endpoint_.Name()));
        }
        for (Link* link : {&publish_, &subscribe_}) {
            if (Result<void> stepped = StepHandshake(*link); stepped.IsErr()) {
                return TryNextAddress(stepped.Error());
            }
        }
        if (!subscribe_.IsReady()) {
            return {};
        }
        // Subscriptions first: whoever hears "connected" already receives.
        subscriber_.Reconcile(subscribe_.connection);
        if (Result<void> flushed = subscribe_.connection.Flush(); flushed.IsErr()) {
            return flushed;
        }
        if (subscriber_.IsWaiting() || !publish_.IsReady()) {
            return {};
        }
        OnConnected();
        return StepConnected();
    }

    Result<void> StepHandshake(Link& link) {
        const short events = EventsOf(link);
        if (!link.connection.IsOpen()) {
            if (events == 0) {
                return {};
            }
            Result<bool> open = link.connection.FinishConnecting();
            if (open.IsErr()) {
                return std::move(open).Error();
            }
            if (!open.Value()) {
                return {};
            }
        }
        if (!link.greeted) {
            link.greeted = true;
            link.handshake.Begin(link.connection, options_);
        }
        if ((events & (POLLIN | POLLHUP | POLLERR)) != 0) {
            if (Result<void> received = ReceiveAll(link); received.IsErr()) {
                return received;
            }
        }
        return link.connection.Flush();
    }

    void OnConnected() {
        phase_ = Phase::kConnected;
        publish_.quiet_since = subscribe_.quiet_since = Clock::now();
        was_of_use_ = false;
        rest_until_ = {};
        host_.OnLog(LogLevel::kInfo, "[Redis] connected to " + endpoint_.Name());
        host_.OnAttempt({});
    }

    Result<void> StepConnected() {
        for (Link* link : {&publish_, &subscribe_}) {
            if ((EventsOf(*link) & (POLLIN | POLLHUP | POLLERR)) != 0) {
                const std::uint64_t before = link->connection.Received();
                if (Result<void> received = ReceiveAll(*link); received.IsErr()) {
                    return received;
                }
                if (link == &subscribe_) {
                    RestAfter(link->connection.Received() - before);
                }
            }
        }
        FillPublisher();
        const bool subscriber_was_waiting = subscriber_.IsWaiting();
        subscriber_.Reconcile(subscribe_.connection);
        if (!subscriber_was_waiting && subscriber_.IsWaiting()) {
            subscribe_.quiet_since = Clock::now();
        }
        // A server cannot answer a long message that it is still reading.
        if (Clock::now() >= publish_.quiet_since + options_.timeout && publisher_.HasMoved(publish_.connection)) {
            publish_.quiet_since = Clock::now();
        }
        if (Result<void> alive = KeepAlive(publish_, publisher_); alive.IsErr()) {
            return alive;
        }
        if (Result<void> alive = KeepAlive(subscribe_, subscriber_); alive.IsErr()) {
            return alive;
        }
        if (Result<void> flushed = publish_.connection.Flush(); flushed.IsErr()) {
            return flushed;
        }
        publisher_.OnSent(publish_.connection);
        return subscribe_.connection.Flush();
    }

    /// The second time that something comes before the game thread has looked, the thread stops waking for each
    /// message: until shortly before the look nobody misses them.
    void RestAfter(std::uint64_t bytes) {
        const TimePoint look = host_.NextLook();
        const bool is_second = std::exchange(look_after_read_, look) == look;
        const bool is_closing = close_at_.load(std::memory_order_relaxed) != kNotClosing;
        if (is_second && bytes < kStreamBytes && !is_closing) {
            rest_until_ = std::min(look - kBeforeLook, Clock::now() + kLongestRest);
        }
    }

    void FillPublisher() {
        const bool was_waiting = publisher_.IsWaiting();
        publisher_.Fill(publish_.connection);
        if (!was_waiting && publisher_.IsWaiting()) {
            publish_.quiet_since = Clock::now();
        }
    }

    /// Silence for one timeout: a question is asked. Silence for one more: the connection is lost.
    template <typename Talker>
    Result<void> KeepAlive(Link& link, Talker& talker) {
        const TimePoint now = Clock::now();
        if (now < link.quiet_since + options_.timeout) {
            return {};
        }
        if (talker.IsWaiting()) {
            return MakeError(ErrorCode::kTimeout,
                             endpoint_.Name() + ": no answer for " + std::to_string(options_.timeout.count()) + " ms");
        }
        talker.Ping(link.connection);
        link.quiet_since = now;
        return {};
    }

    Result<void> ReceiveAll(Link& link) {
        bool is_more = true;
        for (int reads = 0; is_more && reads < kReadsInTurn; ++reads) {
            const std::uint64_t before = link.connection.Received();
            Result<bool> received = link.connection.Receive();
            if (received.IsErr()) {
                return std::move(received).Error();
            }
            is_more = received.Value();
            if (link.connection.Received() == before) {
                break;
            }
            link.quiet_since = Clock::now();
            // Only now: a server that greets and then shuts the door is left alone for longer and longer.
            if (phase_ == Phase::kConnected && !was_of_use_) {
                was_of_use_ = true;
                backoff_.Reset();
            }
            if (Result<void> handled = HandleReplies(link); handled.IsErr()) {
                link.speaks_nonsense = handled.Error().code == ErrorCode::kProtocolError;
                return handled;
            }
        }
        return {};
    }

    Result<void> HandleReplies(Link& link) {
        while (true) {
            Result<const Reply*> reply = link.connection.NextReply();
            if (reply.IsErr()) {
                return std::move(reply).Error();
            }
            if (reply.Value() == nullptr) {
                return {};
            }
            const Reply& answer = *reply.Value();
            Result<void> handled = !link.handshake.IsDone() ? link.handshake.OnReply(answer)
                                   : &link == &publish_     ? publisher_.OnReply(answer)
                                                            : subscriber_.OnReply(answer);
            if (handled.IsErr()) {
                return handled;
            }
        }
    }

    /// An attempt failed, or the connection was lost: everything is closed, and after a pause tried again.
    void OnTrouble(const Error& error) {
        resolver_.Abandon();
        for (Link* link : {&subscribe_, &publish_}) {
            TakeWhatArrived(*link);
        }
        publisher_.OnLost(publish_.connection, error);
        CloseBoth();
        host_.OnLog(LogLevel::kWarn, "[Redis] " + DescribeWithRemedy(error));
        if (phase_ == Phase::kConnected) {
            host_.OnLost(error);
        } else {
            host_.OnAttempt(error);
        }
        phase_ = Phase::kPausing;
        host_.OnLog(LogLevel::kDebug,
                    "[Redis] the next attempt follows within " + std::to_string(backoff_.Ceiling().count()) + " ms");
        next_step_ = Clock::now() + backoff_.Next();
    }

    /// Both connections end when one has trouble. What the server had sent on the other one until then lies in the
    /// system's buffer, 16 MiB of it at the very most, and would be lost although it has arrived: messages, and answers
    /// that tell the fate of ours. Not so on a connection that speaks nonsense.
    void TakeWhatArrived(Link& link) {
        constexpr int kMostTurns = 64;
        std::uint64_t before = 0;
        for (int turn = 0; phase_ == Phase::kConnected && !link.speaks_nonsense && turn < kMostTurns; ++turn) {
            if (std::exchange(before, link.connection.Received()) == link.connection.Received() ||
                ReceiveAll(link).IsErr()) {
                return;  // no more, or the trouble is there as well
            }
        }
    }

    void CloseBoth() {
        publish_.connection.Close();
        subscribe_.connection.Close();
    }

    static constexpr std::size_t kMostPolled = 4;  // wake, look-up, two streams
    static constexpr int kLongestWaitMs = 24 * 60 * 60 * 1000;

    const Options options_;
    IBackendHost& host_;
    WakeSignal wake_;
    std::atomic<Clock::rep> close_at_{kNotClosing};
    std::atomic<bool> asleep_{false};  // or about to be: whoever brings work has to wake

    Phase phase_ = Phase::kPausing;
    TimePoint next_step_;
    TimePoint address_until_;  // kConnecting: how long the address that is tried now may take
    Backoff backoff_;
    bool is_cut_short_ = false;  // memory ran out while a loss was dealt with: the publisher has to go on with it
    bool was_of_use_ = false;    // kConnected: something came on this connection since it was announced
    Resolver resolver_;
    std::vector<std::string> addresses_;
    Endpoint endpoint_;
    Link publish_;
    Link subscribe_;
    Publisher publisher_;
    Subscriber subscriber_;
    TimePoint look_after_read_;  // the game thread's next look, as it was expected at the last read
    TimePoint rest_until_;       // kConnected: until then what comes is left in the system's buffer
    std::array<pollfd, kMostPolled> polled_{};
    std::size_t polled_count_ = 0;

    std::thread thread_;  // last: it uses all of the above
};

Result<void> Check(const Options& options) {
    if (options.port < 0 || options.port > kHighestPort) {
        return MakeError(ErrorCode::kInvalidConfig, "port must be 1 to 65535, got " + std::to_string(options.port));
    }
    if (options.unix_socket.empty() && options.host.empty()) {
        return MakeError(ErrorCode::kInvalidConfig, "host must not be empty");
    }
    if (!kHasUnixSockets && !options.unix_socket.empty()) {
        return MakeError(ErrorCode::kInvalidConfig, "unixSocket does not work on Windows; set host and port instead");
    }
    if (options.database < 0) {
        return MakeError(ErrorCode::kInvalidConfig,
                         "database must not be negative, got " + std::to_string(options.database));
    }
    if (!options.username.empty() && options.password.empty()) {
        return MakeError(ErrorCode::kInvalidConfig, "a username needs a password");
    }
    if (options.client_name.find_first_of(" \r\n") != std::string::npos) {
        return MakeError(ErrorCode::kInvalidConfig, "clientName must not hold spaces or line breaks");
    }
    return {};
}

std::unique_ptr<IBackend> Create(const Options& options, IBackendHost& host) {
    return std::make_unique<RedisBackend>(options, host);
}

}  // namespace

BackendFactory Factory() {
    return BackendFactory{"redis", &Check, &Create};
}

}  // namespace realtime::redis
