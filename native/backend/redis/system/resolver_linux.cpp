// glibc's getaddrinfo_a does the look-up in a thread of its own, which runs only libc's code, so that the module may be
// unmapped meanwhile. Its end is seen as the end of a pipe: libc's thread is told to call libc's close on it.
//
// What libc writes to must outlive the look-up, which nothing can interrupt. Whoever does not want the answer any more
// lays the look-up aside; the next one frees what has ended since. What is still under way when the connection is
// closed for good is waited for by a thread of its own, for which the module stays mapped.
#include "backend/redis/resolver.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <link.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <exception>
#include <thread>
#include <utility>

namespace realtime::redis {
namespace {

/// Keeps the library that holds this code mapped for as long as the process lives; false when that cannot be had. The
/// program itself, of which tests are made, is never unmapped.
bool StayMapped() noexcept {
    Dl_info place{};
    void* found = nullptr;
    if (::dladdr1(reinterpret_cast<const void*>(&StayMapped), &place, &found, RTLD_DL_LINKMAP) == 0) {
        return false;
    }
    const bool is_program = *static_cast<const link_map*>(found)->l_name == '\0';
    return is_program || ::dlopen(place.dli_fname, RTLD_NOW | RTLD_NOLOAD | RTLD_NODELETE) != nullptr;
}

}  // namespace

/// All that libc's thread reads and writes while it looks up; it must outlive that.
struct Resolver::Lookup {
    std::string host;
    addrinfo hints{};
    gaicb request{};
    int done_read = -1;
    int done_write = -1;  // libc's to close, unless the look-up is cancelled before it began

    std::unique_ptr<Lookup> older;  // of those that were abandoned

    [[nodiscard]] bool IsDone() const noexcept { return HasEnded(0); }
    void Wait() const noexcept {
        while (!HasEnded(-1)) {
        }
    }
    static void FreeEnded(std::unique_ptr<Lookup>& list) noexcept {
        for (std::unique_ptr<Lookup>* each = &list; *each != nullptr;) {
            if ((*each)->IsDone()) {
                *each = std::move((*each)->older);
            } else {
                each = &(*each)->older;
            }
        }
    }

    Lookup() = default;
    Lookup(const Lookup&) = delete;
    Lookup& operator=(const Lookup&) = delete;
    ~Lookup() {
        if (done_read >= 0) {
            ::close(done_read);
        }
        if (request.ar_result != nullptr) {
            ::freeaddrinfo(request.ar_result);
        }
    }

  private:
    [[nodiscard]] bool HasEnded(int timeout) const noexcept {
        pollfd end{done_read, POLLIN, 0};
        return ::poll(&end, 1, timeout) > 0;
    }
};

Resolver::Resolver() = default;

Resolver::~Resolver() {
    Abandon();
    Lookup::FreeEnded(abandoned_);
    if (abandoned_ == nullptr) {
        return;
    }
    Lookup* const left = abandoned_.release();
    if (!StayMapped()) {
        return;  // the blocks stay behind, a few hundred bytes each
    }
    try {
        std::thread([left] {
            for (std::unique_ptr<Lookup> lookup(left); lookup != nullptr; lookup = std::move(lookup->older)) {
                lookup->Wait();
            }
        }).detach();
    } catch (const std::exception&) {
        return;  // no memory, or no thread: they stay behind as well
    }
}

Result<void> Resolver::Start(const std::string& host) {
    Abandon();
    Lookup::FreeEnded(abandoned_);
    numeric_.clear();
    if (IsNumericAddress(host)) {
        numeric_.push_back(host);
        return {};
    }
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
        return MakeError(ErrorCode::kResolveFailed, host + ": no descriptor left");
    }
    auto lookup = std::make_unique<Lookup>();
    lookup->host = host;
    lookup->done_read = ends[0];
    lookup->done_write = ends[1];
    lookup->hints.ai_family = AF_UNSPEC;
    lookup->hints.ai_socktype = SOCK_STREAM;
    lookup->request.ar_name = lookup->host.c_str();
    lookup->request.ar_request = &lookup->hints;

    sigevent when_done{};
    when_done.sigev_notify = SIGEV_THREAD;
    when_done.sigev_value.sival_int = ends[1];
    // close(int) reads just the int of the union: the calling conventions of both Linux targets pass it the same way.
    when_done.sigev_notify_function = reinterpret_cast<void (*)(sigval)>(reinterpret_cast<void*>(&::close));
    gaicb* const requests = &lookup->request;
    if (::getaddrinfo_a(GAI_NOWAIT, const_cast<gaicb**>(&requests), 1, &when_done) != 0) {
        ::close(ends[1]);
        return MakeError(ErrorCode::kResolveFailed, host);
    }
    lookup_ = std::move(lookup);
    return {};
}

Descriptor Resolver::GetDescriptor() const noexcept {
    return lookup_ ? lookup_->done_read : kNoDescriptor;
}

bool Resolver::IsDone() const noexcept {
    return !lookup_ || lookup_->IsDone();
}

Result<std::vector<std::string>> Resolver::Take() {
    if (!lookup_) {
        return std::exchange(numeric_, {});
    }
    const std::unique_ptr<Lookup> lookup = std::move(lookup_);
    if (const int error = ::gai_error(&lookup->request); error != 0) {
        return MakeError(ErrorCode::kResolveFailed, lookup->host + ": " + ::gai_strerror(error));
    }
    std::vector<std::string> addresses;
    for (const addrinfo* info = lookup->request.ar_result; info != nullptr; info = info->ai_next) {
        std::array<char, NI_MAXHOST> text{};
        if (::getnameinfo(info->ai_addr, info->ai_addrlen, text.data(), static_cast<socklen_t>(text.size()), nullptr, 0,
                          NI_NUMERICHOST) == 0) {
            addresses.emplace_back(text.data());
        }
    }
    if (addresses.empty()) {
        return MakeError(ErrorCode::kResolveFailed, lookup->host + ": no address");
    }
    return addresses;
}

void Resolver::Abandon() noexcept {
    if (!lookup_) {
        return;
    }
    const int cancelled = lookup_->IsDone() ? EAI_ALLDONE : ::gai_cancel(&lookup_->request);
    if (cancelled == EAI_CANCELED) {
        ::close(lookup_->done_write);
    }
    if (cancelled == EAI_NOTCANCELED) {
        lookup_->older = std::move(abandoned_);
        abandoned_ = std::move(lookup_);
    }
    lookup_.reset();
}

}  // namespace realtime::redis
