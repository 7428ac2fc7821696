// WakeSignal: ends the I/O thread's wait from any other thread, through a descriptor. One implementation a system.
#pragma once

#include "backend/redis/system/sockets.h"

namespace realtime::redis {

class WakeSignal {
  public:
    WakeSignal();
    ~WakeSignal();
    WakeSignal(const WakeSignal&) = delete;
    WakeSignal& operator=(const WakeSignal&) = delete;

    /// False when the process is out of descriptors.
    [[nodiscard]] bool IsValid() const noexcept { return descriptor_ != kNoDescriptor; }
    [[nodiscard]] Descriptor GetDescriptor() const noexcept { return descriptor_; }

    /// Any thread. Never blocks: a signal that finds no room is a wake-up that is already there.
    void Raise() const noexcept;

    /// The waiting thread, before it looks for work: what is raised from now on ends the next wait.
    void Clear() const noexcept;

  private:
    Descriptor descriptor_;
};

}  // namespace realtime::redis
