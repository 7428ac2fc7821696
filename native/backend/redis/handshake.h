// Handshake: what each connection says first, in one batch: AUTH, SELECT, CLIENT SETNAME, PING.
// The PING comes last so that a server which wants a password, is loading or is no Redis is found out before anybody is
// told "connected".
#pragma once

#include <deque>

#include "backend/redis/connection.h"
#include "core/options.h"
#include "core/result.h"

namespace realtime::redis {

class Handshake {
  public:
    /// Appends the commands to `connection`.
    void Begin(Connection& connection, const Options& options);

    [[nodiscard]] bool IsDone() const noexcept { return steps_.empty(); }

    /// The answer to the oldest command; an error ends the attempt to connect.
    Result<void> OnReply(const Reply& reply);

  private:
    enum class Step { kAuth, kSelect, kSetName, kPing };
    std::deque<Step> steps_;
};

}  // namespace realtime::redis
