// A wait can only be for sockets there, so the signal is one: a datagram socket on loopback that is connected to
// itself, and so hears nobody else. Each signal is one byte.
#include <winsock2.h>

#include <array>
#include <utility>

#include "backend/redis/wake_signal.h"

namespace realtime::redis {
namespace {

bool ConnectToItself(SOCKET socket) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
    int size = sizeof(address);
    auto* const name = reinterpret_cast<sockaddr*>(&address);
    u_long non_blocking = 1;
    return ::bind(socket, name, size) == 0 && ::getsockname(socket, name, &size) == 0 &&
           ::connect(socket, name, size) == 0 && ::ioctlsocket(socket, FIONBIO, &non_blocking) == 0;
}

}  // namespace

WakeSignal::WakeSignal() : descriptor_(kNoDescriptor) {
    WSADATA data;
    if (::WSAStartup(MAKEWORD(2, 2), &data) != 0) {
        return;
    }
    descriptor_ = ::socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
    if (IsValid() && !ConnectToItself(descriptor_)) {
        ::closesocket(std::exchange(descriptor_, kNoDescriptor));
    }
    if (!IsValid()) {
        ::WSACleanup();
    }
}

WakeSignal::~WakeSignal() {
    if (IsValid()) {
        ::closesocket(descriptor_);
        ::WSACleanup();
    }
}

void WakeSignal::Raise() const noexcept {
    const char signal = 1;
    ::send(descriptor_, &signal, sizeof(signal), 0);
}

void WakeSignal::Clear() const noexcept {
    std::array<char, 16> signals{};
    while (::recv(descriptor_, signals.data(), static_cast<int>(signals.size()), 0) > 0) {
    }
}

}  // namespace realtime::redis
