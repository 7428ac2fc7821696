#include "support/loop_thread.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>

namespace realtime::test {
namespace {

constexpr int kBacklog = 64;
/// Sends in one turn, so that one connection does not keep the others waiting.
constexpr int kSendsInTurn = 256;

bool WouldBlock() {
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

}  // namespace

Descriptor::~Descriptor() {
    if (number_ >= 0) {
        ::close(number_);
    }
}

ReadBytes ReadNow(int socket) {
    std::array<char, 16384> chunk{};
    const ssize_t got = ::recv(socket, chunk.data(), chunk.size(), MSG_DONTWAIT);
    if (got < 0) {
        return ReadBytes{{}, !WouldBlock()};
    }
    return ReadBytes{std::string(chunk.data(), static_cast<std::size_t>(got)), got == 0};
}

bool SendNow(int socket, std::string& bytes, std::size_t most_in_one) {
    std::size_t done = 0;
    bool whole = true;
    for (int sends = 0; done < bytes.size() && sends < kSendsInTurn; ++sends) {
        const std::size_t length = std::min(most_in_one, bytes.size() - done);
        const ssize_t sent = ::send(socket, bytes.data() + done, length, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent < 0) {
            whole = WouldBlock();
            break;
        }
        done += static_cast<std::size_t>(sent);
    }
    bytes.erase(0, done);
    return whole;
}

LoopThread::LoopThread()
    : wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    REQUIRE(::bind(listener_.Number(), reinterpret_cast<const sockaddr*>(&address), length) == 0);
    REQUIRE(::listen(listener_.Number(), kBacklog) == 0);
    REQUIRE(::getsockname(listener_.Number(), reinterpret_cast<sockaddr*>(&address), &length) == 0);
    port_ = ntohs(address.sin_port);
}

LoopThread::~LoopThread() = default;

void LoopThread::Begin() {
    thread_ = std::thread([this] { Run(); });
}

void LoopThread::End() {
    Do([this] { ending_ = true; });
    thread_.join();
}

void LoopThread::Do(const std::function<void()>& task) {
    std::packaged_task<void()> packaged(task);
    std::future<void> done = packaged.get_future();
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        tasks_.push_back(std::move(packaged));
    }
    const std::uint64_t one = 1;
    (void)!::write(wake_.Number(), &one, sizeof(one));
    done.get();
}

void LoopThread::Run() {
    std::vector<pollfd> polled;
    while (!ending_) {
        polled.assign({pollfd{wake_.Number(), POLLIN, 0}, pollfd{listener_.Number(), POLLIN, 0}});
        Prepare(polled);
        polled.erase(std::remove_if(polled.begin(), polled.end(), [](const pollfd& one) { return one.events == 0; }),
                     polled.end());
        if (::poll(polled.data(), polled.size(), LongestWaitMs()) < 0) {
            continue;
        }
        if (polled[0].revents != 0) {
            std::uint64_t count = 0;
            (void)!::read(wake_.Number(), &count, sizeof(count));
        }
        OnReady(polled);
        if (polled[1].revents != 0) {
            Descriptor socket(::accept4(listener_.Number(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
            if (socket.Number() >= 0) {
                const int on = 1;
                ::setsockopt(socket.Number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
                OnAccepted(std::move(socket));
                accepted_.fetch_add(1, std::memory_order_release);
            }
        }
        std::vector<std::packaged_task<void()>> tasks;
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            tasks.swap(tasks_);
        }
        for (std::packaged_task<void()>& task : tasks) {
            task();
        }
    }
}

}  // namespace realtime::test
