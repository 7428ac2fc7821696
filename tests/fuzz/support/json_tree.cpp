#include "fuzz/support/json_tree.h"

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <system_error>
#include <utility>

namespace realtime::fuzz {
namespace {

/// Takes what Validate copies.
struct NoStream {
    void Put(char /*byte*/) {}
};

class TreeBuilder : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, TreeBuilder> {
  public:
    bool Null() { return Add(JsonTree{}); }
    bool Bool(bool value) {
        JsonTree tree;
        tree.kind = JsonTree::Kind::kBool;
        tree.truth = value;
        return Add(std::move(tree));
    }
    /// RapidJSON only says where a number ends: its own conversion is wrong for some.
    bool RawNumber(const char* text, rapidjson::SizeType size, bool /*copy*/) {
        double value = 0;
        if (std::from_chars(text, text + size, value).ec == std::errc::result_out_of_range) {
            value = std::strtod(std::string(text, size).c_str(), nullptr);  // tells too small from too large
        }
        return std::isfinite(value) && Add(JsonTree::Number(value));
    }
    bool String(const char* text, rapidjson::SizeType size, bool /*copy*/) {
        // RapidJSON lets a lone low surrogate through when it is written as an escape sequence.
        const std::string value(text, size);
        return IsWellFormed(value) && Add(JsonTree::String(value));
    }
    bool Key(const char* text, rapidjson::SizeType size, bool /*copy*/) {
        keys_.back() = std::string(text, size);
        return IsWellFormed(keys_.back());
    }
    bool StartObject() { return Open(JsonTree::Kind::kObject); }
    bool EndObject(rapidjson::SizeType /*count*/) { return Close(); }
    bool StartArray() { return Open(JsonTree::Kind::kArray); }
    bool EndArray(rapidjson::SizeType /*count*/) { return Close(); }

    ParsedJson Take() { return ParsedJson{std::move(root_), deepest_}; }

  private:
    bool Open(JsonTree::Kind kind) {
        JsonTree tree;
        tree.kind = kind;
        open_.push_back(std::move(tree));
        keys_.emplace_back();
        deepest_ = std::max(deepest_, static_cast<int>(open_.size()));
        return true;
    }
    bool Close() {
        JsonTree tree = std::move(open_.back());
        open_.pop_back();
        keys_.pop_back();
        return Add(std::move(tree));
    }
    bool Add(JsonTree tree) {
        if (open_.empty()) {
            root_ = std::move(tree);
        } else if (open_.back().kind == JsonTree::Kind::kArray) {
            open_.back().items.push_back(std::move(tree));
        } else {
            open_.back().members[keys_.back()] = std::move(tree);
        }
        return true;
    }

    JsonTree root_;
    std::vector<JsonTree> open_;
    std::vector<std::string> keys_;  // as many as open_
    int deepest_ = 0;
};

bool IsSameTable(gmod::ILuaBase& lua, int index, const JsonTree& tree) {
    std::size_t expected = 0;
    const auto check = [&lua, index, &expected](const JsonTree& value) {
        lua.RawGet(index);
        const bool same = IsSame(lua, lua.Top(), value);
        lua.Pop(1);
        expected += value.kind == JsonTree::Kind::kNull ? 0 : 1;
        return same;
    };
    for (std::size_t i = 0; i < tree.items.size(); ++i) {
        lua.PushNumber(static_cast<double>(i + 1));
        if (!check(tree.items[i])) {
            return false;
        }
    }
    for (const auto& [key, value] : tree.members) {
        lua.PushString(key.empty() ? "" : key.data(), static_cast<unsigned>(key.size()));
        if (!check(value)) {
            return false;
        }
    }
    std::size_t count = 0;
    lua.PushNil();
    while (lua.Next(index) != 0) {
        lua.Pop(1);
        ++count;
    }
    return count == expected;
}

/// Each member of `one` is in `other` or null, as far as `same` looks.
template <typename Same>
bool IsWithin(const JsonTree& one, const JsonTree& other, Same same) {
    return std::all_of(one.members.begin(), one.members.end(), [&other, same](const auto& member) {
        const auto found = other.members.find(member.first);
        return found == other.members.end() ? member.second.kind == JsonTree::Kind::kNull
                                            : same(member.second, found->second);
    });
}

}  // namespace

JsonTree JsonTree::Number(double value) {
    JsonTree tree;
    tree.kind = Kind::kNumber;
    tree.number = value;
    return tree;
}

JsonTree JsonTree::String(std::string value) {
    JsonTree tree;
    tree.kind = Kind::kString;
    tree.text = std::move(value);
    return tree;
}

bool IsWellFormed(std::string_view text) {
    rapidjson::MemoryStream stream(text.data(), text.size());
    NoStream nowhere;
    while (stream.Tell() < text.size()) {
        if (!rapidjson::UTF8<>::Validate(stream, nowhere)) {
            return false;
        }
    }
    return stream.Tell() == text.size();
}

std::optional<ParsedJson> ParseStrictly(std::string_view given) {
    constexpr unsigned kFlags =
        rapidjson::kParseValidateEncodingFlag | rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseIterativeFlag;
    for (std::string text(given);;) {
        rapidjson::MemoryStream stream(text.data(), text.size());
        rapidjson::Reader reader;
        TreeBuilder builder;
        const rapidjson::ParseResult parsed = reader.Parse<kFlags>(stream, builder);
        if (!parsed.IsError()) {
            // A NUL byte looks to RapidJSON like the end of the text.
            return stream.Tell() == text.size() ? std::optional<ParsedJson>(builder.Take()) : std::nullopt;
        }
        // RapidJSON takes 0e400 for a number that is too big: it is shown a zero without the exponent.
        const std::size_t begin = parsed.Offset();
        const std::size_t end = text.find_first_not_of("-+.0eE123456789", begin);
        const std::string token = text.substr(begin, end - begin);
        const std::size_t exponent = token.find_first_of("eE");
        if (parsed.Code() != rapidjson::kParseErrorNumberTooBig || exponent == std::string::npos ||
            token.substr(0, exponent).find_first_of("123456789") != std::string::npos ||
            token.find_first_not_of("0123456789", exponent + (token[exponent + 1] == '+' ? 2 : 1)) !=
                std::string::npos) {
            return std::nullopt;
        }
        text.erase(begin + exponent, token.size() - exponent);
    }
}

bool IsSame(gmod::ILuaBase& lua, int index, const JsonTree& tree) {  // NOLINT(misc-no-recursion)
    const int type = lua.GetType(index);
    switch (tree.kind) {
        case JsonTree::Kind::kNull:
            return type == gmod::type::kNil;
        case JsonTree::Kind::kBool:
            return type == gmod::type::kBool && lua.GetBool(index) == tree.truth;
        case JsonTree::Kind::kNumber: {
            const double number = type == gmod::type::kNumber ? lua.GetNumber(index) : std::nan("");
            return number == tree.number && std::signbit(number) == std::signbit(tree.number);
        }
        case JsonTree::Kind::kString: {
            unsigned size = 0;
            const char* const text = type == gmod::type::kString ? lua.GetString(index, &size) : nullptr;
            return text != nullptr && std::string_view(text, size) == tree.text;
        }
        case JsonTree::Kind::kArray:
        case JsonTree::Kind::kObject:
            return type == gmod::type::kTable && IsSameTable(lua, index, tree);
    }
    return false;
}

bool IsSame(const JsonTree& expected, const JsonTree& got) {  // NOLINT(misc-no-recursion)
    if (expected.kind != got.kind) {
        return false;
    }
    if (expected.repaired) {
        return true;
    }
    switch (expected.kind) {
        case JsonTree::Kind::kNull:
            return true;
        case JsonTree::Kind::kBool:
            return expected.truth == got.truth;
        case JsonTree::Kind::kNumber:
            return expected.is_float ? static_cast<float>(expected.number) == static_cast<float>(got.number) &&
                                           std::abs(got.number) <= std::numeric_limits<float>::max()
                                     : expected.number == got.number;
        case JsonTree::Kind::kString:
            return expected.text == got.text;
        case JsonTree::Kind::kArray:
            return std::equal(expected.items.begin(), expected.items.end(), got.items.begin(), got.items.end(),
                              [](const JsonTree& one, const JsonTree& other) { return IsSame(one, other); });
        case JsonTree::Kind::kObject:
            return IsWithin(expected, got,
                            [](const JsonTree& one, const JsonTree& other) { return IsSame(one, other); }) &&
                   IsWithin(got, expected, [](const JsonTree&, const JsonTree&) { return true; });
    }
    return false;
}

}  // namespace realtime::fuzz
