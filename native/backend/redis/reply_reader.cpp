#include "backend/redis/reply_reader.h"

#include <algorithm>
#include <charconv>

namespace realtime::redis {
namespace {

/// Replies to our commands have four elements at most. hiredis itself would make room for whatever is announced.
constexpr long long kMostElements = 64;
/// A reply with a text of many megabytes does not keep them for ever.
constexpr std::size_t kMostTextKept = 1024UL * 1024;

}  // namespace

/// What hiredis calls. The object that it passes around only has to be no null pointer.
struct ReplyReader::Functions {
    static ReplyReader& Of(const redisReadTask* task) { return *static_cast<ReplyReader*>(task->privdata); }

    static void* String(const redisReadTask* task, char* text, std::size_t size) {
        const std::string_view view(text, size);
        switch (task->type) {
            case REDIS_REPLY_STRING:
                return Of(task).Note(Reply::Kind::kString, 0, view);
            case REDIS_REPLY_STATUS:
                return Of(task).Note(Reply::Kind::kStatus, 0, view);
            case REDIS_REPLY_ERROR:
                return Of(task).Note(Reply::Kind::kError, 0, view);
            default:
                return Of(task).Refuse();
        }
    }
    static void* Array(const redisReadTask* task, std::size_t /*elements*/) {
        const bool is_flat_array = task->type == REDIS_REPLY_ARRAY && task->parent == nullptr;
        return is_flat_array ? Of(task).Note(Reply::Kind::kArray, 0, {}) : Of(task).Refuse();
    }
    static void* Integer(const redisReadTask* task, long long value) {
        return Of(task).Note(Reply::Kind::kInteger, value, {});
    }
    static void* Double(const redisReadTask* task, double /*value*/, char* /*text*/, std::size_t /*size*/) {
        return Of(task).Refuse();
    }
    static void* Nil(const redisReadTask* task) { return Of(task).Note(Reply::Kind::kNil, 0, {}); }
    static void* Bool(const redisReadTask* task, int /*value*/) { return Of(task).Refuse(); }
    static void Free(void* /*object*/) {}
};

ReplyReader::ReplyReader(std::size_t most_unparsed)
    : functions_{&Functions::String, &Functions::Array, &Functions::Integer, &Functions::Double,
                 &Functions::Nil,    &Functions::Bool,  &Functions::Free},
      reader_(redisReaderCreateWithFunctions(&functions_)),
      most_unparsed_(most_unparsed) {
    if (reader_) {
        reader_->privdata = this;
        reader_->maxelements = kMostElements;
    }
}

Result<void> ReplyReader::Feed(std::string_view bytes) {
    if (!reader_ || redisReaderFeed(reader_.get(), bytes.data(), bytes.size()) != REDIS_OK) {
        return MakeError(ErrorCode::kProtocolError, reader_ ? reader_->errstr : "out of memory");
    }
    return {};
}

Result<const Reply*> ReplyReader::Next() {
    if (complete_) {
        complete_ = false;
        noted_.clear();
        text_.clear();
        if (text_.capacity() > kMostTextKept) {
            text_.shrink_to_fit();
        }
    }
    void* object = nullptr;
    if (!reader_ || redisReaderGetReply(reader_.get(), &object) != REDIS_OK) {
        return MakeError(ErrorCode::kProtocolError, refused_  ? "a kind of reply that no command of ours has"
                                                    : reader_ ? reader_->errstr
                                                              : "out of memory");
    }
    if (object == nullptr) {
        if (std::max(reader_->len - reader_->pos, Announced()) > most_unparsed_) {
            return MakeError(ErrorCode::kProtocolError,
                             "a reply is longer than " + std::to_string(most_unparsed_) + " bytes");
        }
        return nullptr;
    }
    complete_ = true;
    reply_.value = ValueOf(noted_.front());
    reply_.elements.clear();
    for (std::size_t i = 1; i < noted_.size(); ++i) {
        reply_.elements.push_back(ValueOf(noted_[i]));
    }
    return &reply_;
}

void* ReplyReader::Note(Reply::Kind kind, long long integer, std::string_view text) {
    noted_.push_back(Noted{kind, integer, text_.size(), text.size()});
    text_.append(text);
    return this;
}

void* ReplyReader::Refuse() noexcept {
    refused_ = true;
    return nullptr;
}

std::size_t ReplyReader::Announced() const {
    const std::string_view rest(reader_->buf + reader_->pos, reader_->len - reader_->pos);
    std::size_t size = 0;
    if (!rest.empty() && rest.front() == '$') {
        // No number, or one that is too large for one: hiredis says so when the line is complete.
        (void)std::from_chars(rest.data() + 1, rest.data() + rest.size(), size);
    }
    return size;
}

Reply::Value ReplyReader::ValueOf(const Noted& noted) const {
    return Reply::Value{noted.kind, noted.integer, std::string_view(text_).substr(noted.begin, noted.size)};
}

}  // namespace realtime::redis
