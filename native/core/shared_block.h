// SharedBlock: bytes that several messages look into, in one allocation, which ends where it came from.
#pragma once

#include <atomic>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <new>
#include <string_view>
#include <utility>

#include "core/spent_memory.h"

namespace realtime {

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
        block.header_->size = size;
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
