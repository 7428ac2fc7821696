// A third backend, to prove the seam: scripts/check-toy-backend.mjs puts this folder into a copy of native/backend,
// adds one line to list.cpp, and runs the conformance suite on it.
//
// Unlike the embedded bus it hands messages over on a thread of its own, and unlike the one over the network it sleeps
// on a condition variable, has no connection that could be lost and no library behind it. A pattern is a prefix and a
// star; that is all that the suite asks for.
#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "core/backend.h"

namespace realtime::toy {

BackendFactory Factory();

namespace {

using TimePoint = std::chrono::steady_clock::time_point;

bool Matches(const Topic& topic, std::string_view channel) {
    if (topic.kind == SubscriptionKind::kChannel) {
        return topic.name == channel;
    }
    const std::size_t prefix = topic.name.size() - 1;
    return topic.name.back() == '*' && channel.compare(0, prefix, topic.name, 0, prefix) == 0;
}

class ToyBackend final : public IBackend {
  public:
    explicit ToyBackend(IBackendHost& host) : host_(host) {}
    ~ToyBackend() override {
        if (courier_.joinable()) {
            RequestClose(TimePoint::min());
            courier_.join();
        }
    }

    Result<void> Open() override {
        courier_ = std::thread([this] { Run(); });
        return {};
    }

    void Wake() override {
        Tell([this] { has_work_ = true; });
    }

    void RequestClose(TimePoint flush_until) override {
        Tell([this, flush_until] {
            flush_until_ = closing_ ? std::min(flush_until_, flush_until) : flush_until;
            closing_ = true;
        });
    }

  private:
    struct Orders {
        bool closing;
        TimePoint flush_until;
    };

    template <typename Change>
    void Tell(Change change) {
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            change();
        }
        ring_.notify_one();
    }

    // The courier's thread, from here on.

    Orders Sleep() {
        std::unique_lock<std::mutex> lock(mutex_);
        ring_.wait(lock, [this] { return has_work_ || closing_; });
        has_work_ = false;
        return Orders{closing_, flush_until_};
    }

    void Run() {
        host_.OnAttempt({});
        for (Orders orders = Sleep(); !orders.closing; orders = Sleep()) {
            CarryAll(TimePoint::max());
        }
        // What is told at the last moment may still be carried, until the deadline; the rest comes back.
        Orders orders = Sleep();
        CarryAll(orders.flush_until);
        ReturnAll();
        host_.OnClosed();
    }

    void CarryAll(TimePoint until) {
        constexpr std::size_t kArmful = 100;
        while (std::chrono::steady_clock::now() < until && host_.TakeOutbound(armful_, kArmful) > 0) {
            const std::vector<Topic> topics = host_.Topics();
            for (; !armful_.empty(); armful_.pop_front()) {
                Carry(armful_.front(), topics);
            }
            host_.OnMessages(arrived_);
            host_.OnOutcomes(outcomes_);
        }
    }

    void Carry(const OutboundMessage& message, const std::vector<Topic>& topics) {
        std::uint64_t receivers = 0;
        for (const Topic& topic : topics) {
            if (Matches(topic, message.Channel())) {
                const bool is_pattern = topic.kind == SubscriptionKind::kPattern;
                arrived_.push_back(
                    InboundMessage{topic.kind, is_pattern ? topic.name : "", message.Channel(), message.Payload()});
                ++receivers;
            }
        }
        outcomes_.push_back(OutcomeOf(message, Fate::kConfirmed, receivers));
    }

    void ReturnAll() {
        host_.TakeOutbound(armful_, 0);
        for (; !armful_.empty(); armful_.pop_front()) {
            const OutboundMessage& message = armful_.front();
            outcomes_.push_back(OutcomeOf(message, Fate::kFailed, 0, MakeError(ErrorCode::kShuttingDown)));
        }
        host_.OnOutcomes(outcomes_);
    }

    IBackendHost& host_;
    std::thread courier_;
    std::mutex mutex_;
    std::condition_variable ring_;
    bool has_work_ = false;  // under mutex_, as the next two
    bool closing_ = false;
    TimePoint flush_until_;

    std::deque<OutboundMessage> armful_;
    std::vector<InboundMessage> arrived_;
    std::vector<Outcome> outcomes_;
};

Result<void> Check(const Options& /*options*/) {
    return {};
}

std::unique_ptr<IBackend> Create(const Options& /*options*/, IBackendHost& host) {
    return std::make_unique<ToyBackend>(host);
}

}  // namespace

BackendFactory Factory() {
    return BackendFactory{"toy", &Check, &Create};
}

}  // namespace realtime::toy
