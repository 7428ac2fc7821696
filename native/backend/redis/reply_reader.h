// ReplyReader: hiredis' RESP parser (hiredis 1.2.0, redisReader) with object functions of our own, which note down the
// values where hiredis would build a tree: a reply costs no allocation.
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

class ReplyReader {
  public:
    /// `most_unparsed`: what a reply may take, in bytes, before it is complete.
    explicit ReplyReader(std::size_t most_unparsed);
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
    struct Noted {
        Reply::Kind kind;
        long long integer;
        std::size_t begin;
        std::size_t size;
    };
    struct Functions;

    void* Note(Reply::Kind kind, long long integer, std::string_view text);
    void* Refuse() noexcept;
    [[nodiscard]] Reply::Value ValueOf(const Noted& noted) const;
    /// Of a reply that is not complete: how many bytes it says its text will have, or 0.
    [[nodiscard]] std::size_t Announced() const;

    redisReplyObjectFunctions functions_;
    std::unique_ptr<redisReader, FreeReader> reader_;
    std::size_t most_unparsed_;
    std::vector<Noted> noted_;  // of the reply that is being read: the outermost value first
    std::string text_;
    Reply reply_;
    bool complete_ = false;  // reply_ was given out
    bool refused_ = false;
};

}  // namespace realtime::redis
