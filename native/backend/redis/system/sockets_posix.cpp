#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "backend/redis/system/sockets.h"

// hiredis' internal header is plain C and says so nowhere.
extern "C" {
#include <hiredis/net.h>
}

namespace realtime::redis {
namespace {

Transfer Failed() {
    const int error = errno;
    const bool is_later = error == EAGAIN || error == EWOULDBLOCK;
    return {is_later ? Transfer::State::kNotReady : Transfer::State::kBroken, 0, error};
}

}  // namespace

void WaitForSockets(pollfd* sockets, std::size_t count, int timeout_ms) {
    ::poll(sockets, static_cast<nfds_t>(count), timeout_ms);
}

Transfer SendSome(Descriptor socket, std::string_view bytes) {
    while (true) {
        const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent >= 0) {
            return {Transfer::State::kDone, static_cast<std::size_t>(sent), 0};
        }
        if (errno != EINTR) {
            return Failed();
        }
    }
}

Transfer ReceiveSome(Descriptor socket, char* into, std::size_t most) {
    while (true) {
        const ssize_t got = ::recv(socket, into, most, 0);
        if (got >= 0) {
            return {Transfer::State::kDone, static_cast<std::size_t>(got), 0};
        }
        if (errno != EINTR) {
            return Failed();
        }
    }
}

std::size_t BytesOnTheirWay(Descriptor socket) {
#if defined(TIOCOUTQ)
    int bytes = 0;
    if (::ioctl(socket, TIOCOUTQ, &bytes) == 0 && bytes > 0) {
        return static_cast<std::size_t>(bytes);
    }
#endif
    return 0;
}

Transfer FinishConnect(redisContext& context) {
    int completed = 0;
    if (redisCheckConnectDone(&context, &completed) != REDIS_OK) {
        return {Transfer::State::kBroken, 0, errno};
    }
    return {completed == 0 ? Transfer::State::kNotReady : Transfer::State::kDone, 0, 0};
}

std::string DescribeSocketError(int error) {
    return std::system_category().message(error);
}

bool IsNumericAddress(const std::string& host) {
    std::array<unsigned char, sizeof(in6_addr)> address{};
    return ::inet_pton(AF_INET, host.c_str(), address.data()) == 1 ||
           ::inet_pton(AF_INET6, host.c_str(), address.data()) == 1;
}

}  // namespace realtime::redis
