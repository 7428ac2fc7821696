// std::mutex, lock_guard and condition_variable under the names that clang's -Wthread-safety understands.
// A member that says REALTIME_GUARDED_BY(mutex_) cannot be touched without the lock: that build fails.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

#if defined(__clang__)
#define REALTIME_THREAD_ATTRIBUTE(x) __attribute__((x))
#else
#define REALTIME_THREAD_ATTRIBUTE(x)
#endif
#define REALTIME_CAPABILITY REALTIME_THREAD_ATTRIBUTE(capability("mutex"))
#define REALTIME_SCOPED_CAPABILITY REALTIME_THREAD_ATTRIBUTE(scoped_lockable)
#define REALTIME_GUARDED_BY(x) REALTIME_THREAD_ATTRIBUTE(guarded_by(x))
#define REALTIME_REQUIRES(x) REALTIME_THREAD_ATTRIBUTE(requires_capability(x))
#define REALTIME_ACQUIRE(...) REALTIME_THREAD_ATTRIBUTE(acquire_capability(__VA_ARGS__))
#define REALTIME_TRY_ACQUIRE(...) REALTIME_THREAD_ATTRIBUTE(try_acquire_capability(__VA_ARGS__))
#define REALTIME_RELEASE(...) REALTIME_THREAD_ATTRIBUTE(release_capability(__VA_ARGS__))
#define REALTIME_UNCHECKED REALTIME_THREAD_ATTRIBUTE(no_thread_safety_analysis)

namespace realtime {

class REALTIME_CAPABILITY Mutex {
  public:
    /// Asks again for as long as a holder usually takes before it goes to sleep: what is done under these locks takes
    /// microseconds, and the game thread had better not be put to sleep for that.
    void lock() REALTIME_ACQUIRE() {
        if (!lock_awake()) {
            mutex_.lock();
        }
    }
    /// As lock, but gives up where that would sleep: false. For the game thread, which the system must not leave
    /// waiting for a holder that it has taken the processor from.
    bool lock_awake() REALTIME_TRY_ACQUIRE(true) {
        for (int asked = 0; asked < kAskBeforeSleep; ++asked) {
            if (mutex_.try_lock()) {
                return true;
            }
            Pause();
        }
        return false;
    }
    bool try_lock() REALTIME_TRY_ACQUIRE(true) { return mutex_.try_lock(); }
    void unlock() REALTIME_RELEASE() { mutex_.unlock(); }

  private:
    friend class Condition;
    static constexpr int kAskBeforeSleep = 1000;  // some tens of microseconds

    /// Tells the processor that this is a wait.
    static void Pause() noexcept {
#if defined(__x86_64__) || defined(__i386__)
        __builtin_ia32_pause();
#endif
    }

    std::mutex mutex_;
};

class REALTIME_SCOPED_CAPABILITY MutexLock {
  public:
    explicit MutexLock(Mutex& mutex) REALTIME_ACQUIRE(mutex) : mutex_(mutex) { mutex_.lock(); }
    ~MutexLock() REALTIME_RELEASE() { mutex_.unlock(); }
    MutexLock(const MutexLock&) = delete;
    MutexLock& operator=(const MutexLock&) = delete;

  private:
    Mutex& mutex_;
};

/// Gives back a lock that was taken by try_lock or lock_awake, also when something throws.
class REALTIME_SCOPED_CAPABILITY HeldLock {
  public:
    explicit HeldLock(Mutex& mutex) REALTIME_REQUIRES(mutex) : mutex_(mutex) {}
    ~HeldLock() REALTIME_RELEASE() { mutex_.unlock(); }
    HeldLock(const HeldLock&) = delete;
    HeldLock& operator=(const HeldLock&) = delete;

  private:
    Mutex& mutex_;
};

class Condition {
  public:
    void NotifyOne() noexcept { condition_.notify_one(); }
    void NotifyAll() noexcept { condition_.notify_all(); }

    /// Waits with the lock given up; false when the deadline passed. May wake for no reason: call it in a loop.
    bool WaitUntil(Mutex& mutex, std::chrono::steady_clock::time_point deadline)
        REALTIME_REQUIRES(mutex) REALTIME_UNCHECKED {
        std::unique_lock<std::mutex> lock(mutex.mutex_, std::adopt_lock);
        const bool in_time = condition_.wait_until(lock, deadline) == std::cv_status::no_timeout;
        lock.release();
        return in_time;
    }

  private:
    std::condition_variable condition_;
};

}  // namespace realtime
