#include "backend/redis/handshake.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace realtime::redis {
namespace {

/// What stands for the answer to our first command, whatever that is, at a server that takes no more clients.
constexpr std::string_view kNoRoom = "ERR max number of clients reached";

}  // namespace

void Handshake::Begin(Connection& connection, const Options& options) {
    steps_.clear();
    if (!options.password.empty()) {
        if (options.username.empty()) {
            connection.Append({"AUTH", options.password});
        } else {
            connection.Append({"AUTH", options.username, options.password});
        }
        steps_.push_back(Step::kAuth);
    }
    if (options.database != 0) {
        connection.Append({"SELECT", std::to_string(options.database)});
        steps_.push_back(Step::kSelect);
    }
    connection.Append({"CLIENT", "SETNAME", options.client_name.empty() ? "gmod-realtime" : options.client_name});
    steps_.push_back(Step::kSetName);
    connection.Append({"PING"});
    steps_.push_back(Step::kPing);
}

Result<void> Handshake::OnReply(const Reply& reply) {
    const Step step = steps_.front();
    steps_.pop_front();
    if (reply.IsError()) {
        Error error = TranslateErrorReply(reply.value.text);
        if (step == Step::kAuth && reply.value.text != kNoRoom) {
            // Some servers repeat the command that they refuse, and here that holds the password.
            error.detail.resize(std::min(error.detail.find(' '), error.detail.size()));
        }
        // A user who may not name the connection or ask PING may still publish.
        if (step == Step::kSetName || (step == Step::kPing && error.code == ErrorCode::kNoPermission)) {
            return {};
        }
        return error;
    }
    if (!reply.IsStatus(step == Step::kPing ? "PONG" : "OK")) {
        return MakeError(ErrorCode::kProtocolError, "an answer to the handshake is none of Redis");
    }
    return {};
}

}  // namespace realtime::redis
