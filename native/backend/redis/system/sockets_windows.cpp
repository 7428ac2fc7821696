#include "backend/redis/system/sockets.h"

#include <ws2tcpip.h>

#include <algorithm>
#include <array>

namespace realtime::redis {
namespace {

constexpr int kMsPerSecond = 1000;
constexpr int kUsPerMs = 1000;

Transfer Failed() {
    const int error = ::WSAGetLastError();
    return {error == WSAEWOULDBLOCK ? Transfer::State::kNotReady : Transfer::State::kBroken, 0, error};
}

/// A length as Winsock takes it.
int Length(std::size_t bytes) {
    constexpr std::size_t kMost = 1U << 30U;
    return static_cast<int>(std::min(bytes, kMost));
}

/// A socket's own error, 0 when there is none.
int PendingError(Descriptor socket) {
    int error = 0;
    int size = sizeof(error);
    ::getsockopt(socket, SOL_SOCKET, SO_ERROR, reinterpret_cast<char*>(&error), &size);
    return error;
}

}  // namespace

// By select, not WSAPoll: up to and including Windows Server 2019 that one never tells of a connect that was refused.
void WaitForSockets(pollfd* sockets, std::size_t count, int timeout_ms) {
    fd_set readable;
    fd_set writable;
    fd_set broken;
    FD_ZERO(&readable);
    FD_ZERO(&writable);
    FD_ZERO(&broken);
    bool any = false;
    for (std::size_t i = 0; i < count; ++i) {
        sockets[i].revents = 0;
        if (sockets[i].fd == kNoDescriptor) {
            continue;
        }
        any = true;
        if ((sockets[i].events & POLLIN) != 0) {
            FD_SET(sockets[i].fd, &readable);
        }
        if ((sockets[i].events & POLLOUT) != 0) {
            FD_SET(sockets[i].fd, &writable);
        }
        FD_SET(sockets[i].fd, &broken);
    }
    if (!any) {
        ::Sleep(static_cast<DWORD>(timeout_ms));
        return;
    }
    timeval timeout{timeout_ms / kMsPerSecond, (timeout_ms % kMsPerSecond) * kUsPerMs};
    if (::select(0, &readable, &writable, &broken, &timeout) <= 0) {
        return;
    }
    for (std::size_t i = 0; i < count; ++i) {
        if (sockets[i].fd == kNoDescriptor) {
            continue;
        }
        const int events = (FD_ISSET(sockets[i].fd, &readable) != 0 ? POLLIN : 0) |
                           (FD_ISSET(sockets[i].fd, &writable) != 0 ? POLLOUT : 0) |
                           (FD_ISSET(sockets[i].fd, &broken) != 0 ? POLLERR : 0);
        sockets[i].revents = static_cast<short>(events);
    }
}

Transfer SendSome(Descriptor socket, std::string_view bytes) {
    const int sent = ::send(socket, bytes.data(), Length(bytes.size()), 0);
    return sent == SOCKET_ERROR ? Failed() : Transfer{Transfer::State::kDone, static_cast<std::size_t>(sent), 0};
}

Transfer ReceiveSome(Descriptor socket, char* into, std::size_t most) {
    const int got = ::recv(socket, into, Length(most), 0);
    return got == SOCKET_ERROR ? Failed() : Transfer{Transfer::State::kDone, static_cast<std::size_t>(got), 0};
}

std::size_t BytesOnTheirWay(Descriptor /*socket*/) {
    return 0;
}

// Not hiredis' redisCheckConnectDone: it asks by connecting again, which after a refusal begins anew.
Transfer FinishConnect(redisContext& context) {
    pollfd connecting{context.fd, POLLOUT, 0};
    WaitForSockets(&connecting, 1, 0);
    if (const int error = PendingError(context.fd); error != 0) {
        return {Transfer::State::kBroken, 0, error};
    }
    if ((connecting.revents & POLLERR) != 0) {
        return {Transfer::State::kBroken, 0, WSAECONNREFUSED};
    }
    const bool is_open = (connecting.revents & POLLOUT) != 0;
    return {is_open ? Transfer::State::kDone : Transfer::State::kNotReady, 0, 0};
}

std::string DescribeSocketError(int error) {
    std::array<char, 256> text{};
    DWORD length =
        ::FormatMessageA(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, nullptr, static_cast<DWORD>(error),
                         0, text.data(), static_cast<DWORD>(text.size()), nullptr);
    while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r' || text[length - 1] == '.')) {
        --length;
    }
    return length > 0 ? std::string(text.data(), length) : "Winsock error " + std::to_string(error);
}

bool IsNumericAddress(const std::string& host) {
    std::array<unsigned char, sizeof(in6_addr)> address{};
    return ::InetPtonA(AF_INET, host.c_str(), address.data()) == 1 ||
           ::InetPtonA(AF_INET6, host.c_str(), address.data()) == 1;
}

}  // namespace realtime::redis
