#include "lua/envelope_writer.h"

#include <array>
#include <charconv>
#include <utility>

#include "lua/json_string.h"
#include "lua/json_writer.h"
#include "lua/utc_time.h"

namespace realtime {
namespace {

/// The envelope and its "data": what is written must be readable again under the same limit.
constexpr int kLevelsAboveField = 2;
/// An event with a text of many kilobytes does not keep them for ever.
constexpr std::size_t kMostKept = 64UL * 1024;

}  // namespace

EnvelopeWriter::EnvelopeWriter(std::string_view instance)
    : before_sequence_(R"({"specversion":"1.0","id":")" + std::string(instance) + "-"),
      source_json_(R"("")"),
      time_(FormatUtc(time_ms_)) {}

Result<std::string_view> EnvelopeWriter::Write(gmod::ILuaBase& lua, const EventDefinition& event, int first,
                                               std::string_view source, std::int64_t unix_ms, std::size_t most_bytes) {
    if (text_.capacity() > kMostKept) {
        std::string().swap(text_);
    }
    WriteHead(event, source, unix_ms);
    const JsonBounds bounds{kLevelsAboveField, most_bytes};
    const int top = lua.Top();
    char separator = '{';
    for (std::size_t i = 0; i < event.keys.size(); ++i) {
        const int index = first + static_cast<int>(i);
        if (index > top || lua.GetType(index) == gmod::type::kNil) {
            continue;
        }
        text_.push_back(separator);
        separator = ',';
        text_.append(event.keys[i]);
        if (Result<void> written = WriteJson(lua, index, event.fields[i], text_, bounds); written.IsErr()) {
            return std::move(written).Error();
        }
    }
    text_.append(separator == '{' ? "{}}" : "}}");
    return std::string_view(text_);
}

void EnvelopeWriter::WriteHead(const EventDefinition& event, std::string_view source, std::int64_t unix_ms) {
    if (source != source_) {
        source_ = source;
        source_json_.clear();
        WriteJsonString(source, source_json_);
    }
    if (unix_ms != time_ms_) {
        time_ms_ = unix_ms;
        time_ = FormatUtc(unix_ms);
    }
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), sequence_).ptr;
    text_.assign(before_sequence_).append(digits.data(), end);
    text_.append(R"(","source":)").append(source_json_);
    text_.append(R"(,"type":)").append(event.type_json);
    text_.append(R"(,"time":")").append(time_);
    text_.append(R"(","datacontenttype":"application/json","data":)");
}

}  // namespace realtime
