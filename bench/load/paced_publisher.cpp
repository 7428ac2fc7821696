// Another client that publishes at a steady rate, one message at a time, each answered before the next. A run of "@" in
// the payload is overwritten with the moment of its sending in nanoseconds, a "%" with the number of the channel.
#include <utility>

#include "redis/clock.h"
#include "redis/program.h"
#include "redis/session.h"

namespace {

/// Digits of a time stamp; a run of "@" in the payload must be this long.
constexpr std::size_t kStampDigits = 20;

void Stamp(std::string& payload, std::size_t at, std::int64_t nanoseconds) {
    for (std::size_t i = kStampDigits; i-- > 0; nanoseconds /= 10) {
        payload[at + i] = static_cast<char>('0' + nanoseconds % 10);
    }
}

struct Topic {
    std::string channel;
    std::string payload;
    std::size_t stamp;  // where the time goes, or npos
};

Topic MakeTopic(const std::string& channel, std::string payload, long index, long count) {
    if (const std::size_t number = payload.find('%'); number != std::string::npos) {
        payload.replace(number, 1, std::to_string(index));
    }
    const std::size_t stamp = payload.find(std::string(kStampDigits, '@'));
    return {bench::Numbered(channel, index, count), std::move(payload), stamp};
}

void Run(const std::vector<std::string>& arguments) {
    bench::Session session(arguments[0], std::stoi(arguments[1]));
    const std::string& channel = arguments[2];
    const long count = std::stol(arguments[3]);
    const long total = std::stol(arguments[4]);
    const double rate = std::stod(arguments[5]);

    std::vector<Topic> topics;
    for (long i = 1; i <= count; ++i) {
        topics.push_back(MakeTopic(channel, arguments[6], i, count));
    }
    const auto interval = static_cast<std::int64_t>(static_cast<double>(bench::kNanosecondsPerSecond) / rate);
    std::int64_t due = bench::Now();
    for (long i = 0; i < total; ++i) {
        due += interval;
        bench::SleepUntil(due);
        Topic& topic = topics[static_cast<std::size_t>(i % count)];
        if (topic.stamp != std::string::npos) {
            Stamp(topic.payload, topic.stamp, bench::Now());
        }
        session.Publish(topic.channel, topic.payload);
    }
    bench::Mark("sent " + std::to_string(total));
}

}  // namespace

int main(int argc, char** argv) {
    return bench::Main(argc, argv, "HOST PORT CHANNEL COUNT TOTAL RATE PAYLOAD", 7, Run);
}
