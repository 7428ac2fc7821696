// ReplyReader: hiredis' RESP parser (hiredis 1.2.0, redisReader) with object functions of our own, which note down the
// values where hiredis would build a tree: a reply costs no allocation.
//
// A text beyond the bound is never held. Where messages come from anybody it is read over, byte by byte as it arrives,
// and the reply comes without it; elsewhere it is a PROTOCOL_ERROR the moment it is announced.
// Thread: the I/O thread only.
#pragma once

#include <hiredis/read.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "backend/redis/reply.h"
#include "core/result.h"

namespace realtime::redis {

/// What a reply may hold, and what becomes of one that announces more.
struct ReplyBounds {
    std::size_t text = 0;       ///< longest single text, in bytes
    bool skips_longer = false;  ///< longer ones are read over and come as Kind::kTooLong; else they end the connection
};

class ReplyReader {
  public:
    explicit ReplyReader(const ReplyBounds& bounds);
    ReplyReader(const ReplyReader&) = delete;
    ReplyReader& operator=(const ReplyReader&) = delete;

    /// A few kilobytes at a time: after each kilobyte hiredis moves all that is left to the front.
    Result<void> Feed(std::string_view bytes);

    /// The next complete reply, valid until the next call of anything here; null when there is none.
    /// PROTOCOL_ERROR when the bytes are no RESP, or a kind of reply that no command of ours has.
    Result<const Reply*> Next();

  private:
    struct FreeReader {
        void operator()(redisReader* reader) const noexcept { redisReaderFree(reader); }
    };
    /// A value as it is noted down: its text by its place, because the buffer may still move.
    /// Made where it stays: copied as a whole right after its parts were written, a processor would wait for these.
    struct Noted {
        Noted(Reply::Kind its_kind, long long its_integer, std::size_t its_begin, std::size_t its_size)
            : kind(its_kind), integer(its_integer), begin(its_begin), size(its_size) {}

        Reply::Kind kind;
        long long integer;
        std::size_t begin;
        std::size_t size;
    };
    struct Functions;

    void* Note(Reply::Kind kind, long long integer, std::string_view text) noexcept;
    void* NoteText(std::string_view text) noexcept;
    void* Refuse() noexcept;
    void Tell(const Noted& noted, Reply::Value& value) const noexcept;
    /// The text that an incomplete reply says will come next.
    struct Announcement {
        std::size_t size = 0;         // 0: none
        std::size_t header_size = 0;  // "12\r\n"; 0 while that line is incomplete
    };
    [[nodiscard]] Announcement Announced() const;
    /// With so much more text the reply would be longer than a reply may be.
    [[nodiscard]] bool IsTooLong(std::size_t size) const;
    void BeginSkipping(const Announcement& announced);
    /// Takes from the front of `bytes` what belongs to the text that is read over.
    Result<void> Skip(std::string_view& bytes);
    Result<void> FeedParser(std::string_view bytes);

    redisReplyObjectFunctions functions_;
    std::unique_ptr<redisReader, FreeReader> reader_;
    ReplyBounds bounds_;
    std::size_t to_skip_ = 0;   // bytes of a text that is too long, still to come
    std::size_t too_long_ = 0;  // size of the text that was read over, until the parser comes to its place
    std::vector<Noted> noted_;  // of the reply that is being read: the outermost value first
    std::string text_;
    Reply reply_;
    bool complete_ = false;  // reply_ was given out
    bool refused_ = false;
};

}  // namespace realtime::redis
