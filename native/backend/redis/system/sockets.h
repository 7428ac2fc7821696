// What sockets of different systems do not have in common. All that goes beyond hiredis is asked for here.
// Thread: any; a socket belongs to the thread that uses it.
#pragma once

#include <hiredis/hiredis.h>

#if defined(_WIN32)
#ifndef NOMINMAX
#define NOMINMAX
#endif
#ifndef WIN32_LEAN_AND_MEAN
#define WIN32_LEAN_AND_MEAN
#endif
#include <winsock2.h>
#else
#include <poll.h>
#endif

#include <cstddef>
#include <string>
#include <string_view>

namespace realtime::redis {

using Descriptor = redisFD;
constexpr Descriptor kNoDescriptor = REDIS_INVALID_FD;

#if defined(_WIN32)
constexpr bool kHasUnixSockets = false;  // hiredis knows none there
#else
constexpr bool kHasUnixSockets = true;
#endif

/// What became of an attempt to send, to receive or to connect.
struct Transfer {
    enum class State {
        kDone,      ///< `bytes` of them; none received: the peer has closed
        kNotReady,  ///< again after the next wait
        kBroken,    ///< for the reason that `error` numbers
    };
    State state = State::kDone;
    std::size_t bytes = 0;
    int error = 0;
};

/// Waits until one of the sockets is ready or `timeout_ms` have passed, and fills in each `revents`.
void WaitForSockets(pollfd* sockets, std::size_t count, int timeout_ms);

/// Never waits, and raises no signal.
[[nodiscard]] Transfer SendSome(Descriptor socket, std::string_view bytes);
[[nodiscard]] Transfer ReceiveSome(Descriptor socket, char* into, std::size_t most);

/// How many of the bytes that were sent the other machine has not acknowledged; 0 where the system does not tell.
[[nodiscard]] std::size_t BytesOnTheirWay(Descriptor socket);

/// Whether a non-blocking connect has ended; never waits.
[[nodiscard]] Transfer FinishConnect(redisContext& context);

/// The system's words for an `error` above.
[[nodiscard]] std::string DescribeSocketError(int error);

/// Whether it is an address in digits, IPv4 or IPv6.
[[nodiscard]] bool IsNumericAddress(const std::string& host);

}  // namespace realtime::redis
