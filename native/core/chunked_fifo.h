// ChunkedFifo<T>: a first-in, first-out sequence in chunks that are used again. A std::deque gives each emptied node
// back and asks for the next one: where one thread pushes and the other pops, each node is a visit to the allocator's
// lock. Thread: one at a time.
#pragma once

#include <array>
#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace realtime {

template <typename T>
class ChunkedFifo {
  public:
    [[nodiscard]] bool IsEmpty() const noexcept { return size_ == 0; }
    [[nodiscard]] std::size_t Size() const noexcept { return size_; }

    void Push(T&& item) {
        if (chunks_.empty() || end_ == kChunkItems) {
            AddChunk();
        }
        (*chunks_.back())[end_++].emplace(std::move(item));
        ++size_;
    }

    /// Only when not empty.
    [[nodiscard]] T& Front() { return *(*chunks_.front())[begin_]; }

    /// Only when not empty.
    void Pop() {
        (*chunks_.front())[begin_++].reset();
        --size_;
        if (begin_ == kChunkItems || size_ == 0) {
            DropFirstChunk();
        }
    }

  private:
    static constexpr std::size_t kChunkItems = 64;
    static constexpr std::size_t kMostSpare = 32;
    using Chunk = std::array<std::optional<T>, kChunkItems>;

    void AddChunk() {
        if (spare_.empty()) {
            chunks_.push_back(std::make_unique<Chunk>());
        } else {
            chunks_.push_back(std::move(spare_.back()));
            spare_.pop_back();
        }
        end_ = 0;
    }

    void DropFirstChunk() {
        if (spare_.size() < kMostSpare) {
            spare_.push_back(std::move(chunks_.front()));
        }
        chunks_.pop_front();
        begin_ = 0;
    }

    std::deque<std::unique_ptr<Chunk>> chunks_;
    std::vector<std::unique_ptr<Chunk>> spare_;  // all their items are empty
    std::size_t begin_ = 0;                      // in the first chunk
    std::size_t end_ = 0;                        // in the last chunk
    std::size_t size_ = 0;
};

}  // namespace realtime
