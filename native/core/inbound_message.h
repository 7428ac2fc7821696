// InboundMessage: a message that arrived. The bytes of messages that arrived together lie in one block, so that a batch
// costs one allocation and not one for each name and payload.
//
// Thread: made on a backend's thread, read and destroyed on the game thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/shared_block.h"
#include "realtime/contract.h"

namespace realtime {

class InboundMessage {
  public:
    /// Nothing: what one is that was moved from. Only to be assigned to.
    InboundMessage() = default;

    /// One on its own. `pattern`: the pattern that matched; empty unless `kind` is kPattern. Each part is shorter than
    /// 4 GiB.
    InboundMessage(SubscriptionKind kind, std::string_view pattern, std::string_view channel, std::string_view payload)
        : InboundMessage(SharedBlock::Join({pattern, channel, payload}, nullptr), 0, kind, pattern.size(),
                         channel.size(), payload.size()) {}

    [[nodiscard]] SubscriptionKind Kind() const noexcept { return kind_; }
    [[nodiscard]] std::string_view Pattern() const noexcept { return {block_.Bytes() + offset_, pattern_size_}; }
    [[nodiscard]] std::string_view Channel() const noexcept {
        return {block_.Bytes() + offset_ + pattern_size_, channel_size_};
    }
    [[nodiscard]] std::string_view Payload() const noexcept {
        return {block_.Bytes() + offset_ + pattern_size_ + channel_size_, payload_size_};
    }
    /// What it was subscribed by: the channel, or the pattern.
    [[nodiscard]] std::string_view Topic() const noexcept {
        return kind_ == SubscriptionKind::kPattern ? Pattern() : Channel();
    }
    /// What it counts for against a bound.
    [[nodiscard]] std::size_t Bytes() const noexcept {
        return std::size_t{pattern_size_} + channel_size_ + payload_size_;
    }

  private:
    friend class InboundBatch;
    InboundMessage(SharedBlock block, std::size_t offset, SubscriptionKind kind, std::size_t pattern_size,
                   std::size_t channel_size, std::size_t payload_size)
        : block_(std::move(block)),
          offset_(offset),
          kind_(kind),
          pattern_size_(static_cast<std::uint32_t>(pattern_size)),
          channel_size_(static_cast<std::uint32_t>(channel_size)),
          payload_size_(static_cast<std::uint32_t>(payload_size)) {}

    SharedBlock block_;
    std::size_t offset_ = 0;
    SubscriptionKind kind_ = SubscriptionKind::kChannel;
    std::uint32_t pattern_size_ = 0;
    std::uint32_t channel_size_ = 0;
    std::uint32_t payload_size_ = 0;
};

/// Collects messages and gives them common blocks of a few kilobytes: a message that waits for long keeps no more than
/// that with it. It keeps its own memory from one batch to the next.
class InboundBatch {
  public:
    /// `spent` is where the blocks end; it outlives the messages.
    explicit InboundBatch(SpentBlocks& spent) : spent_(spent) {}

    void Add(SubscriptionKind kind, std::string_view pattern, std::string_view channel, std::string_view payload) {
        const Part part{bytes_.size(), kind, pattern.size(), channel.size(), payload.size()};
        bytes_.append(pattern).append(channel).append(payload);
        parts_.push_back(part);
    }

    [[nodiscard]] bool IsEmpty() const noexcept { return parts_.empty(); }

    /// Moves what was added to the end of `out`, in order; all of it, or, when memory runs out and it throws, nothing.
    void MoveTo(std::vector<InboundMessage>& out) {
        const std::size_t before = out.size();
        try {
            for (std::size_t first = 0; first < parts_.size();) {
                first = MoveBlockTo(out, first);
            }
        } catch (const std::exception&) {
            out.resize(before);
            throw;
        }
        parts_.clear();
        bytes_.clear();
        if (bytes_.capacity() > kMostKept) {
            bytes_.shrink_to_fit();
        }
    }

  private:
    struct Part {
        std::size_t offset;
        SubscriptionKind kind;
        std::size_t pattern;
        std::size_t channel;
        std::size_t payload;

        [[nodiscard]] std::size_t End() const noexcept { return offset + pattern + channel + payload; }
    };
    /// A longer message has a block of its own.
    static constexpr std::size_t kBlockBytes = 4UL * 1024;
    /// A batch with a message of many megabytes does not keep them for ever.
    static constexpr std::size_t kMostKept = 1024UL * 1024;

    /// A block that begins with part `first`; gives the part behind it.
    std::size_t MoveBlockTo(std::vector<InboundMessage>& out, std::size_t first) const {
        const std::size_t begin = parts_[first].offset;
        std::size_t behind = first + 1;
        while (behind < parts_.size() && parts_[behind].End() - begin <= kBlockBytes) {
            ++behind;
        }
        const std::string_view bytes = std::string_view(bytes_).substr(begin, parts_[behind - 1].End() - begin);
        const SharedBlock block = SharedBlock::Join({bytes}, &spent_);
        for (; first < behind; ++first) {
            const Part& part = parts_[first];
            out.push_back(
                InboundMessage(block, part.offset - begin, part.kind, part.pattern, part.channel, part.payload));
        }
        return behind;
    }

    SpentBlocks& spent_;
    std::vector<Part> parts_;
    std::string bytes_;
};

}  // namespace realtime
