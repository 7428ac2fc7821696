// TextPool: the memory of messages that are done with, for the next ones. The game thread makes every message and the
// I/O thread ends it; without this, both would meet at the allocator's lock all the time, and the game thread waits
// there.
#pragma once

#include <atomic>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "core/mutex.h"

namespace realtime {

class TextPool {
  public:
    /// An empty text, with memory of its own when there is some to spare. Game thread; waits for no lock.
    std::string Take() {
        if (ready_.empty()) {
            Collect();
        }
        if (ready_.empty()) {
            return {};
        }
        std::string text = std::move(ready_.back());
        ready_.pop_back();
        text.clear();
        return text;
    }

    /// Takes what was given: keeps what is worth it, and frees the rest where it was allocated. Game thread, every
    /// frame; waits for no lock.
    void Collect() {
        if (given_count_.load(std::memory_order_acquire) == 0 || !mutex_.try_lock()) {
            return;
        }
        const HeldLock lock(mutex_);
        for (std::string& text : given_) {
            if (ready_.size() < kMostTexts && text.capacity() <= kMostBytes) {
                ready_.push_back(std::move(text));
            } else {
                std::string().swap(text);
            }
        }
        given_.clear();
        given_count_.store(0, std::memory_order_release);
    }

    /// Gives the memory of these texts back, and empties the list. Any thread.
    void Give(std::vector<std::string>& texts) {
        {
            const MutexLock lock(mutex_);
            for (std::string& text : texts) {
                if (text.capacity() > std::string().capacity()) {
                    given_.push_back(std::move(text));
                }
            }
            given_count_.store(given_.size(), std::memory_order_release);
        }
        texts.clear();
    }

  private:
    static constexpr std::size_t kMostTexts = 512;
    static constexpr std::size_t kMostBytes = 1024;

    std::vector<std::string> ready_;  // game thread
    std::atomic<std::size_t> given_count_{0};
    Mutex mutex_;
    std::vector<std::string> given_ REALTIME_GUARDED_BY(mutex_);
};

}  // namespace realtime
