// A proxy between the module and a real server that can do to the bytes what networks do: cut them in the middle of a
// reply, hand them over one at a time, hold them back with the sockets kept open, lose them, or put others between.
#pragma once

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

    /// Ends that connection, once: when so many bytes from the begin of the server's next `marker` have gone on.
    void CutInside(Role role, std::string marker, std::size_t bytes);

    /// From now on nothing goes on in this direction, on the connections there are; nobody is told. Half-open.
    void Freeze(Direction direction);

    /// From now on what comes in this direction is read and lost, on the connections there are.
    void Swallow(Direction direction);

    /// Ends the connections that Freeze and Swallow got hold of. (The module's next ones may be there already.)
    void CutStuck();

    /// To the module, behind what the server has said until now.
    void Inject(Role role, std::string bytes);

    /// How many connections of CutInside were ended.
    [[nodiscard]] std::size_t Cuts() const { return cuts_.load(std::memory_order_acquire); }

  private:
    enum class Way { kPass, kFrozen, kLost };
    struct Link {
        Descriptor client;
        Descriptor server;
        std::string to_server;
        std::string to_client;
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

    void OnAccepted(Descriptor socket) override;
    void Prepare(std::vector<pollfd>& wanted) override;
    void OnReady(const std::vector<pollfd>& ready) override;

    void SetWay(Direction direction, Way way);
    void FromClient(Link& link);
    void FromServer(Link& link);
    void EraseEnded();
    void Forward(Link& link);
    void ApplyCut(Link& link, std::size_t new_bytes);

    const std::string server_socket_;
    bool one_byte_ = false;
    Cut cut_;                 // armed while its role is known
    Link* doomed_ = nullptr;  // the link that ends when its to_client has gone on
    std::vector<std::unique_ptr<Link>> links_;
    std::atomic<std::size_t> cuts_{0};
};

}  // namespace realtime::test
