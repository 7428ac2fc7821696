// Resolver: a host name becomes addresses without blocking the thread that asks, and without a thread of ours.
//
// glibc's getaddrinfo_a does the look-up in a thread of its own, which runs only libc's code. That matters at a map
// change: the module may be unmapped while a name server still keeps the look-up waiting. Its end is seen as the end
// of a pipe (libc's thread is told to call libc's close on it), so the answer wakes the same poll as everything else.
#pragma once

#include <memory>
#include <string>
#include <vector>

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

    /// Readable when the look-up has ended; -1 when there is none.
    [[nodiscard]] int Descriptor() const noexcept;

    /// Whether Take has an answer.
    [[nodiscard]] bool IsDone() const noexcept;

    /// The numeric addresses, best first, or RESOLVE_FAILED. Once for each Start, when IsDone.
    Result<std::vector<std::string>> Take();

    /// Forgets a look-up that is under way. Its few hundred bytes are given up if libc still writes to them.
    void Abandon() noexcept;

  private:
    struct Lookup;
    std::unique_ptr<Lookup> lookup_;
    std::vector<std::string> numeric_;
};

}  // namespace realtime::redis
