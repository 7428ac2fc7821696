// Publisher: the messages between the outbound queue and the server's answer, and the truth about each of them.
//
// Commands are pipelined in a window; answers come in order. When the connection is lost, a message of which the server
// cannot have seen the last byte is kept and sent first on the next connection; the fate of the others is unknown. One
// that was under way each time when several connections in a row were lost fails: it may be why they were.
// Thread: the I/O thread only.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "backend/redis/connection.h"
#include "core/backend.h"

namespace realtime::redis {

class Publisher {
  public:
    explicit Publisher(IBackendHost& host) : host_(host) {}

    /// Takes waiting messages and appends them to `connection`, as many as the window allows.
    void Fill(Connection& connection);

    /// Whether Fill would take what waits now.
    [[nodiscard]] bool HasRoom(const Connection& connection) const noexcept;

    void Ping(Connection& connection);

    /// The answer to the oldest command in flight; PROTOCOL_ERROR when there is none or it is no answer to it. A server
    /// that asks for a password or is loading fails what it refuses; after the last answer its error is given here, so
    /// that the connection is made anew.
    Result<void> OnReply(const Reply& reply);

    /// Lets go of texts that the socket has taken whole: from there on only the messages' fate is open.
    void OnSent(const Connection& connection);

    /// The connection is about to be closed. When it throws, for want of memory, it has to be called again before
    /// anything else.
    void OnLost(const Connection& connection, const Error& error);

    /// Everything that was never sent, here and in the outbound queue, fails with `error`.
    void FailUnsent(const Error& error);

    /// Tells the host what was settled since the last Report.
    void Report() {
        host_.OnOutcomes(settled_);
        if (!spent_.empty()) {
            host_.Recycle(spent_);
        }
    }

    [[nodiscard]] bool IsWaiting() const noexcept { return !in_flight_.empty(); }
    /// Whether the other side has taken more of the oldest command since the last time this was asked. Only of a long
    /// one, which is on its way for a while: others the kernel takes at once, whether or not anybody reads them.
    bool HasMoved(const Connection& connection);
    /// Whether everything that was taken is settled. The outbound queue is not looked at.
    [[nodiscard]] bool IsIdle() const noexcept { return in_flight_.empty() && unsent_.empty(); }

  private:
    struct InFlight {
        OutboundMessage message;  // id 0: a PING of ours
        std::uint64_t begin = 0;  // stream positions of the command and behind it
        std::uint64_t end = 0;
    };
    /// Whether the message that was being sent when the connection was lost has another try.
    bool MayTryAgain(const OutboundMessage& message);
    /// A message that was refused, to a caller who has not asked for the answer: each of the server's words is told of
    /// once on a connection. Which message it was, only the server can say: its text is gone.
    void TellRefused(const OutboundMessage& message, const Error& error);
    void Settle(const OutboundMessage& message, Fate fate, std::uint64_t receivers, Error error);

    IBackendHost& host_;
    std::deque<OutboundMessage> unsent_;
    std::deque<OutboundMessage> again_;  // empty but for OnLost, unless memory ran out in it
    std::deque<InFlight> in_flight_;
    std::optional<Error> leaving_;   // the server does not know us any more: nothing more is sent on this connection
    std::uint64_t interrupted_ = 0;  // id of the message that was being sent when the last connection was lost
    int interruptions_ = 0;          // how often in a row
    std::uint64_t moved_to_ = 0;     // stream position at the last HasMoved
    std::size_t released_ = 0;       // how many of in_flight_ have let go of their text
    std::vector<std::string> told_;  // refusals, in the server's words
    std::vector<Outcome> settled_;
    std::vector<std::string> spent_;
};

}  // namespace realtime::redis
