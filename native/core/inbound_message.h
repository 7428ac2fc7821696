// InboundMessage: a message that arrived. The bytes of messages that arrived together lie in one block, which the last
// of them frees, so that a batch costs one allocation and not one for each name and payload.
//
// Thread: made on a backend's thread, read and destroyed on the game thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "realtime/contract.h"

namespace realtime {

class InboundMessage {
  public:
    /// One on its own. `pattern`: the pattern that matched; empty unless `kind` is kPattern. Each part is shorter than
    /// 4 GiB.
    InboundMessage(SubscriptionKind kind, std::string_view pattern, std::string_view channel, std::string_view payload)
        : InboundMessage(Join({pattern, channel, payload}), 0, kind, pattern.size(), channel.size(), payload.size()) {}

    [[nodiscard]] SubscriptionKind Kind() const noexcept { return kind_; }
    [[nodiscard]] std::string_view Pattern() const noexcept { return {block_.get() + offset_, pattern_size_}; }
    [[nodiscard]] std::string_view Channel() const noexcept {
        return {block_.get() + offset_ + pattern_size_, channel_size_};
    }
    [[nodiscard]] std::string_view Payload() const noexcept {
        return {block_.get() + offset_ + pattern_size_ + channel_size_, payload_size_};
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
    using Block = std::shared_ptr<const char[]>;

    InboundMessage(Block block, std::size_t offset, SubscriptionKind kind, std::size_t pattern_size,
                   std::size_t channel_size, std::size_t payload_size)
        : block_(std::move(block)),
          offset_(offset),
          kind_(kind),
          pattern_size_(static_cast<std::uint32_t>(pattern_size)),
          channel_size_(static_cast<std::uint32_t>(channel_size)),
          payload_size_(static_cast<std::uint32_t>(payload_size)) {}

    static Block Join(std::initializer_list<std::string_view> parts) {
        std::size_t size = 0;
        for (const std::string_view part : parts) {
            size += part.size();
        }
        // Not make_shared: it brings a symbol that the whole process shares, and keeps the module mapped (exports
        // check).
        std::unique_ptr<char[]> block(new char[size]);
        char* end = block.get();
        for (const std::string_view part : parts) {
            end = std::copy(part.begin(), part.end(), end);
        }
        return block;
    }

    Block block_;
    std::size_t offset_ = 0;
    SubscriptionKind kind_;
    std::uint32_t pattern_size_;
    std::uint32_t channel_size_;
    std::uint32_t payload_size_;
};

/// Collects messages and gives them their common block. It keeps its own memory from one batch to the next.
class InboundBatch {
  public:
    void Add(SubscriptionKind kind, std::string_view pattern, std::string_view channel, std::string_view payload) {
        parts_.push_back(Part{bytes_.size(), kind, pattern.size(), channel.size(), payload.size()});
        bytes_.append(pattern).append(channel).append(payload);
    }

    [[nodiscard]] bool IsEmpty() const noexcept { return parts_.empty(); }

    /// Moves what was added to the end of `out`, in order.
    void MoveTo(std::vector<InboundMessage>& out) {
        if (parts_.empty()) {
            return;
        }
        const InboundMessage::Block block = InboundMessage::Join({bytes_});
        for (const Part& part : parts_) {
            out.push_back(InboundMessage(block, part.offset, part.kind, part.pattern, part.channel, part.payload));
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
    };
    /// A batch with a message of many megabytes does not keep them for ever.
    static constexpr std::size_t kMostKept = 1024UL * 1024;

    std::vector<Part> parts_;
    std::string bytes_;
};

}  // namespace realtime
