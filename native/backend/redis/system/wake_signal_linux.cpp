#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>

#include "backend/redis/wake_signal.h"

namespace realtime::redis {

WakeSignal::WakeSignal() : descriptor_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}

WakeSignal::~WakeSignal() {
    if (IsValid()) {
        ::close(descriptor_);
    }
}

void WakeSignal::Raise() const noexcept {
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = ::write(descriptor_, &one, sizeof(one));
}

void WakeSignal::Clear() const noexcept {
    std::uint64_t count = 0;
    [[maybe_unused]] const ssize_t got = ::read(descriptor_, &count, sizeof(count));
}

}  // namespace realtime::redis
