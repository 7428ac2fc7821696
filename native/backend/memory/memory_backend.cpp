#include "backend/memory/memory_backend.h"

#include <deque>
#include <exception>
#include <string_view>
#include <utility>
#include <vector>

#include "backend/memory/glob.h"

namespace realtime::memory {
namespace {

class MemoryBackend final : public IBackend {
  public:
    explicit MemoryBackend(IBackendHost& host) : host_(host) {}

    Result<void> Open() override {
        open_ = true;
        host_.OnAttempt({});
        return {};
    }

    void Wake() override {
        if (!open_) {
            return;
        }
        if (host_.TopicsVersion() != topics_version_) {
            topics_version_ = host_.TopicsVersion();
            topics_ = host_.Topics();
        }
        host_.Spent().Free();
        host_.TakeOutbound(waiting_, 0);
        for (; !waiting_.empty(); waiting_.pop_front()) {
            Route(waiting_.front());
        }
        host_.OnMessages(arrived_);
        host_.OnOutcomes(outcomes_);
    }

    void RequestClose(std::chrono::steady_clock::time_point /*flush_until*/) override {
        if (!open_) {
            return;
        }
        Wake();
        open_ = false;
        host_.OnClosed();
    }

  private:
    /// As on a real server, a message goes out once for its channel and once for each pattern that matches.
    /// When there is no memory for it all, there is none of it, and it waits for the next Wake.
    void Route(const OutboundMessage& message) {
        const std::size_t before = arrived_.size();
        try {
            outcomes_.push_back(OutcomeOf(message, Fate::kConfirmed, Send(message)));
        } catch (const std::exception&) {
            arrived_.resize(before);
            throw;
        }
    }

    /// Gives the number of receivers.
    std::uint64_t Send(const OutboundMessage& message) {
        std::uint64_t receivers = 0;
        for (const Topic& topic : topics_) {
            const bool is_pattern = topic.kind == SubscriptionKind::kPattern;
            if (is_pattern ? GlobMatch(topic.name, message.Channel()) : topic.name == message.Channel()) {
                arrived_.emplace_back(topic.kind, is_pattern ? std::string_view(topic.name) : std::string_view(),
                                      message.Channel(), message.Payload());
                ++receivers;
            }
        }
        return receivers;
    }

    IBackendHost& host_;
    bool open_ = false;
    std::uint64_t topics_version_ = ~std::uint64_t{0};
    std::vector<Topic> topics_;            // channels sort before patterns
    std::deque<OutboundMessage> waiting_;  // empty but for Wake, unless memory ran out in it
    std::vector<InboundMessage> arrived_;
    std::vector<Outcome> outcomes_;
};

Result<void> Check(const Options& /*options*/) {
    return {};
}

std::unique_ptr<IBackend> Create(const Options& /*options*/, IBackendHost& host) {
    return std::make_unique<MemoryBackend>(host);
}

}  // namespace

BackendFactory Factory() {
    return BackendFactory{"memory", &Check, &Create};
}

}  // namespace realtime::memory
