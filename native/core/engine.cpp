#include "core/engine.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace realtime {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMaxStateChanges = 256;
constexpr std::size_t kMaxUntoldAttempts = 64;
/// Messages taken from the inbox under one lock; what one frame leaves over waits outside the inbox's bound, and comes
/// before everybody's turn.
constexpr std::size_t kTakeAtOnce = 64;
/// Memory that was read and waits for the backend to wake by itself.
constexpr std::size_t kMostSpentBytes = 1024UL * 1024;

/// Calls `tell` with what waits now. What `tell` itself causes waits for the next call, so that this one ends.
template <typename T, typename Tell>
void TellWaiting(ThreadSafeQueue<T>& queue, Tell tell) {
    for (std::size_t left = queue.Size(); left > 0; --left) {
        if (std::optional<T> item = queue.TryPop()) {
            tell(*item);
        }
    }
}

class FlagWhile {
  public:
    explicit FlagWhile(bool& flag) : flag_(flag) { flag_ = true; }
    ~FlagWhile() { flag_ = false; }
    FlagWhile(const FlagWhile&) = delete;
    FlagWhile& operator=(const FlagWhile&) = delete;

  private:
    bool& flag_;
};

}  // namespace

Engine::Engine(const std::vector<BackendFactory>& backends)
    : backends_(backends),
      attempt_ends_(OverflowPolicy::kRefuse, QueueBounds{kMaxUntoldAttempts, kMaxQueueBytes}),
      changes_(OverflowPolicy::kDropOldest, QueueBounds{kMaxStateChanges, kMaxQueueBytes}),
      log_(OverflowPolicy::kDropOldest, QueueBounds{static_cast<std::size_t>(limits::kMaxLogLines), kMaxQueueBytes}) {}

Engine::~Engine() {
    if (closed_) {
        return;
    }
    try {
        Close();
    } catch (const std::exception&) {
        return;  // out of memory; the backend's end is its destructor's
    }
}

void Engine::Close() {
    closed_ = true;
    if (backend_) {
        EndBackend();
    }
    untold_ += ledger_.SettleRest();
}

void Engine::EndBackend() {
    HandOverAll();
    // The backend sends what it can for half of the deadline; the other half is its time to end.
    constexpr std::chrono::milliseconds kDeadline(limits::kCloseDeadlineMs);
    const auto deadline = Clock::now() + kDeadline;
    {
        const MutexLock lock(mutex_);
        if (GetState() != State::kDisconnected) {
            ChangeState(State::kClosing);
        }
    }
    backend_->RequestClose(deadline - kDeadline / 2);
    {
        const MutexLock lock(mutex_);
        while (!backend_ended_.load(std::memory_order_acquire) && changed_.WaitUntil(mutex_, deadline)) {
        }
    }
    backend_.reset();
}

void Engine::AnswerAll(IDelivery& delivery) {
    DeliverAttempts(delivery);
    while (TellAnswer(delivery)) {
    }
}

bool Engine::TellAnswer(IDelivery& delivery) {
    std::optional<Outcome> outcome = answers_.TryPop();
    if (!outcome.has_value()) {
        return false;
    }
    --answers_owed_;
    delivery.Answer(*outcome);
    spent_.texts.Give(std::move(outcome->error.detail));
    return true;
}

Result<const BackendFactory*> Engine::FindBackend(const std::string& name) const {
    if (name.empty() && !backends_.empty()) {
        return &backends_.front();
    }
    std::string known;
    for (const BackendFactory& factory : backends_) {
        if (name == factory.name) {
            return &factory;
        }
        known.append(known.empty() ? "\"" : ", \"").append(factory.name).append("\"");
    }
    return MakeError(ErrorCode::kUnknownBackend, "\"" + name + "\" (there are: " + known + ")");
}

Result<void> Engine::Configure(Options options) {
    Result<const BackendFactory*> factory = FindBackend(options.backend);
    if (factory.IsErr()) {
        return std::move(factory).Error();
    }
    options.backend = factory.Value()->name;
    if (Result<void> checked = factory.Value()->check(options); checked.IsErr()) {
        return checked;
    }
    options_ = std::move(options);
    return {};
}

Result<std::uint64_t> Engine::Connect() {
    if (closed_) {
        return MakeError(ErrorCode::kShuttingDown);
    }
    ReapClosedBackend();
    if (GetState() != State::kDisconnected || backend_) {
        return MakeError(ErrorCode::kAlreadyConnected, StateName(GetState()));
    }
    Result<const BackendFactory*> factory = FindBackend(options_.backend);
    if (factory.IsErr()) {
        return std::move(factory).Error();
    }
    if (attempt_ends_.Size() >= kMaxUntoldAttempts) {
        return MakeError(ErrorCode::kQueueFull, "answers to earlier Connects wait for ProcessEvents");
    }
    in_force_ = options_;
    log_level_.store(options_.log_level, std::memory_order_relaxed);
    outbound_.Reopen(options_.queue);
    inbox_.SetBounds(options_.queue);
    answers_.Reopen(options_.queue);
    attempt_deadline_ = Clock::now() + options_.timeout;
    backend_ended_.store(false, std::memory_order_release);
    outcomes_counted_ = outcomes_told_ = 0;  // should the last one have ended in the middle of a batch
    backend_ = factory.Value()->create(in_force_, *this);
    try {
        return Open();
    } catch (const std::exception&) {
        backend_.reset();
        state_.store(State::kDisconnected, std::memory_order_release);  // as if nobody had tried
        throw;
    }
}

Result<std::uint64_t> Engine::Open() {
    std::uint64_t attempt = 0;
    {
        const MutexLock lock(mutex_);
        attempt = ++attempt_;
        first_attempt_.reset();
        ChangeState(State::kConnecting);
    }
    if (Result<void> opened = backend_->Open(); opened.IsErr()) {
        backend_.reset();
        const MutexLock lock(mutex_);
        first_attempt_ = opened;
        ChangeState(State::kDisconnected);
        return std::move(opened).Error();
    }
    return attempt;
}

Result<void> Engine::WaitForConnect() {
    const MutexLock lock(mutex_);
    if (attempt_ == 0) {
        return MakeError(ErrorCode::kNotConnected);
    }
    while (!first_attempt_.has_value()) {
        if (!changed_.WaitUntil(mutex_, attempt_deadline_) && !first_attempt_.has_value()) {
            return MakeError(ErrorCode::kTimeout, "connecting goes on in the background");
        }
    }
    return *first_attempt_;
}

Result<void> Engine::Disconnect(std::chrono::milliseconds flush) {
    {
        // Under the lock: the backend may be coming to its end this moment, and "disconnected" has the last word.
        const MutexLock lock(mutex_);
        if (!backend_ || GetState() == State::kDisconnected) {
            return MakeError(ErrorCode::kNotConnected);
        }
        ChangeState(State::kClosing);
    }
    HandOverAll();
    backend_->RequestClose(Clock::now() + flush);
    return {};
}

Result<std::uint64_t> Engine::Publish(std::string_view channel, std::string_view payload, bool wants_answer) {
    const auto refuse = [this](ErrorCode code, std::string detail = {}) {
        CountRefused();
        return MakeError(code, std::move(detail));
    };
    const State state = closed_ ? State::kClosing : GetState();
    if (state == State::kDisconnected) {
        return refuse(ErrorCode::kNotConnected);
    }
    if (state == State::kClosing) {
        return refuse(ErrorCode::kShuttingDown);
    }
    if (channel.empty() || channel.size() > static_cast<std::size_t>(limits::kMaxChannelBytes)) {
        return refuse(ErrorCode::kInvalidArgument, "a channel name has 1 to " +
                                                       std::to_string(limits::kMaxChannelBytes) + " bytes, this one " +
                                                       std::to_string(channel.size()));
    }
    if (payload.size() > in_force_.max_payload_bytes) {
        return refuse(ErrorCode::kPayloadTooLarge, std::to_string(payload.size()) + " bytes, the limit is " +
                                                       std::to_string(in_force_.max_payload_bytes));
    }
    const std::size_t bytes = channel.size() + payload.size();
    if ((wants_answer && answers_owed_ >= in_force_.queue.messages) || !ledger_.HasRoom(bytes, in_force_.queue)) {
        return refuse(ErrorCode::kQueueFull, "of " + std::to_string(in_force_.queue.messages) + " messages or " +
                                                 std::to_string(in_force_.queue.bytes) + " bytes that may wait");
    }
    OutboundMessage message;
    message.id = last_message_id_ + 1;
    message.text = texts_.Take();
    message.text.reserve(bytes);  // just so much: many may wait
    message.text.append(channel).append(payload);
    message.channel_bytes = channel.size();
    message.bytes = bytes;
    message.wants_answer = wants_answer;
    // It counts once it is on its way: what there was no memory for is none.
    const bool is_first = HandOver(&message);
    ledger_.Accept(bytes);
    answers_owed_ += wants_answer ? 1 : 0;
    bytes_published_ += payload.size();
    ++last_message_id_;
    if (is_first) {
        WakeBackend();
    }
    return last_message_id_;
}

bool Engine::HandOver(OutboundMessage* message) {
    bool is_first = false;
    // Never full: the ledger has let no more in than this queue holds. Busy: the I/O thread is taking what there is.
    const auto pushed = [this, &is_first](OutboundMessage& one) {
        const PushResult result = outbound_.TryPush(one, one.bytes);
        is_first = is_first || result == PushResult::kQueuedFirst;
        return result != PushResult::kBusy;
    };
    try {
        while (!staged_.empty() && pushed(staged_.front())) {
            staged_.pop_front();
        }
        if (message != nullptr && (!staged_.empty() || !pushed(*message))) {
            staged_.push_back(std::move(*message));  // follows at the next call or frame
        }
    } catch (const std::exception&) {
        if (is_first) {
            WakeBackend();
        }
        throw;
    }
    // Only the first message of a batch wakes the I/O thread: it takes all there are.
    return is_first;
}

void Engine::WakeBackend() {
    try {
        backend_->Wake();
    } catch (const std::exception&) {
        return;  // out of memory, of one that works in the caller's thread: what waits goes with the next wake-up
    }
}

void Engine::HandOverAll() {
    while (!staged_.empty()) {
        (void)outbound_.Push(staged_.front(), staged_.front().bytes);
        staged_.pop_front();
    }
}

Result<SubscriptionId> Engine::Subscribe(Topic topic) {
    if (topic.name.empty() || topic.name.size() > static_cast<std::size_t>(limits::kMaxChannelBytes)) {
        return MakeError(ErrorCode::kInvalidArgument, "a channel or pattern has 1 to " +
                                                          std::to_string(limits::kMaxChannelBytes) +
                                                          " bytes, this one " + std::to_string(topic.name.size()));
    }
    if (closed_) {
        return MakeError(ErrorCode::kShuttingDown);
    }
    const std::uint64_t before = registry_.Version();
    const SubscriptionId id = registry_.Add(std::move(topic));
    if (backend_ && registry_.Version() != before) {
        WakeBackend();
    }
    return id;
}

Result<void> Engine::Unsubscribe(SubscriptionId id) {
    const std::uint64_t before = registry_.Version();
    if (!registry_.Remove(id)) {
        return MakeError(ErrorCode::kUnknownSubscription);
    }
    if (backend_ && registry_.Version() != before) {
        WakeBackend();
    }
    return {};
}

std::size_t Engine::Process(const Budget& budget, IDelivery& delivery) {
    if (processing_) {
        return 0;
    }
    const FlagWhile processing(processing_);
    const Clock::time_point now = Clock::now();
    rhythm_.OnLook(now);
    const auto deadline = now + budget.time;
    const auto spent = [&budget, deadline] { return budget.time.count() > 0 && Clock::now() >= deadline; };

    if (HandOver()) {
        WakeBackend();
    }
    texts_.Collect();
    ReapClosedBackend();
    DeliverNotices(delivery);

    // What the callbacks of this call cause waits for the next one, so that this one ends.
    std::size_t answers_left = answers_.Size();
    const std::size_t waiting = taken_.size() + inbox_.Size();
    const std::size_t most = budget.events == 0 ? waiting : std::min(budget.events, waiting);
    const TakeOrder order = fell_behind_ ? TakeOrder::kTurns : TakeOrder::kArrival;
    std::size_t handled = 0;
    bool kept_out = false;  // of the inbox, by its producer
    // Answers and messages take turns, so that neither keeps the other waiting. One of each at least in every call, so
    // that a budget too small for one callback still moves on.
    while (!closed_ && (answers_left > 0 || handled < most)) {
        if (answers_left > 0) {
            --answers_left;
            TellAnswer(delivery);
        }
        if (!closed_ && handled < most) {
            if (taken_.empty() && inbox_.TakeBatch(taken_, kTakeAtOnce, order) == 0) {
                kept_out = true;
                break;
            }
            DeliverNext(delivery);
            ++handled;
        }
        if (spent()) {
            break;
        }
    }
    // Being kept out says nothing about who is behind. Nobody is when nothing is left, were it because it was dropped.
    const bool is_something_left = !taken_.empty() || inbox_.Size() > 0;
    fell_behind_ = is_something_left && (kept_out ? fell_behind_ : handled < waiting);
    spent_.texts.HandOver();
    if (!backend_) {
        spent_.Free();  // nobody else will
    } else if (spent_.blocks.Bytes() > kMostSpentBytes) {
        WakeBackend();
    }
    return handled;
}

void Engine::DeliverNotices(IDelivery& delivery) {
    const Clock::time_point now = Clock::now();
    const auto tell = [&delivery](const LogLine& line) { delivery.Log(line); };
    limiter_.TellRepeats(now, tell);
    TellWaiting(log_, [this, now, &tell](LogLine& line) {
        limiter_.Pass(line, now, tell);
        spent_.texts.Give(std::move(line.text));
    });
    TellWaiting(changes_, [&delivery](const StateChange& change) { delivery.Changed(change); });
    DeliverAttempts(delivery);
}

void Engine::DeliverAttempts(IDelivery& delivery) {
    TellWaiting(attempt_ends_, [&delivery](const AttemptEnd& end) { delivery.Attempted(end.attempt, end.result); });
}

void Engine::DeliverNext(IDelivery& delivery) {
    listeners_.clear();
    registry_.Find(taken_.front(), listeners_);  // when memory runs out in here, the message stays
    const InboundMessage message = std::move(taken_.front());
    taken_.pop_front();
    if (listeners_.empty()) {
        ++unclaimed_;
        return;
    }
    ++delivered_;
    for (const SubscriptionId id : listeners_) {
        // An earlier callback of this very message may have ended it.
        if (!closed_ && registry_.Contains(id)) {
            delivery.Deliver(id, message);
        }
    }
}

void Engine::ReapClosedBackend() {
    if (backend_ && backend_ended_.load(std::memory_order_acquire)) {
        backend_.reset();
    }
}

StatsValues Engine::Stats() const {
    const LedgerColumns columns = ledger_.Columns();
    const QueueCounts in = inbox_.Counts();
    StatsValues stats;
    stats.sent = columns.sent;
    stats.refused = refused_;
    stats.published = columns.published;
    stats.failed = columns.failed;
    stats.unknown = columns.unknown;
    stats.pending = columns.pending;
    stats.droppedTooLarge = too_large_.load(std::memory_order_relaxed);
    stats.received = in.pushed + stats.droppedTooLarge;
    stats.delivered = delivered_;
    stats.droppedOverflow = in.dropped;
    stats.droppedUnclaimed = unclaimed_;
    stats.dropped = stats.droppedOverflow + stats.droppedUnclaimed + stats.droppedTooLarge;
    stats.queued = in.size + taken_.size();
    stats.subscriptions = registry_.Size();
    stats.connects = connects_.load(std::memory_order_relaxed);
    stats.connectFailures = connect_failures_.load(std::memory_order_relaxed);
    stats.stateChanges = state_changes_.load(std::memory_order_acquire);
    stats.bytesPublished = bytes_published_;
    stats.bytesReceived = bytes_received_.load(std::memory_order_relaxed);
    stats.droppedLogLines = log_.Counts().dropped;
    return stats;
}

// ---- what the backend's thread calls -------------------------------------------------------------------------------

std::size_t Engine::TakeOutbound(std::deque<OutboundMessage>& out, std::size_t most) {
    return outbound_.TakeBatch(out, most);
}

bool Engine::HasOutbound() {
    return outbound_.Size() > 0;
}

std::uint64_t Engine::TopicsVersion() {
    return registry_.Version();
}

std::vector<Topic> Engine::Topics() {
    return registry_.Topics();
}

void Engine::OnMessages(std::vector<InboundMessage>& batch) {
    std::uint64_t bytes = 0;
    for (const InboundMessage& message : batch) {
        bytes += message.Payload().size();
    }
    inbox_.PushBatch(batch);
    bytes_received_.fetch_add(bytes, std::memory_order_relaxed);
}

void Engine::OnTooLarge() {
    too_large_.fetch_add(1, std::memory_order_relaxed);
}

void Engine::OnOutcomes(std::vector<Outcome>& batch) {
    ledger_.Settle(batch, outcomes_counted_);
    for (; outcomes_counted_ < batch.size(); ++outcomes_counted_) {
        const Outcome& outcome = batch[outcomes_counted_];
        if (outcome.fate == Fate::kFailed && outcome.error.code == ErrorCode::kShuttingDown) {
            unsent_.fetch_add(1, std::memory_order_release);
        }
    }
    for (; outcomes_told_ < batch.size(); ++outcomes_told_) {
        if (batch[outcomes_told_].wants_answer) {
            // Never full: Publish accepts no more answers than this queue holds.
            (void)answers_.Push(batch[outcomes_told_]);
        }
    }
    batch.clear();
    outcomes_counted_ = outcomes_told_ = 0;
}

void Engine::Recycle(std::vector<std::string>& texts) {
    texts_.Give(texts);
}

void Engine::OnAttempt(Result<void> result) {
    (result.IsOk() ? connects_ : connect_failures_).fetch_add(1, std::memory_order_relaxed);
    {
        const MutexLock lock(mutex_);
        if (result.IsOk() && GetState() != State::kClosing) {
            ChangeState(State::kConnected);
        }
        EndAttempt(std::move(result));
    }
    changed_.NotifyAll();
}

void Engine::EndAttempt(Result<void> result) {
    if (!first_attempt_.has_value()) {
        (void)attempt_ends_.Push(AttemptEnd{attempt_, result});
        first_attempt_ = std::move(result);
    }
}

void Engine::OnLost(const Error& /*error*/) {
    const MutexLock lock(mutex_);
    if (GetState() != State::kClosing) {
        ChangeState(State::kReconnecting);
    }
}

void Engine::OnClosed() {
    // The last touch is under the lock: once a waiter has it, this thread is done with the engine.
    const MutexLock lock(mutex_);
    backend_ended_.store(true, std::memory_order_release);
    try {
        EndAttempt(MakeError(ErrorCode::kShuttingDown));
        ChangeState(State::kDisconnected);
    } catch (const std::exception&) {
        // Out of memory: nobody is told, but it is so.
        state_.store(State::kDisconnected, std::memory_order_release);
    }
    changed_.NotifyAll();
}

void Engine::OnLog(LogLevel level, std::string line) {
    if (level >= log_level_.load(std::memory_order_relaxed)) {
        (void)log_.Push(LogLine{level, std::move(line)});
    }
}

void Engine::ChangeState(State to) {
    const State from = state_.exchange(to, std::memory_order_acq_rel);
    if (from != to) {
        // Counted after it is so: who sees the number sees the state as well.
        const std::uint64_t number = state_changes_.fetch_add(1, std::memory_order_acq_rel) + 1;
        (void)changes_.Push(StateChange{from, to, number});
    }
}

}  // namespace realtime
