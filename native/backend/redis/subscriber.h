// Subscriber: keeps the subscriptions on the server equal to those the host wants, and hands over what arrives.
// Thread: the I/O thread only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <set>
#include <string_view>
#include <vector>

#include "backend/redis/connection.h"
#include "core/backend.h"

namespace realtime::redis {

class Subscriber {
  public:
    /// Longer messages are counted, and not handed over.
    Subscriber(IBackendHost& host, std::size_t most_payload_bytes)
        : host_(host), most_payload_bytes_(most_payload_bytes), arrived_(host.Spent().blocks) {}

    /// A new connection: nothing is subscribed on it yet.
    void Reset();

    /// Appends what turns the server's list into the wanted one; does nothing when that is so already.
    void Reconcile(Connection& connection);

    [[nodiscard]] bool IsReconciled() { return reconciled_once_ && host_.TopicsVersion() == version_; }

    void Ping(Connection& connection);

    Result<void> OnReply(const Reply& reply);

    /// Hands the messages that arrived since the last Report to the host.
    void Report() {
        arrived_.MoveTo(batch_);
        host_.OnMessages(batch_);
    }

    /// Whether the server still owes an answer to a command.
    [[nodiscard]] bool IsWaiting() const noexcept { return !asked_.empty(); }

  private:
    enum class Verb { kSubscribe, kUnsubscribe, kPing };
    struct Asked {
        Verb verb;
        Topic topic;
    };
    void Ask(Connection& connection, Verb verb, const Topic& topic);
    void OnTooLarge(std::string_view topic);
    Result<void> OnAnswer(const Reply& reply, Verb verb);

    IBackendHost& host_;
    const std::size_t most_payload_bytes_;
    bool reconciled_once_ = false;
    std::uint64_t version_ = 0;
    std::set<Topic> topics_;
    std::deque<Asked> asked_;
    InboundBatch arrived_;
    std::vector<InboundMessage> batch_;  // empty but for Report; it keeps its memory
};

}  // namespace realtime::redis
