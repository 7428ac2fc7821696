// SharedBlock: bytes that several messages look into, in one allocation. Once the last of them is gone, the memory goes
// back to the thread that allocated it, by way of SpentBlocks: the game thread ends the messages, and would otherwise
// free, one by one, what the I/O thread has allocated, and wait for the allocator's lock on it.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <new>
#include <string_view>
#include <utility>

namespace realtime {

/// Blocks that nobody looks into any more. It outlives all blocks that are sent to it. Any thread may call any method.
class SpentBlocks {
  public:
    SpentBlocks() = default;
    ~SpentBlocks() { Free(); }
    SpentBlocks(const SpentBlocks&) = delete;
    SpentBlocks& operator=(const SpentBlocks&) = delete;

    /// For the thread that allocates: frees what has come.
    void Free() noexcept {
        if (first_.load(std::memory_order_relaxed) == nullptr) {
            return;
        }
        for (Header* header = first_.exchange(nullptr, std::memory_order_acquire); header != nullptr;) {
            Delete(std::exchange(header, header->next));
        }
    }

  private:
    friend class SharedBlock;
    struct Header {
        std::atomic<std::uint32_t> holders{1};
        SpentBlocks* home = nullptr;
        Header* next = nullptr;  // of those that are spent
    };

    static void Delete(Header* header) noexcept {
        header->~Header();
        ::operator delete(static_cast<void*>(header));
    }

    /// Allocates nothing and waits for nobody.
    void Add(Header* header) noexcept {
        header->next = first_.load(std::memory_order_relaxed);
        while (
            !first_.compare_exchange_weak(header->next, header, std::memory_order_release, std::memory_order_relaxed)) {
        }
    }

    std::atomic<Header*> first_{nullptr};
};

/// One holder of a block, or of none. Copies hold the same block, and may be made and ended on any thread.
class SharedBlock {
  public:
    SharedBlock() = default;
    ~SharedBlock() { Leave(); }
    SharedBlock(const SharedBlock& other) noexcept : header_(other.header_) {
        if (header_ != nullptr) {
            header_->holders.fetch_add(1, std::memory_order_relaxed);
        }
    }
    SharedBlock(SharedBlock&& other) noexcept : header_(std::exchange(other.header_, nullptr)) {}
    SharedBlock& operator=(SharedBlock other) noexcept {
        std::swap(header_, other.header_);
        return *this;
    }

    /// A block that holds these bytes, one part behind the other. In the end its memory goes to `home`; without one it
    /// is freed by whoever is last.
    static SharedBlock Join(std::initializer_list<std::string_view> parts, SpentBlocks* home) {
        std::size_t size = sizeof(Header);
        for (const std::string_view part : parts) {
            size += part.size();
        }
        SharedBlock block;
        block.header_ = new (::operator new(size)) Header;
        block.header_->home = home;
        char* end = block.Begin();
        for (const std::string_view part : parts) {
            end = std::uninitialized_copy(part.begin(), part.end(), end);
        }
        return block;
    }

    [[nodiscard]] const char* Bytes() const noexcept { return Begin(); }

  private:
    using Header = SpentBlocks::Header;

    [[nodiscard]] char* Begin() const noexcept { return reinterpret_cast<char*>(header_ + 1); }

    void Leave() noexcept {
        // Who holds the only reference needs no exchange to know that nobody can join.
        if (header_ == nullptr || (header_->holders.load(std::memory_order_acquire) != 1 &&
                                   header_->holders.fetch_sub(1, std::memory_order_acq_rel) != 1)) {
            return;
        }
        if (header_->home != nullptr) {
            header_->home->Add(header_);
        } else {
            SpentBlocks::Delete(header_);
        }
    }

    Header* header_ = nullptr;
};

}  // namespace realtime
