// The other end of the backend's streams, for a fuzz target: what it was sent is read as RESP by code of its own, and
// what it sends arrives in pieces of the size the target says. One thread, nothing waits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace realtime::fuzz {

/// A message that a subscriber gets.
struct Frame {
    std::string word;  ///< "message" or "pmessage"
    std::string pattern;
    std::string channel;
    std::string payload;

    bool operator==(const Frame& other) const {
        return word == other.word && pattern == other.pattern && channel == other.channel && payload == other.payload;
    }
};

/// The messages in a stream of RESP2, after the first `skipped` replies. It ends where the stream is not sound, or
/// something comes that is neither a flat array nor a plain value.
std::vector<Frame> FindFrames(std::string_view stream, std::size_t skipped);

/// The server's end of one stream.
class RespPeer {
  public:
    explicit RespPeer(int descriptor) : descriptor_(descriptor) {}
    ~RespPeer();
    RespPeer(const RespPeer&) = delete;
    RespPeer& operator=(const RespPeer&) = delete;

    /// Reads up to so many bytes of what the client sent.
    void Read(std::size_t most);
    void ReadAll();
    /// What was read, as commands; the last may be incomplete and is not among them.
    const std::vector<std::vector<std::string>>& Commands();

    /// Answers each command that was read and not answered yet as a server does.
    void AnswerHonestly();
    /// Puts bytes in the queue of what is delivered.
    void Send(std::string_view bytes) { queued_.append(bytes); }
    /// Lets so many bytes arrive.
    void Deliver(std::size_t most);
    /// Ends its side of the stream.
    void Shut();

    /// All that was delivered.
    [[nodiscard]] const std::string& Delivered() const { return delivered_; }

  private:
    int descriptor_;
    bool shut_ = false;
    std::string read_;
    std::size_t parsed_ = 0;
    std::vector<std::vector<std::string>> commands_;
    std::size_t answered_ = 0;
    std::string queued_;
    std::string delivered_;
};

/// Where the client connects to: a unix socket in a folder of its own.
class RespListener {
  public:
    RespListener();
    ~RespListener();
    RespListener(const RespListener&) = delete;
    RespListener& operator=(const RespListener&) = delete;

    [[nodiscard]] const std::string& Path() const { return path_; }
    /// The descriptor of the connection that waits.
    int Accept();

  private:
    std::string folder_;
    std::string path_;
    int descriptor_ = -1;
};

}  // namespace realtime::fuzz
