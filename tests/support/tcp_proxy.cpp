#include "support/tcp_proxy.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <cstring>

namespace realtime::test {
namespace {

/// Beyond it the sender has to wait, as with any network.
constexpr std::size_t kMostBuffered = 256UL * 1024;

Descriptor ConnectTo(const std::string& path) {
    Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof(address.sun_path) - 1);
    if (::connect(socket.Number(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
        return Descriptor();
    }
    return socket;
}

short EventsOf(const std::vector<pollfd>& ready, const Descriptor& descriptor) {
    for (const pollfd& one : ready) {
        if (one.fd == descriptor.Number()) {
            return one.revents;
        }
    }
    return 0;
}

}  // namespace

TcpProxy::TcpProxy(std::string server_socket) : server_socket_(std::move(server_socket)) {
    Begin();
}

TcpProxy::~TcpProxy() {
    End();
}

void TcpProxy::OneByteAtATime(bool on) {
    Do([this, on] { one_byte_ = on; });
}

void TcpProxy::CutInside(Role role, std::string marker, std::size_t bytes) {
    Do([&] { cut_ = Cut{role, std::move(marker), bytes}; });
}

void TcpProxy::Freeze(Direction direction) {
    Do([this, direction] { SetWay(direction, Way::kFrozen); });
}

void TcpProxy::Swallow(Direction direction) {
    Do([this, direction] { SetWay(direction, Way::kLost); });
}

void TcpProxy::CutStuck() {
    Do([this] {
        for (const std::unique_ptr<Link>& link : links_) {
            link->ended |= link->server_way != Way::kPass || link->client_way != Way::kPass;
        }
        EraseEnded();
    });
}

void TcpProxy::Inject(Role role, std::string bytes) {
    Do([&] {
        for (const std::unique_ptr<Link>& link : links_) {
            if (link->role == role) {
                link->to_client += bytes;
            }
        }
    });
}

void TcpProxy::SetWay(Direction direction, Way way) {
    for (const std::unique_ptr<Link>& link : links_) {
        if (direction != Direction::kToClient) {
            link->server_way = way;
        }
        if (direction != Direction::kToServer) {
            link->client_way = way;
        }
    }
}

void TcpProxy::OnAccepted(Descriptor socket) {
    auto link = std::make_unique<Link>();
    link->client = std::move(socket);
    link->server = ConnectTo(server_socket_);
    if (link->server.Number() >= 0) {
        links_.push_back(std::move(link));
    }
}

void TcpProxy::Prepare(std::vector<pollfd>& wanted) {
    const auto events = [](Way in, std::size_t in_waiting, Way out, std::size_t out_waiting) {
        const bool may_read = in != Way::kFrozen && in_waiting < kMostBuffered;
        const bool may_write = out == Way::kPass && out_waiting > 0;
        return static_cast<short>((may_read ? POLLIN : 0) | (may_write ? POLLOUT : 0));
    };
    for (const std::unique_ptr<Link>& link : links_) {
        wanted.push_back(
            pollfd{link->client.Number(),
                   events(link->server_way, link->to_server.size(), link->client_way, link->to_client.size()), 0});
        wanted.push_back(
            pollfd{link->server.Number(),
                   events(link->client_way, link->to_client.size(), link->server_way, link->to_server.size()), 0});
    }
}

void TcpProxy::OnReady(const std::vector<pollfd>& ready) {
    constexpr short kReadable = POLLIN | POLLHUP | POLLERR;
    for (const std::unique_ptr<Link>& link : links_) {
        if ((EventsOf(ready, link->client) & kReadable) != 0 && link->server_way != Way::kFrozen) {
            FromClient(*link);
        }
        if ((EventsOf(ready, link->server) & kReadable) != 0 && link->client_way != Way::kFrozen) {
            FromServer(*link);
        }
        Forward(*link);
    }
    EraseEnded();
}

void TcpProxy::EraseEnded() {
    links_.erase(
        std::remove_if(links_.begin(), links_.end(), [](const std::unique_ptr<Link>& link) { return link->ended; }),
        links_.end());
}

void TcpProxy::FromClient(Link& link) {
    const ReadBytes read = ReadNow(link.client.Number());
    link.ended |= read.ended;
    if (link.server_way == Way::kLost) {
        return;
    }
    link.to_server += read.bytes;
    if (link.role == Role::kUnknown) {
        if (link.to_server.find("SUBSCRIBE\r\n") != std::string::npos) {
            link.role = Role::kSubscriber;
        } else if (link.to_server.find("$7\r\nPUBLISH\r\n") != std::string::npos) {
            link.role = Role::kPublisher;
        }
    }
}

void TcpProxy::FromServer(Link& link) {
    const ReadBytes read = ReadNow(link.server.Number());
    link.ended |= read.ended;
    if (link.client_way == Way::kLost || &link == doomed_) {
        return;
    }
    link.to_client += read.bytes;
    ApplyCut(link, read.bytes.size());
}

void TcpProxy::ApplyCut(Link& link, std::size_t new_bytes) {
    if (cut_.role == Role::kUnknown || link.role != cut_.role) {
        return;
    }
    const std::size_t start = link.to_client.find(cut_.marker, link.to_client.size() - new_bytes);
    if (start == std::string::npos || start + cut_.bytes > link.to_client.size()) {
        return;
    }
    link.to_client.resize(start + cut_.bytes);
    cut_ = Cut{};
    doomed_ = &link;
}

void TcpProxy::Forward(Link& link) {
    if (link.server_way == Way::kPass && !SendNow(link.server.Number(), link.to_server)) {
        link.ended = true;
    }
    if (link.client_way == Way::kPass &&
        !SendNow(link.client.Number(), link.to_client, one_byte_ ? 1 : std::string::npos)) {
        link.ended = true;
    }
    if (&link == doomed_ && (link.to_client.empty() || link.ended)) {
        link.ended = true;
        doomed_ = nullptr;
        cuts_.fetch_add(1, std::memory_order_release);
    }
}

}  // namespace realtime::test
