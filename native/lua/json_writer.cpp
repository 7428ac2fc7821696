#include "lua/json_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string_view>

#include <rapidjson/writer.h>

#include "lua/json_string.h"
#include "lua/lua_call.h"
#include "realtime/contract.h"

namespace realtime {
namespace {

constexpr double kLargestExactInteger = 9007199254740992.0;  // 2^53
constexpr double kLargestFloat = std::numeric_limits<float>::max();
constexpr int kFloatDigitsLow = 6;
constexpr int kFloatDigitsHigh = 9;
constexpr std::size_t kLongestShownKey = 48;
constexpr unsigned char kFirstPrintable = 0x20;

/// RapidJSON's output stream over a std::string.
class StringSink {
  public:
    using Ch = char;
    explicit StringSink(std::string& out) : out_(out) {}
    void Put(char c) { out_.push_back(c); }
    void Flush() {}

  private:
    std::string& out_;
};

void WriteInteger(double value, std::string& out) {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), static_cast<std::int64_t>(value)).ptr;
    out.append(digits.data(), end);
}

/// Whole numbers up to 2^53 print as integers, others as the shortest text that reads back equal.
void WriteNumber(double value, std::string& out) {
    if (std::abs(value) <= kLargestExactInteger && value == std::floor(value)) {
        WriteInteger(value, out);
        return;
    }
    StringSink sink(out);
    rapidjson::Writer<StringSink>(sink).Double(value);
}

/// A key as a path has it: what is longer than anybody reads is cut, between two characters, and it is one line.
std::string Shown(std::string_view key) {
    std::size_t length = std::min(key.size(), kLongestShownKey);
    while (length > 0 && length < key.size() && (static_cast<unsigned char>(key[length]) & 0xC0U) == 0x80U) {
        --length;
    }
    std::string shown(key.substr(0, length));
    std::replace_if(
        shown.begin(), shown.end(), [](char byte) { return static_cast<unsigned char>(byte) < kFirstPrintable; }, '?');
    return length < key.size() ? shown + "…" : shown;
}

/// The double with the fewest digits that is still this float: 0.1f travels as 0.1, not as 0.10000000149011612.
double ShortestDouble(float value) {
    for (int digits = kFloatDigitsLow; digits < kFloatDigitsHigh; ++digits) {
        std::array<char, 32> text{};
        (void)std::snprintf(text.data(), text.size(), "%.*g", digits, static_cast<double>(value));
        const double candidate = std::strtod(text.data(), nullptr);
        // The largest float has a shorter text that lies above it, and so is none to whoever reads it.
        if (std::abs(candidate) <= kLargestFloat && static_cast<float>(candidate) == value) {
            return candidate;
        }
    }
    return static_cast<double>(value);
}

class JsonWriter {
  public:
    JsonWriter(gmod::ILuaBase& lua, std::string& out, std::size_t most_bytes)
        : lua_(lua), out_(out), most_bytes_(most_bytes) {}

    /// True, or false with what is wrong in Problem and where in Path. `index` is absolute.
    bool Write(int index, int depth) {
        // A table that lies in many places is written as often: sixty tables can be a text that never ends.
        if (out_.size() > most_bytes_) {
            code_ = ErrorCode::kPayloadTooLarge;
            return Fail("here the text is longer than " + std::to_string(most_bytes_) + " bytes");
        }
        switch (lua_.GetType(index)) {
            case gmod::type::kNil:
                out_.append("null");
                return true;
            case gmod::type::kBool:
                out_.append(lua_.GetBool(index) ? "true" : "false");
                return true;
            case gmod::type::kNumber:
                return WriteFinite(lua_.GetNumber(index));
            case gmod::type::kString:
                WriteJsonString(TextAt(lua_, index), out_);
                return true;
            case gmod::type::kVector: {
                const gmod::Vector& vector = lua_.GetVector(index);
                return WriteTriple({"x", "y", "z"}, {vector.x, vector.y, vector.z}, depth + 1);
            }
            case gmod::type::kAngle: {
                const gmod::QAngle& angle = lua_.GetAngle(index);
                return WriteTriple({"p", "y", "r"}, {angle.pitch, angle.yaw, angle.roll}, depth + 1);
            }
            case gmod::type::kTable:
                return WriteTable(index, depth + 1);
            default:
                return Fail(std::string("a ") + lua_.GetTypeName(lua_.GetType(index)) + " cannot be written");
        }
    }

    [[nodiscard]] const std::string& Problem() const { return problem_; }
    [[nodiscard]] const std::string& Path() const { return path_; }
    [[nodiscard]] ErrorCode Code() const { return code_; }

  private:
    enum class Shape { kObject, kArray, kNeither };

    bool Fail(std::string problem) {
        problem_ = std::move(problem);
        return false;
    }

    bool WriteFinite(double value) {
        if (!std::isfinite(value)) {
            return Fail(std::isnan(value) ? "NaN cannot be written" : "infinity cannot be written");
        }
        WriteNumber(value, out_);
        return true;
    }

    /// Whether a table or the like may lie so deep.
    bool MayOpen(int depth) {
        return depth <= limits::kMaxJsonDepth ||
               Fail("nested deeper than " + std::to_string(limits::kMaxJsonDepth) + " levels, or in itself");
    }

    bool WriteTriple(const std::array<const char*, 3>& names, const std::array<float, 3>& values, int depth) {
        if (!MayOpen(depth)) {
            return false;
        }
        for (std::size_t i = 0; i < values.size(); ++i) {
            out_.push_back(i == 0 ? '{' : ',');
            out_.append("\"").append(names[i]).append("\":");
            if (!std::isfinite(values[i])) {
                path_ = std::string(".") + names[i];
                return Fail("not a finite number");
            }
            WriteNumber(ShortestDouble(values[i]), out_);
        }
        out_.push_back('}');
        return true;
    }

    bool WriteTable(int index, int depth) {
        if (!MayOpen(depth)) {
            return false;
        }
        std::size_t count = 0;
        switch (ShapeOf(index, count)) {
            case Shape::kObject:
                return WriteObject(index, depth);
            case Shape::kArray:
                return WriteArray(index, depth, count);
            case Shape::kNeither:
                return Fail("the keys must be all strings, or 1 to n without a gap");
        }
        return false;
    }

    Shape ShapeOf(int index, std::size_t& count) {
        bool strings = false;
        bool numbers = false;
        double highest = 0;
        lua_.PushNil();
        while (lua_.Next(index) != 0) {
            lua_.Pop(1);
            ++count;
            const int type = lua_.GetType(-1);
            const double number = type == gmod::type::kNumber ? lua_.GetNumber(-1) : 0;
            const bool is_index = number >= 1 && number == std::floor(number);
            strings = strings || type == gmod::type::kString;
            numbers = numbers || is_index;
            highest = is_index && number > highest ? number : highest;
            if ((type != gmod::type::kString && !is_index) || (strings && numbers)) {
                lua_.Pop(1);
                return Shape::kNeither;
            }
        }
        if (!numbers) {
            return count == 0 && IsMarkedArray(index) ? Shape::kArray : Shape::kObject;
        }
        return highest == static_cast<double>(count) ? Shape::kArray : Shape::kNeither;
    }

    /// Whether the metatable says that a table is an array though nothing in it shows it.
    bool IsMarkedArray(int index) {
        if (!lua_.GetMetaTable(index)) {
            return false;
        }
        lua_.PushString("__jsontype");
        lua_.RawGet(-2);
        const bool marked = lua_.GetType(-1) == gmod::type::kString && TextAt(lua_, -1) == "array";
        lua_.Pop(2);
        return marked;
    }

    bool WriteObject(int index, int depth) {
        char separator = '{';
        lua_.PushNil();
        while (lua_.Next(index) != 0) {
            out_.push_back(separator);
            separator = ',';
            WriteJsonString(TextAt(lua_, -2), out_);
            out_.push_back(':');
            if (!Write(lua_.Top(), depth)) {
                path_.insert(0, "." + Shown(TextAt(lua_, -2)));
                lua_.Pop(2);
                return false;
            }
            lua_.Pop(1);
        }
        if (separator == '{') {
            out_.push_back('{');
        }
        out_.push_back('}');
        return true;
    }

    bool WriteArray(int index, int depth, std::size_t count) {
        out_.push_back('[');
        for (std::size_t i = 1; i <= count; ++i) {
            if (i > 1) {
                out_.push_back(',');
            }
            lua_.PushNumber(static_cast<double>(i));
            lua_.RawGet(index);
            const bool written = Write(lua_.Top(), depth);
            lua_.Pop(1);
            if (!written) {
                path_.insert(0, "[" + std::to_string(i) + "]");
                return false;
            }
        }
        out_.push_back(']');
        return true;
    }

    gmod::ILuaBase& lua_;
    std::string& out_;
    const std::size_t most_bytes_;
    ErrorCode code_ = ErrorCode::kEncodeFailed;
    std::string problem_;
    std::string path_;
};

}  // namespace

Result<void> WriteJson(gmod::ILuaBase& lua, int index, std::string_view name, std::string& out,
                       const JsonBounds& bounds) {
    const int absolute = index < 0 && index > gmod::UpvalueIndex(0) ? lua.Top() + index + 1 : index;
    JsonWriter writer(lua, out, bounds.most_bytes);
    if (writer.Write(absolute, bounds.levels_above)) {
        return {};
    }
    return MakeError(writer.Code(), std::string(name) + writer.Path() + ": " + writer.Problem());
}

}  // namespace realtime
