// A blocking connection on the hiredis that the module is built from, for everything in the benchmark that is not the
// module.
#ifndef REALTIME_BENCH_REDIS_SESSION_H
#define REALTIME_BENCH_REDIS_SESSION_H

#include <hiredis/hiredis.h>
#include <sys/socket.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

struct FreeReply {
    void operator()(redisReply* reply) const noexcept { freeReplyObject(reply); }
};
using Reply = std::unique_ptr<redisReply, FreeReply>;

inline std::string_view Text(const redisReply* reply) {
    return {reply->str, reply->len};
}

/// One command in the protocol's own form.
inline std::string Encode(const std::vector<std::string_view>& words) {
    std::string text = "*" + std::to_string(words.size()) + "\r\n";
    for (const std::string_view word : words) {
        text.append("$" + std::to_string(word.size()) + "\r\n").append(word).append("\r\n");
    }
    return text;
}

/// For one thread. Every failure is thrown as std::runtime_error.
class Session {
  public:
    Session(const std::string& host, int port) : context_(redisConnect(host.c_str(), port)) {
        if (!context_ || context_->err != 0) {
            Fail("connect");
        }
        redisEnableKeepAlive(context_.get());
    }

    /// The next reply or message, waited for.
    Reply Read() {
        void* reply = nullptr;
        if (redisGetReply(context_.get(), &reply) != REDIS_OK) {
            Fail("read");
        }
        Reply owned(static_cast<redisReply*>(reply));
        if (owned->type == REDIS_REPLY_ERROR) {
            throw std::runtime_error(std::string(Text(owned.get())));
        }
        return owned;
    }

    /// Sends all of it and waits for no reply.
    void Write(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t sent = send(context_->fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent < 0) {
                throw std::runtime_error("write: the connection was lost");
            }
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

    Reply Call(const std::vector<std::string_view>& words) {
        Write(Encode(words));
        return Read();
    }

    /// hiredis' own blocking call, as the simplest of clients would make it.
    Reply Publish(const std::string& channel, const std::string& payload) {
        Reply reply(static_cast<redisReply*>(redisCommand(context_.get(), "PUBLISH %b %b", channel.data(),
                                                          channel.size(), payload.data(), payload.size())));
        if (!reply) {
            Fail("publish");
        }
        return reply;
    }

    /// From here on the server answers nothing on this connection.
    void SilenceReplies() { Write(Encode({"CLIENT", "REPLY", "OFF"})); }

  private:
    struct FreeContext {
        void operator()(redisContext* context) const noexcept { redisFree(context); }
    };

    [[noreturn]] void Fail(const char* what) const {
        throw std::runtime_error(std::string(what) + ": " + (context_ ? context_->errstr : "out of memory"));
    }

    std::unique_ptr<redisContext, FreeContext> context_;
};

}  // namespace bench

#endif
