#include "fuzz/support/resp_server.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <optional>

#include "fuzz/support/check.h"

namespace realtime::fuzz {
namespace {

constexpr std::size_t kPiece = 4096;

/// Reads one RESP2 value after the other.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : text_(text) {}

    [[nodiscard]] std::size_t At() const { return at_; }

    /// One line after its first byte, without the line break.
    std::optional<std::string_view> Line() {
        const std::size_t end = text_.find("\r\n", at_);
        if (end == std::string_view::npos) {
            return std::nullopt;
        }
        const std::string_view line = text_.substr(at_, end - at_);
        at_ = end + 2;
        return line;
    }

    /// The texts of a flat array, or one text for a plain value; nothing when it is not whole, or not that plain.
    std::optional<std::vector<std::string>> Value(bool& is_array) {
        const std::optional<std::string_view> line = Line();
        if (!line.has_value() || line->empty()) {
            return std::nullopt;
        }
        is_array = line->front() == '*';
        if (!is_array) {
            std::optional<std::string> text = Plain(*line);
            return text.has_value() ? std::optional<std::vector<std::string>>({*text}) : std::nullopt;
        }
        const std::optional<std::size_t> count = Size(line->substr(1));
        std::vector<std::string> items;
        for (std::size_t i = 0; count.has_value() && i < *count; ++i) {
            const std::optional<std::string_view> head = Line();
            const std::optional<std::string> item = head.has_value() ? Plain(*head) : std::nullopt;
            if (!item.has_value()) {
                return std::nullopt;
            }
            items.push_back(*item);
        }
        return count.has_value() ? std::optional(items) : std::nullopt;
    }

    /// Whether the last value held only texts of announced length.
    [[nodiscard]] bool OnlyBulk() const { return only_bulk_; }
    void Begin() { only_bulk_ = true; }

  private:
    static std::optional<std::size_t> Size(std::string_view digits) {
        constexpr std::size_t kMostDigits = 6;
        if (digits.empty() || digits.size() > kMostDigits ||
            digits.find_first_not_of("0123456789") != std::string_view::npos) {
            return std::nullopt;
        }
        return std::stoul(std::string(digits));
    }

    std::optional<std::string> Plain(std::string_view line) {
        if (line.empty()) {
            return std::nullopt;
        }
        if (line.front() == '$') {
            const std::optional<std::size_t> size = Size(line.substr(1));
            if (!size.has_value()) {
                only_bulk_ = false;
                return line == "$-1" ? std::optional<std::string>("") : std::nullopt;
            }
            // As in hiredis, whatever follows the text is taken for the line break.
            if (at_ + *size + 2 > text_.size()) {
                return std::nullopt;
            }
            std::string text(text_.substr(at_, *size));
            at_ += *size + 2;
            return text;
        }
        only_bulk_ = false;
        const bool is_plain = line.front() == '+' || line.front() == '-' || line.front() == ':';
        return is_plain ? std::optional<std::string>(line) : std::nullopt;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    bool only_bulk_ = true;
};

}  // namespace

std::vector<Frame> FindFrames(std::string_view stream, std::size_t skipped) {
    std::vector<Frame> frames;
    Scanner scanner(stream);
    for (std::size_t i = 0;; ++i) {
        bool is_array = false;
        scanner.Begin();
        const std::optional<std::vector<std::string>> value = scanner.Value(is_array);
        if (!value.has_value()) {
            return frames;
        }
        if (i < skipped || !is_array || !scanner.OnlyBulk() || value->empty()) {
            continue;
        }
        const std::vector<std::string>& items = *value;
        if (items.size() == 3 && items[0] == "message") {
            frames.push_back(Frame{items[0], {}, items[1], items[2]});
        } else if (items.size() == 4 && items[0] == "pmessage") {
            frames.push_back(Frame{items[0], items[1], items[2], items[3]});
        }
    }
}

RespPeer::~RespPeer() {
    (void)::close(descriptor_);
}

void RespPeer::Read(std::size_t most) {
    std::array<char, kPiece> bytes{};
    while (most > 0) {
        const ssize_t got = ::recv(descriptor_, bytes.data(), std::min(most, bytes.size()), MSG_DONTWAIT);
        if (got <= 0) {
            return;
        }
        read_.append(bytes.data(), static_cast<std::size_t>(got));
        most -= static_cast<std::size_t>(got);
    }
}

void RespPeer::ReadAll() {
    Read(~std::size_t{0});
}

const std::vector<std::vector<std::string>>& RespPeer::Commands() {
    while (true) {
        Scanner scanner(std::string_view(read_).substr(parsed_));
        bool is_array = false;
        std::optional<std::vector<std::string>> value = scanner.Value(is_array);
        if (!value.has_value()) {
            return commands_;
        }
        Check(is_array && scanner.OnlyBulk() && !value->empty(), "what the client sends is commands");
        parsed_ += scanner.At();
        commands_.push_back(std::move(*value));
    }
}

void RespPeer::AnswerHonestly() {
    (void)Commands();
    for (; answered_ < commands_.size(); ++answered_) {
        const std::vector<std::string>& command = commands_[answered_];
        const std::string& word = command[0];
        if (word == "PING") {
            Send("+PONG\r\n");
        } else if (word == "PUBLISH") {
            Send(":1\r\n");
        } else if (word.find("SUBSCRIBE") != std::string::npos) {
            std::string lower = word;
            std::transform(lower.begin(), lower.end(), lower.begin(),
                           [](char c) { return static_cast<char>(c - 'A' + 'a'); });
            Send("*3\r\n$" + std::to_string(lower.size()) + "\r\n" + lower + "\r\n$" +
                 std::to_string(command[1].size()) + "\r\n" + command[1] + "\r\n:1\r\n");
        } else {
            Send("+OK\r\n");
        }
    }
}

void RespPeer::Deliver(std::size_t most) {
    if (shut_) {
        return;
    }
    const ssize_t sent =
        ::send(descriptor_, queued_.data(), std::min(most, queued_.size()), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent > 0) {
        delivered_.append(queued_, 0, static_cast<std::size_t>(sent));
        queued_.erase(0, static_cast<std::size_t>(sent));
    }
}

void RespPeer::Shut() {
    shut_ = true;
    (void)::shutdown(descriptor_, SHUT_WR);
}

RespListener::RespListener() {
    std::string folder = "/tmp/realtime-fuzz-XXXXXX";
    Check(::mkdtemp(folder.data()) != nullptr, "there is a folder for the socket");
    folder_ = folder;
    path_ = folder + "/s";
    descriptor_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    (void)std::copy(path_.begin(), path_.end(), std::begin(address.sun_path));
    constexpr int kBacklog = 8;
    Check(::bind(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
              ::listen(descriptor_, kBacklog) == 0,
          "the socket listens", std::strerror(errno));
}

RespListener::~RespListener() {
    (void)::close(descriptor_);
    (void)::unlink(path_.c_str());
    (void)::rmdir(folder_.c_str());
}

int RespListener::Accept() {
    const int accepted = ::accept4(descriptor_, nullptr, nullptr, SOCK_CLOEXEC);
    Check(accepted >= 0, "a connection comes in", std::strerror(errno));
    return accepted;
}

}  // namespace realtime::fuzz
