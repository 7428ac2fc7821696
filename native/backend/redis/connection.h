// Connection: one non-blocking stream to a Redis server. It speaks RESP2 and knows nothing of what the commands mean.
//
// hiredis connects (hiredis 1.2.0, non-blocking redisContext) and parses (ReplyReader); commands are written straight
// into our own output buffer, so that it is known to the byte which of them the server can have seen.
// Thread: the I/O thread only.
#pragma once

#include <hiredis/hiredis.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "backend/redis/reply_reader.h"
#include "backend/redis/system/sockets.h"
#include "core/result.h"

namespace realtime::redis {

struct Endpoint {
    std::string address;  ///< numeric address, or empty for a unix socket
    int port = 0;
    std::string unix_socket;

    /// "127.0.0.1:6379", "[::1]:6379" or the path.
    [[nodiscard]] std::string Name() const;
};

class Connection {
  public:
    /// Starts connecting.
    Result<void> Start(const Endpoint& endpoint, const ReplyBounds& bounds);
    void Close() noexcept;

    [[nodiscard]] bool IsStarted() const noexcept { return context_ != nullptr; }
    [[nodiscard]] bool IsOpen() const noexcept { return open_; }
    [[nodiscard]] Descriptor GetDescriptor() const noexcept { return context_ ? context_->fd : kNoDescriptor; }
    /// The poll events to wait for now.
    [[nodiscard]] short WantedEvents() const noexcept;

    /// The connect may have ended: true when the stream is open now.
    Result<bool> FinishConnecting();

    /// Adds a command to the output buffer.
    void Append(std::initializer_list<std::string_view> command);

    /// Sends what the socket takes; CONNECTION_LOST when it is broken.
    Result<void> Flush();

    /// Reads what there is, once, into the parser: true when there may be more. CONNECTION_LOST at the end of the
    /// stream.
    Result<bool> Receive();

    /// The next complete reply, valid until the next call, or null when there is none; PROTOCOL_ERROR when the bytes
    /// are none that a server of ours sends.
    Result<const Reply*> NextReply();

    /// Stream positions, counted from Start: a command whose end lies beyond Sent cannot have been executed.
    [[nodiscard]] std::uint64_t Appended() const noexcept { return appended_; }
    [[nodiscard]] std::uint64_t Sent() const noexcept { return sent_; }
    /// How much of it the other machine has acknowledged; where the system does not tell, how much was sent.
    [[nodiscard]] std::uint64_t Acknowledged() const noexcept;
    [[nodiscard]] std::uint64_t Received() const noexcept { return received_; }
    [[nodiscard]] std::size_t Unsent() const noexcept { return static_cast<std::size_t>(appended_ - sent_); }

  private:
    struct FreeContext {
        void operator()(redisContext* context) const noexcept { redisFree(context); }
    };
    [[nodiscard]] Error LostBecause(int error_number) const;
    /// An error says which server it is about.
    template <typename T>
    [[nodiscard]] Result<T> Named(Result<T> result) const {
        if (result.IsOk()) {
            return result;
        }
        Error error = std::move(result).Error();
        error.detail.insert(0, name_ + ": ");
        return error;
    }

    std::unique_ptr<redisContext, FreeContext> context_;
    std::unique_ptr<ReplyReader> reader_;  // as long as context_
    std::string name_;
    std::string output_;
    std::size_t output_sent_ = 0;  // how much of output_ is sent already
    std::uint64_t appended_ = 0;
    std::uint64_t sent_ = 0;
    std::uint64_t received_ = 0;
    bool open_ = false;
};

}  // namespace realtime::redis
