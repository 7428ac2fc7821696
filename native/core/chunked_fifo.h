// ChunkedFifo<T>: a first-in, first-out sequence in chunks that are used again. A std::deque gives each emptied node
// back and asks for the next one: where one thread pushes and the other pops, each node is a visit to the allocator's
// lock, and to the part of it that is the other thread's. Here only Push asks the allocator for memory or gives it
// back. Thread: one at a time.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>

namespace realtime {

template <typename T>
class ChunkedFifo {
  public:
    ChunkedFifo() = default;
    ~ChunkedFifo() {
        FreeAll(first_);
        FreeAll(spare_);
    }
    ChunkedFifo(const ChunkedFifo&) = delete;
    ChunkedFifo& operator=(const ChunkedFifo&) = delete;

    [[nodiscard]] bool IsEmpty() const noexcept { return size_ == 0; }
    [[nodiscard]] std::size_t Size() const noexcept { return size_; }

    void Push(T&& item) {
        if (last_ == nullptr || end_ == kChunkItems) {
            AddChunk();
        }
        last_->items[end_].emplace(std::move(item));
        ++end_;
        ++size_;
        if (spares_ > kMostSpare) {
            (void)TakeSpare();  // one at a time: what a flood needed is not kept for ever
        }
    }

    /// Only when not empty.
    [[nodiscard]] T& Front() { return *first_->items[begin_]; }

    /// Only when not empty.
    void Pop() {
        first_->items[begin_++].reset();
        --size_;
        if (size_ == 0) {
            begin_ = end_ = 0;  // of the only chunk
        } else if (begin_ == kChunkItems) {
            std::unique_ptr<Chunk> emptied = std::exchange(first_, std::move(first_->next));
            emptied->next = std::exchange(spare_, nullptr);
            spare_ = std::move(emptied);
            ++spares_;
            begin_ = 0;
        }
    }

  private:
    static constexpr std::size_t kChunkItems = 64;
    static constexpr std::size_t kMostSpare = 32;
    struct Chunk {
        std::array<std::optional<T>, kChunkItems> items;
        std::unique_ptr<Chunk> next;
    };

    std::unique_ptr<Chunk> TakeSpare() noexcept {
        std::unique_ptr<Chunk> chunk = std::exchange(spare_, nullptr);
        spare_ = std::move(chunk->next);
        --spares_;
        return chunk;
    }

    void AddChunk() {
        std::unique_ptr<Chunk>& place = last_ == nullptr ? first_ : last_->next;
        place = spare_ ? TakeSpare() : std::make_unique<Chunk>();
        last_ = place.get();
        end_ = 0;
    }

    /// Not recursively, as a chain of owners would end by itself.
    static void FreeAll(std::unique_ptr<Chunk>& list) noexcept {
        while (list != nullptr) {
            list = std::move(list->next);
        }
    }

    std::unique_ptr<Chunk> first_;  // never none again once there was one
    Chunk* last_ = nullptr;
    std::unique_ptr<Chunk> spare_;  // all their items are empty
    std::size_t spares_ = 0;
    std::size_t begin_ = 0;  // in the first chunk
    std::size_t end_ = 0;    // in the last chunk
    std::size_t size_ = 0;
};

}  // namespace realtime
