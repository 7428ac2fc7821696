#include "backend/redis/connection.h"

#include <algorithm>
#include <array>
#include <charconv>

// hiredis' internal header is plain C and says so nowhere.
extern "C" {
#include <hiredis/net.h>
}

namespace realtime::redis {
namespace {

constexpr int kKeepAliveSeconds = 15;
/// What the parser is fed with at once.
constexpr std::size_t kReceiveBytes = 16UL * 1024;
/// Sent bytes are cut off the front of the output buffer only when they are all, or so many, and more than the rest,
/// which moves: of a long message every byte would move again and again.
constexpr std::size_t kCompactBytes = 64UL * 1024;

void AppendNumber(std::string& out, char prefix, std::size_t number) {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.push_back(prefix);
    out.append(digits.data(), end);
    out.append("\r\n", 2);
}

}  // namespace

std::string Endpoint::Name() const {
    if (!unix_socket.empty()) {
        return unix_socket;
    }
    const bool is_v6 = address.find(':') != std::string::npos;
    return (is_v6 ? "[" + address + "]" : address) + ":" + std::to_string(port);
}

Result<void> Connection::Start(const Endpoint& endpoint, const ReplyBounds& bounds) {
    Close();
    name_ = endpoint.Name();
    context_.reset(endpoint.unix_socket.empty() ? redisConnectNonBlock(endpoint.address.c_str(), endpoint.port)
                                                : redisConnectUnixNonBlock(endpoint.unix_socket.c_str()));
    if (!context_) {
        return MakeError(ErrorCode::kConnectFailed, name_ + ": out of memory");
    }
    if (context_->err != 0) {
        const std::string reason = context_->errstr;
        Close();
        return MakeError(ErrorCode::kConnectFailed, name_ + ": " + reason);
    }
    reader_ = std::make_unique<ReplyReader>(bounds);
    return {};
}

void Connection::Close() noexcept {
    context_.reset();
    reader_.reset();
    output_.clear();
    output_sent_ = 0;
    appended_ = sent_ = received_ = 0;
    open_ = false;
}

short Connection::WantedEvents() const noexcept {
    if (!open_) {
        return POLLOUT;
    }
    return static_cast<short>(Unsent() > 0 ? POLLIN | POLLOUT : POLLIN);
}

Result<bool> Connection::FinishConnecting() {
    if (open_) {
        return true;
    }
    const Transfer connect = FinishConnect(*context_);
    if (connect.state == Transfer::State::kBroken) {
        return MakeError(ErrorCode::kConnectFailed, name_ + ": " + DescribeSocketError(connect.error));
    }
    if (connect.state == Transfer::State::kNotReady) {
        return false;
    }
    if (context_->connection_type == REDIS_CONN_TCP) {
        // hiredis sets neither on a non-blocking connection. Without the first, a small command waits for the server's
        // acknowledgement of the one before; the second finds a dead peer below our own questions.
        if (redisSetTcpNoDelay(context_.get()) != REDIS_OK ||
            redisKeepAlive(context_.get(), kKeepAliveSeconds) != REDIS_OK) {
            return MakeError(ErrorCode::kConnectionLost, name_ + ": " + context_->errstr);
        }
    }
    open_ = true;
    return true;
}

void Connection::Append(std::initializer_list<std::string_view> command) {
    const std::size_t before = output_.size();
    AppendNumber(output_, '*', command.size());
    for (const std::string_view argument : command) {
        AppendNumber(output_, '$', argument.size());
        output_.append(argument);
        output_.append("\r\n", 2);
    }
    appended_ += output_.size() - before;
}

Result<void> Connection::Flush() {
    while (open_ && Unsent() > 0) {
        const Transfer sent = SendSome(context_->fd, std::string_view(output_).substr(output_sent_));
        if (sent.state == Transfer::State::kBroken) {
            return LostBecause(sent.error);
        }
        if (sent.state == Transfer::State::kNotReady) {
            break;
        }
        output_sent_ += sent.bytes;
        sent_ += sent.bytes;
    }
    if (output_sent_ == output_.size()) {
        output_.clear();
        output_sent_ = 0;
    } else if (output_sent_ >= kCompactBytes && output_sent_ >= output_.size() - output_sent_) {
        output_.erase(0, output_sent_);
        output_sent_ = 0;
    }
    return {};
}

std::uint64_t Connection::Acknowledged() const noexcept {
    const std::uint64_t on_its_way = context_ ? BytesOnTheirWay(context_->fd) : 0;
    return sent_ - std::min(sent_, on_its_way);
}

Result<bool> Connection::Receive() {
    std::array<char, kReceiveBytes> bytes;  // filled by recv before anything is read from it
    const Transfer got = ReceiveSome(context_->fd, bytes.data(), bytes.size());
    if (got.state == Transfer::State::kBroken) {
        return LostBecause(got.error);
    }
    if (got.state == Transfer::State::kNotReady) {
        return false;
    }
    if (got.bytes == 0) {
        return MakeError(ErrorCode::kConnectionLost, name_ + ": closed by the server");
    }
    received_ += got.bytes;
    if (Result<void> fed = reader_->Feed(std::string_view(bytes.data(), got.bytes)); fed.IsErr()) {
        return Named(std::move(fed)).Error();
    }
    return got.bytes == bytes.size();
}

Result<const Reply*> Connection::NextReply() {
    return Named(reader_->Next());
}

Error Connection::LostBecause(int error_number) const {
    return MakeError(ErrorCode::kConnectionLost, name_ + ": " + DescribeSocketError(error_number));
}

}  // namespace realtime::redis
