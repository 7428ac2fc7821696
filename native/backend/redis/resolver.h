// Resolver: a host name becomes addresses without blocking the thread that asks, and its end wakes the same wait as
// everything else. One implementation a system: a look-up can hang longer than a map change may wait, and the module
// may be unmapped meanwhile.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "backend/redis/system/sockets.h"
#include "core/result.h"

namespace realtime::redis {

class Resolver {
  public:
    Resolver();
    ~Resolver();
    Resolver(const Resolver&) = delete;
    Resolver& operator=(const Resolver&) = delete;

    /// Starts looking `host` up. A numeric address is answered at once, without a look-up.
    Result<void> Start(const std::string& host);

    /// Readable when the look-up has ended; kNoDescriptor when there is none.
    [[nodiscard]] Descriptor GetDescriptor() const noexcept;

    /// Whether Take has an answer.
    [[nodiscard]] bool IsDone() const noexcept;

    /// The numeric addresses, best first, or RESOLVE_FAILED. Once for each Start, when IsDone.
    Result<std::vector<std::string>> Take();

    /// Forgets a look-up that is under way, and waits for nothing.
    void Abandon() noexcept;

  private:
    struct Lookup;
    std::unique_ptr<Lookup> lookup_;
    std::unique_ptr<Lookup> abandoned_;  // Linux: the latest of those that libc may still write to
    std::vector<std::string> numeric_;
};

}  // namespace realtime::redis
