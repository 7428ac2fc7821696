// The look-up runs in a thread of ours. It keeps the module mapped until it has ended, so that a map change need not
// wait for a name server: whoever does not want the answer any more just leaves the thread alone.
#include <winsock2.h>
#include <ws2tcpip.h>

#include <array>
#include <atomic>
#include <memory>
#include <utility>

#include "backend/redis/resolver.h"
#include "backend/redis/wake_signal.h"

namespace realtime::redis {
namespace {

/// Shared by the thread that looks up and the one that asks.
struct Question {
    std::string host;
    HMODULE module = nullptr;  // one reference to this very library, the thread's to give back
    WakeSignal ended;
    // Written before `is_done`, and read after it.
    int error = 0;
    std::vector<std::string> addresses;
    std::atomic<bool> is_done{false};

    void Run() {
        addrinfo hints{};
        hints.ai_family = AF_UNSPEC;
        hints.ai_socktype = SOCK_STREAM;
        addrinfo* found = nullptr;
        error = ::getaddrinfo(host.c_str(), nullptr, &hints, &found);
        for (const addrinfo* info = error == 0 ? found : nullptr; info != nullptr; info = info->ai_next) {
            std::array<char, NI_MAXHOST> text{};
            if (::getnameinfo(info->ai_addr, static_cast<socklen_t>(info->ai_addrlen), text.data(),
                              static_cast<DWORD>(text.size()), nullptr, 0, NI_NUMERICHOST) == 0) {
                addresses.emplace_back(text.data());
            }
        }
        if (error == 0) {
            ::freeaddrinfo(found);
        }
        is_done.store(true, std::memory_order_release);
        ended.Raise();
    }

    static DWORD WINAPI Thread(void* argument) {
        HMODULE module = nullptr;
        {
            const std::unique_ptr<std::shared_ptr<Question>> mine(static_cast<std::shared_ptr<Question>*>(argument));
            module = (*mine)->module;
            (*mine)->Run();
        }
        ::FreeLibraryAndExitThread(module, 0);
    }
};

}  // namespace

struct Resolver::Lookup {
    std::shared_ptr<Question> question;
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
    auto question = std::make_shared<Question>();
    question->host = host;
    if (!question->ended.IsValid()) {
        return MakeError(ErrorCode::kResolveFailed, host + ": no descriptor left");
    }
    if (::GetModuleHandleExA(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, reinterpret_cast<const char*>(&Question::Thread),
                             &question->module) == 0) {
        return MakeError(ErrorCode::kResolveFailed, host + ": the module is not found in its own process");
    }
    auto lookup = std::make_unique<Lookup>(Lookup{question});
    auto shared = std::make_unique<std::shared_ptr<Question>>(question);
    const HANDLE thread = ::CreateThread(nullptr, 0, &Question::Thread, shared.get(), 0, nullptr);
    if (thread == nullptr) {
        ::FreeLibrary(question->module);
        return MakeError(ErrorCode::kResolveFailed, host + ": no thread left");
    }
    (void)shared.release();  // the thread's from here on
    ::CloseHandle(thread);
    lookup_ = std::move(lookup);
    return {};
}

Descriptor Resolver::GetDescriptor() const noexcept {
    return lookup_ ? lookup_->question->ended.GetDescriptor() : kNoDescriptor;
}

bool Resolver::IsDone() const noexcept {
    return !lookup_ || lookup_->question->is_done.load(std::memory_order_acquire);
}

Result<std::vector<std::string>> Resolver::Take() {
    if (!lookup_) {
        return std::exchange(numeric_, {});
    }
    const std::shared_ptr<Question> question = std::exchange(lookup_, nullptr)->question;
    if (question->error != 0) {
        return MakeError(ErrorCode::kResolveFailed, question->host + ": " + DescribeSocketError(question->error));
    }
    if (question->addresses.empty()) {
        return MakeError(ErrorCode::kResolveFailed, question->host + ": no address");
    }
    return std::move(question->addresses);
}

void Resolver::Abandon() noexcept {
    lookup_.reset();
}

}  // namespace realtime::redis
