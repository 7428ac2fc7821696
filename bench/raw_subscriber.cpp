// The yardstick of the benchmark: a subscriber on bare hiredis that only counts. It keeps to the same
// protocol with the load generator as bench/lua/throughput.lua: "ready" once it is subscribed, "batch" for
// every so many messages, its result as a line on standard output, the end when the generator says so.
//
// Usage: raw_subscriber HOST PORT CHANNEL TOTAL BATCH
#include <hiredis/hiredis.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

struct FreeContext {
    void operator()(redisContext* context) const noexcept { redisFree(context); }
};
struct FreeReply {
    void operator()(redisReply* reply) const noexcept { freeReplyObject(reply); }
};
using Context = std::unique_ptr<redisContext, FreeContext>;
using Reply = std::unique_ptr<redisReply, FreeReply>;

struct Options {
    std::string host;
    int port = 0;
    std::string channel;
    long total = 0;
    long batch = 0;
};

constexpr int kArguments = 6;
constexpr const char* kEndChannel = "bench:end";

[[noreturn]] void Fail(const Context& context, const char* what) {
    throw std::runtime_error(std::string(what) + ": " + (context ? context->errstr : "out of memory"));
}

Context Connect(const Options& options) {
    Context context(redisConnect(options.host.c_str(), options.port));
    if (!context || context->err != 0) {
        Fail(context, "connect");
    }
    return context;
}

Reply Read(const Context& context) {
    void* reply = nullptr;
    if (redisGetReply(context.get(), &reply) != REDIS_OK) {
        Fail(context, "read");
    }
    return Reply(static_cast<redisReply*>(reply));
}

/// Sends without waiting for the answer: nor does the module wait.
void Tell(const Context& context, const char* word) {
    redisAppendCommand(context.get(), "PUBLISH bench:ack %s", word);
    int done = 0;
    while (done == 0) {
        if (redisBufferWrite(context.get(), &done) != REDIS_OK) {
            Fail(context, "write");
        }
    }
}

std::string_view Text(const redisReply* reply) {
    return {reply->str, reply->len};
}

void Run(const Options& options) {
    using Clock = std::chrono::steady_clock;
    const Context subscriber = Connect(options);
    const Context publisher = Connect(options);
    redisAppendCommand(subscriber.get(), "SUBSCRIBE %s %s", options.channel.c_str(), kEndChannel);
    Read(subscriber);
    Read(subscriber);
    Tell(publisher, "ready");

    Clock::time_point first;
    for (long received = 0;;) {
        const Reply reply = Read(subscriber);
        if (reply->type != REDIS_REPLY_ARRAY || reply->elements != 3) {
            throw std::runtime_error("not a message");
        }
        if (Text(reply->element[1]) == kEndChannel) {
            return;
        }
        if (received == 0) {
            first = Clock::now();
        }
        ++received;
        if (received % options.batch == 0) {
            Tell(publisher, "batch");
        }
        if (received == options.total) {
            const std::chrono::duration<double> elapsed = Clock::now() - first;
            std::printf("@@ result %ld %.9f\n", received, elapsed.count());
            std::fflush(stdout);
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != kArguments) {
        std::fputs("usage: raw_subscriber HOST PORT CHANNEL TOTAL BATCH\n", stderr);
        return 2;
    }
    try {
        Run({argv[1], std::stoi(argv[2]), argv[3], std::stol(argv[4]), std::stol(argv[5])});
        return EXIT_SUCCESS;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "raw_subscriber: %s\n", error.what());
        return EXIT_FAILURE;
    }
}
