// A thread with a poll loop, for the servers that tests play themselves: it holds the sockets, and everything that
// touches them runs in it. The test's thread hands it work with Do.
#pragma once

#include <poll.h>

#include <atomic>
#include <functional>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace realtime::test {

/// A file descriptor that is closed with its owner.
class Descriptor {
  public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor();

    [[nodiscard]] int Number() const { return number_; }

  private:
    int number_ = -1;
};

/// What a socket gives now, without waiting.
struct ReadBytes {
    std::string bytes;
    bool ended = false;  // the other side closed, or the connection broke
};
ReadBytes ReadNow(int socket);

/// Sends what the socket takes now, from the front of `bytes`, and takes that away; false when the connection broke.
/// With `most_in_one` each send is of so many bytes at most.
bool SendNow(int socket, std::string& bytes, std::size_t most_in_one = std::string::npos);

class LoopThread {
  public:
    LoopThread(const LoopThread&) = delete;
    LoopThread& operator=(const LoopThread&) = delete;
    virtual ~LoopThread();

    /// The port on loopback where it listens, from the start to the end of its life.
    [[nodiscard]] int Port() const { return port_; }

    /// How many connections it has accepted.
    [[nodiscard]] std::size_t Accepted() const { return accepted_.load(std::memory_order_acquire); }

  protected:
    LoopThread();

    /// Called at the end of the constructor, and at the begin of the destructor, of the last derived class.
    void Begin();
    void End();

    /// Runs `task` in the thread, and waits for it.
    void Do(const std::function<void()>& task);

    // In the thread:
    virtual void OnAccepted(Descriptor socket) = 0;
    /// Adds what is waited for. An entry with no events at all is left out: it would report hang-ups for ever.
    virtual void Prepare(std::vector<pollfd>& wanted) = 0;
    virtual void OnReady(const std::vector<pollfd>& ready) = 0;
    /// After how many milliseconds OnReady wants to be called although nothing is ready; -1: never.
    virtual int LongestWaitMs() { return -1; }

  private:
    void Run();

    Descriptor wake_;
    Descriptor listener_;
    int port_ = 0;
    std::atomic<std::size_t> accepted_{0};
    std::atomic<bool> ending_{false};
    std::mutex mutex_;
    std::vector<std::packaged_task<void()>> tasks_;
    std::thread thread_;
};

}  // namespace realtime::test
