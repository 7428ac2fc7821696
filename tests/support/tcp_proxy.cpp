#include "support/tcp_proxy.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <cstring>

namespace realtime::test {
namespace {

/// Beyond it the sender has to wait, as with any network.
constexpr std::size_t kMostBuffered = 256UL * 1024;
/// Of a pace.
constexpr std::chrono::milliseconds kTick{5};
constexpr std::size_t kTicksASecond = 200;

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

void TcpProxy::Delay(std::chrono::milliseconds by) {
    Do([this, by] { delay_ = by; });
}

void TcpProxy::Throttle(std::size_t bytes_a_second) {
    Do([this, bytes_a_second] {
        pace_ = bytes_a_second / kTicksASecond;
        next_tick_ = Clock::now();
    });
}

void TcpProxy::Thaw() {
    Do([this] { SetWay(Direction::kBoth, Way::kPass); });
}

void TcpProxy::Reset() {
    Do([this] {
        for (const std::unique_ptr<Link>& link : links_) {
            const linger at_once{1, 0};
            ::setsockopt(link->client.Number(), SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
            link->ended = true;
        }
        EraseEnded();
    });
}

void TcpProxy::HalfClose() {
    Do([this] {
        for (const std::unique_ptr<Link>& link : links_) {
            ::shutdown(link->client.Number(), SHUT_WR);
            link->to_client.clear();
            link->client_way = Way::kLost;
        }
    });
}

void TcpProxy::Corrupt(Role role, std::string marker, std::size_t distance, char bit) {
    Do([&] { change_ = Change{role, std::move(marker), distance, bit}; });
}

void TcpProxy::MoveTo(std::string server_socket) {
    Do([&] {
        server_socket_ = std::move(server_socket);
        links_.clear();
        doomed_ = nullptr;
    });
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
    const auto events = [this](Way in, std::size_t in_waiting, Way out, std::size_t out_waiting, std::size_t may_get) {
        const bool may_read = in != Way::kFrozen && in_waiting < kMostBuffered;
        const bool may_write = out == Way::kPass && out_waiting > 0 && (pace_ == 0 || may_get > 0);
        return static_cast<short>((may_read ? POLLIN : 0) | (may_write ? POLLOUT : 0));
    };
    for (const std::unique_ptr<Link>& link : links_) {
        wanted.push_back(pollfd{link->client.Number(),
                                events(link->server_way, link->to_server.size(), link->client_way,
                                       link->to_client.size(), link->client_may_get),
                                0});
        wanted.push_back(pollfd{link->server.Number(),
                                events(link->client_way, link->to_client.size(), link->server_way,
                                       link->to_server.size(), link->server_may_get),
                                0});
    }
}

void TcpProxy::OnReady(const std::vector<pollfd>& ready) {
    constexpr short kReadable = POLLIN | POLLHUP | POLLERR;
    if (pace_ > 0 && Clock::now() >= next_tick_) {
        next_tick_ = Clock::now() + kTick;
        for (const std::unique_ptr<Link>& link : links_) {
            link->server_may_get = link->client_may_get = pace_;
        }
    }
    for (const std::unique_ptr<Link>& link : links_) {
        if ((EventsOf(ready, link->client) & kReadable) != 0 && link->server_way != Way::kFrozen) {
            FromClient(*link);
        }
        if ((EventsOf(ready, link->server) & kReadable) != 0 && link->client_way != Way::kFrozen) {
            FromServer(*link);
        }
        LetLateArrive(*link);
        Forward(*link);
    }
    EraseEnded();
}

int TcpProxy::LongestWaitMs() {
    auto next = Clock::time_point::max();
    const auto consider = [&next](Clock::time_point at) { next = std::min(next, at); };
    bool waits = false;
    for (const std::unique_ptr<Link>& link : links_) {
        waits = waits || !link->to_server.empty() || !link->to_client.empty();
        if (!link->late.empty()) {
            consider(link->late.front().due);
        }
    }
    if (pace_ > 0 && waits) {
        consider(next_tick_);
    }
    if (next == Clock::time_point::max()) {
        return -1;
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(next - Clock::now()).count();
    return static_cast<int>(std::max<decltype(left)>(left, 0));
}

void TcpProxy::LetLateArrive(Link& link) {
    while (!link.late.empty() && link.late.front().due <= Clock::now()) {
        const Late late = std::move(link.late.front());
        link.late.pop_front();
        Arrive(link, late.to_client, late.bytes);
    }
}

void TcpProxy::Arrive(Link& link, bool to_client, std::string bytes) {
    const std::size_t count = bytes.size();
    (to_client ? link.to_client : link.to_server) += bytes;
    if (to_client) {
        ApplyChange(link, count);
        ApplyCut(link, count);
    }
}

void TcpProxy::ApplyChange(Link& link, std::size_t new_bytes) {
    if (change_.role == Role::kUnknown || link.role != change_.role) {
        return;
    }
    const std::size_t start = link.to_client.find(change_.marker, link.to_client.size() - new_bytes);
    if (start == std::string::npos || start + change_.distance >= link.to_client.size()) {
        return;
    }
    char& byte = link.to_client[start + change_.distance];
    byte = static_cast<char>(byte ^ change_.bit);
    change_ = Change{};
    corrupted_.fetch_add(1, std::memory_order_release);
}

bool TcpProxy::Send(int socket, std::string& bytes, std::size_t& may_get, std::size_t most_in_one) {
    if (pace_ == 0) {
        return SendNow(socket, bytes, most_in_one);
    }
    std::string part = bytes.substr(0, may_get);
    const std::size_t tried = part.size();
    const bool whole = SendNow(socket, part, most_in_one);
    bytes.erase(0, tried - part.size());
    may_get -= tried - part.size();
    return whole;
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
    if (link.role == Role::kUnknown) {
        if (read.bytes.find("SUBSCRIBE\r\n") != std::string::npos) {
            link.role = Role::kSubscriber;
        } else if (read.bytes.find("$7\r\nPUBLISH\r\n") != std::string::npos) {
            link.role = Role::kPublisher;
        }
    }
    if (delay_.count() > 0 || !link.late.empty()) {
        link.late.push_back(Late{Clock::now() + delay_, false, read.bytes});
    } else {
        Arrive(link, false, read.bytes);
    }
}

void TcpProxy::FromServer(Link& link) {
    const ReadBytes read = ReadNow(link.server.Number());
    link.ended |= read.ended;
    if (link.client_way == Way::kLost || &link == doomed_) {
        return;
    }
    if (delay_.count() > 0 || !link.late.empty()) {
        link.late.push_back(Late{Clock::now() + delay_, true, read.bytes});
    } else {
        Arrive(link, true, read.bytes);
    }
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
    if (link.server_way == Way::kPass && !Send(link.server.Number(), link.to_server, link.server_may_get)) {
        link.ended = true;
    }
    if (link.client_way == Way::kPass &&
        !Send(link.client.Number(), link.to_client, link.client_may_get, one_byte_ ? 1 : std::string::npos)) {
        link.ended = true;
    }
    if (&link == doomed_ && (link.to_client.empty() || link.ended)) {
        link.ended = true;
        doomed_ = nullptr;
        cuts_.fetch_add(1, std::memory_order_release);
    }
}

}  // namespace realtime::test
