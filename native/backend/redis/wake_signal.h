// WakeSignal: ends the I/O thread's poll from any other thread, through a descriptor.
#pragma once

#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>

namespace realtime::redis {

class WakeSignal {
  public:
    WakeSignal() : descriptor_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}
    ~WakeSignal() {
        if (IsValid()) {
            ::close(descriptor_);
        }
    }
    WakeSignal(const WakeSignal&) = delete;
    WakeSignal& operator=(const WakeSignal&) = delete;

    /// False when the process is out of descriptors.
    [[nodiscard]] bool IsValid() const noexcept { return descriptor_ >= 0; }
    [[nodiscard]] int Descriptor() const noexcept { return descriptor_; }

    /// Any thread. Never blocks: a counter that cannot grow is a wake-up that is already there.
    void Raise() const noexcept {
        const std::uint64_t one = 1;
        [[maybe_unused]] const ssize_t written = ::write(descriptor_, &one, sizeof(one));
    }

    /// The polling thread, before it looks for work: what is raised from now on ends the next poll.
    void Clear() const noexcept {
        std::uint64_t count = 0;
        [[maybe_unused]] const ssize_t got = ::read(descriptor_, &count, sizeof(count));
    }

  private:
    int descriptor_;
};

}  // namespace realtime::redis
