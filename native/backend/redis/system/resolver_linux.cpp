// glibc's getaddrinfo_a does the look-up in a thread of its own, which runs only libc's code, so that the module may be
// unmapped meanwhile. Its end is seen as the end of a pipe: libc's thread is told to call libc's close on it.
#include "backend/redis/resolver.h"

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <utility>

namespace realtime::redis {

/// All that libc's thread reads and writes while it looks up; it must outlive that.
struct Resolver::Lookup {
    std::string host;
    addrinfo hints{};
    gaicb request{};
    int done_read = -1;
    int done_write = -1;  // libc's to close, unless the look-up is cancelled before it began

    ~Lookup() {
        if (done_read >= 0) {
            ::close(done_read);
        }
        if (request.ar_result != nullptr) {
            ::freeaddrinfo(request.ar_result);
        }
    }
};

Resolver::Resolver() = default;

Resolver::~Resolver() {
    Abandon();
}

Result<void> Resolver::Start(const std::string& host) {
    Abandon();
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
    if (!lookup_) {
        return true;
    }
    pollfd end{lookup_->done_read, POLLIN, 0};
    return ::poll(&end, 1, 0) > 0;
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
    if (!IsDone()) {
        const int cancelled = ::gai_cancel(&lookup_->request);
        if (cancelled == EAI_CANCELED) {
            ::close(lookup_->done_write);
        }
        if (cancelled != EAI_NOTCANCELED) {
            lookup_.reset();
            return;
        }
        // libc's thread is in the middle of it and will write its result there: the block stays behind.
        ::close(std::exchange(lookup_->done_read, -1));
        [[maybe_unused]] const Lookup* const left_behind = lookup_.release();
        return;
    }
    lookup_.reset();
}

}  // namespace realtime::redis
