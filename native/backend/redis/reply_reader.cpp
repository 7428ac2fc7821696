#include "backend/redis/reply_reader.h"

#include <algorithm>
#include <charconv>
#include <exception>
#include <utility>

// hiredis' string header is plain C and says so nowhere.
extern "C" {
#include <hiredis/sds.h>
}

namespace realtime::redis {
namespace {

/// Replies to our commands have four elements at most. hiredis itself would make room for whatever is announced.
constexpr long long kMostElements = 64;
/// A reply with a text of many megabytes does not keep them for ever.
constexpr std::size_t kMostTextKept = 1024UL * 1024;
/// Room in a reply for what is around its longest text: the words and names of a message, lines of RESP.
constexpr std::size_t kRoomAround = 64UL * 1024;
/// What the parser gets for a text that was read over. It has taken the "$" in front of it already.
constexpr std::string_view kNoText = "0\r\n\r\n";
constexpr std::size_t kLineEnd = 2;

}  // namespace

/// What hiredis calls. The object that it passes around only has to be no null pointer.
struct ReplyReader::Functions {
    static ReplyReader& Of(const redisReadTask* task) { return *static_cast<ReplyReader*>(task->privdata); }

    static void* String(const redisReadTask* task, char* text, std::size_t size) {
        const std::string_view view(text, size);
        switch (task->type) {
            case REDIS_REPLY_STRING:
                return Of(task).NoteText(view);
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

ReplyReader::ReplyReader(const ReplyBounds& bounds)
    : functions_{&Functions::String, &Functions::Array, &Functions::Integer, &Functions::Double,
                 &Functions::Nil,    &Functions::Bool,  &Functions::Free},
      reader_(redisReaderCreateWithFunctions(&functions_)),
      bounds_(bounds) {
    if (reader_) {
        reader_->privdata = this;
        reader_->maxelements = kMostElements;
    }
}

Result<void> ReplyReader::Feed(std::string_view bytes) {
    if (Result<void> skipped = Skip(bytes); skipped.IsErr() || bytes.empty()) {
        return skipped;
    }
    return FeedParser(bytes);
}

Result<void> ReplyReader::Skip(std::string_view& bytes) {
    if (to_skip_ == 0) {
        return {};
    }
    const std::size_t skipped = std::min(to_skip_, bytes.size());
    bytes.remove_prefix(skipped);
    to_skip_ -= skipped;
    return to_skip_ == 0 ? FeedParser(kNoText) : Result<void>();
}

Result<void> ReplyReader::FeedParser(std::string_view bytes) {
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
        const Announcement announced = Announced();
        const bool is_too_long = IsTooLong(announced.size);
        if (is_too_long && bounds_.skips_longer && announced.header_size > 0) {
            BeginSkipping(announced);
        } else if ((is_too_long && !bounds_.skips_longer) || reader_->len - reader_->pos > bounds_.text + kRoomAround) {
            return MakeError(ErrorCode::kProtocolError,
                             "a reply is longer than " + std::to_string(bounds_.text) + " bytes");
        }
        return nullptr;
    }
    complete_ = true;
    Tell(noted_.front(), reply_.value);
    reply_.elements.resize(noted_.size() - 1);
    for (std::size_t i = 1; i < noted_.size(); ++i) {
        Tell(noted_[i], reply_.elements[i - 1]);
    }
    return &reply_;
}

/// hiredis, which is C, is told by a null pointer when there is no memory.
void* ReplyReader::Note(Reply::Kind kind, long long integer, std::string_view text) noexcept {
    try {
        noted_.emplace_back(kind, integer, text_.size(), text.size());
        text_.append(text);
    } catch (const std::exception&) {
        return nullptr;
    }
    return this;
}

void* ReplyReader::NoteText(std::string_view text) noexcept {
    if (too_long_ > 0) {
        return Note(Reply::Kind::kTooLong, static_cast<long long>(std::exchange(too_long_, 0)), {});
    }
    if (IsTooLong(text.size())) {  // all of it came at once
        return Note(Reply::Kind::kTooLong, static_cast<long long>(text.size()), {});
    }
    return Note(Reply::Kind::kString, 0, text);
}

void* ReplyReader::Refuse() noexcept {
    refused_ = true;
    return nullptr;
}

ReplyReader::Announcement ReplyReader::Announced() const {
    Announcement announced;
    if (reader_->ridx < 0 || reader_->task[reader_->ridx]->type != REDIS_REPLY_STRING) {
        return announced;
    }
    // hiredis has read the "$" and waits for the rest, of which it takes nothing until it is there.
    const std::string_view rest(reader_->buf + reader_->pos, reader_->len - reader_->pos);
    // No number, or one that is too large for one: hiredis says so when the line is complete.
    (void)std::from_chars(rest.data(), rest.data() + rest.size(), announced.size);
    const std::size_t line_end = rest.find("\r\n");
    announced.header_size = line_end == std::string_view::npos ? 0 : line_end + kLineEnd;
    return announced;
}

bool ReplyReader::IsTooLong(std::size_t size) const {
    return size > bounds_.text || text_.size() + size > bounds_.text + kRoomAround;
}

void ReplyReader::BeginSkipping(const Announcement& announced) {
    // It is taken out of hiredis' buffer, where kNoText takes its place in the end.
    const std::size_t here = reader_->len - reader_->pos - announced.header_size;
    if (reader_->pos == 0) {
        sdsclear(reader_->buf);
    } else {
        (void)sdsrange(reader_->buf, 0, static_cast<ssize_t>(reader_->pos) - 1);
    }
    reader_->len = reader_->pos;
    too_long_ = announced.size;
    to_skip_ = announced.size + kLineEnd - here;
}

void ReplyReader::Tell(const Noted& noted, Reply::Value& value) const noexcept {
    value.kind = noted.kind;
    value.integer = noted.integer;
    value.text = {text_.data() + noted.begin, noted.size};
}

}  // namespace realtime::redis
