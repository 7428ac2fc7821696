// A proxy between the module and a real server that can do to the bytes what networks do: cut them in the middle of a
// reply, hand them over one at a time, late or slowly, hold them back with the sockets kept open, lose them, put others
// between or change them, and end a stream with or without a word.
#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "support/loop_thread.h"

namespace realtime::test {

class TcpProxy final : public LoopThread {
  public:
    /// Which of the module's two connections: known from the first command that only one of them sends.
    enum class Role { kUnknown, kPublisher, kSubscriber };
    enum class Direction { kToServer, kToClient, kBoth };

    explicit TcpProxy(std::string server_socket);
    ~TcpProxy() override;

    /// The server's bytes go on with a send for each one; also on connections made later.
    void OneByteAtATime(bool on);

    /// From now on every byte, in both directions, arrives so much later; also on connections made later.
    void Delay(std::chrono::milliseconds by);

    /// From now on so many bytes a second go on, of each connection in each direction; 0: all there are.
    void Throttle(std::size_t bytes_a_second);

    /// Ends that connection, once: when so many bytes from the begin of the server's next `marker` have gone on.
    void CutInside(Role role, std::string marker, std::size_t bytes);

    /// From now on nothing goes on in this direction, on the connections there are; nobody is told. Half-open.
    void Freeze(Direction direction);

    /// From now on what comes in this direction is read and lost, on the connections there are.
    void Swallow(Direction direction);

    /// As before Freeze and Swallow.
    void Thaw();

    /// Ends all connections: with a reset, so that what was on its way is lost,
    void Reset();
    /// or with the end of the stream to the module only. What it sends is still taken.
    void HalfClose();

    /// Changes one bit of the byte at this distance from the begin of the server's next `marker`, once.
    void Corrupt(Role role, std::string marker, std::size_t distance, char bit);

    /// New connections lead to this server, and those there are end: its address has moved.
    void MoveTo(std::string server_socket);

    /// Ends the connections that Freeze and Swallow got hold of. (The module's next ones may be there already.)
    void CutStuck();

    /// To the module, behind what the server has said until now.
    void Inject(Role role, std::string bytes);

    /// How many connections of CutInside were ended.
    [[nodiscard]] std::size_t Cuts() const { return cuts_.load(std::memory_order_acquire); }
    /// How many bytes Corrupt has changed.
    [[nodiscard]] std::size_t Corrupted() const { return corrupted_.load(std::memory_order_acquire); }

  private:
    using Clock = std::chrono::steady_clock;
    enum class Way { kPass, kFrozen, kLost };
    struct Late {
        Clock::time_point due;
        bool to_client;
        std::string bytes;
    };
    struct Link {
        Descriptor client;
        Descriptor server;
        std::string to_server;
        std::string to_client;
        std::deque<Late> late;
        std::size_t server_may_get = 0;  // of this tick
        std::size_t client_may_get = 0;
        Way server_way = Way::kPass;
        Way client_way = Way::kPass;
        Role role = Role::kUnknown;
        bool ended = false;
    };
    struct Cut {
        Role role = Role::kUnknown;
        std::string marker;
        std::size_t bytes = 0;
    };
    struct Change {
        Role role = Role::kUnknown;
        std::string marker;
        std::size_t distance = 0;
        char bit = 0;
    };

    void OnAccepted(Descriptor socket) override;
    void Prepare(std::vector<pollfd>& wanted) override;
    void OnReady(const std::vector<pollfd>& ready) override;
    int LongestWaitMs() override;

    void SetWay(Direction direction, Way way);
    void FromClient(Link& link);
    void FromServer(Link& link);
    void EraseEnded();
    void Forward(Link& link);
    void ApplyCut(Link& link, std::size_t new_bytes);
    void ApplyChange(Link& link, std::size_t new_bytes);
    void Arrive(Link& link, bool to_client, std::string bytes);
    void LetLateArrive(Link& link);
    /// SendNow within the pace.
    bool Send(int socket, std::string& bytes, std::size_t& may_get, std::size_t most_in_one = std::string::npos);

    std::string server_socket_;
    std::chrono::milliseconds delay_{0};
    std::size_t pace_ = 0;  // bytes a tick; 0: none
    Clock::time_point next_tick_;
    Change change_;  // armed while its role is known
    std::atomic<std::size_t> corrupted_{0};
    bool one_byte_ = false;
    Cut cut_;                 // armed while its role is known
    Link* doomed_ = nullptr;  // the link that ends when its to_client has gone on
    std::vector<std::unique_ptr<Link>> links_;
    std::atomic<std::size_t> cuts_{0};
};

}  // namespace realtime::test
