// What Config(...) decides. One comment a field: unit, range, and what 0 or empty means.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "core/message_queue.h"
#include "realtime/contract.h"

namespace realtime {

struct Options {
    std::string backend;             ///< name in the backend list; empty: the first of the list
    std::string host = "127.0.0.1";  ///< name or address of the server
    int port = 0;                    ///< 1 to 65535; 0: the backend's usual port
    std::string username;            ///< empty: none
    std::string password;            ///< empty: no authentication. Never logged.
    int database = 0;                ///< number of the logical database
    std::string unix_socket;         ///< path; empty: TCP
    std::string client_name;         ///< how the server's administrator sees us; empty: "gmod-realtime"
    std::chrono::milliseconds timeout{limits::kDefaultTimeoutSeconds * 1000};  ///< to connect, and for a reply
    QueueBounds queue;                                                         ///< of each direction
    std::size_t max_payload_bytes = static_cast<std::size_t>(limits::kMaxPayloadBytes);
    std::string source = "/gmod/server";   ///< CloudEvents "source" of typed events
    LogLevel log_level = LogLevel::kInfo;  ///< lines below it are not made
};

}  // namespace realtime
