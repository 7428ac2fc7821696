// JsonTree: a JSON value as RapidJSON's strict reader sees it, and its comparison with what lies on a Lua stack. It is
// the other opinion against which our reader and writer are held.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gmod/lua_base.h"

namespace realtime::fuzz {

struct JsonTree {
    enum class Kind { kNull, kBool, kNumber, kString, kArray, kObject };
    Kind kind = Kind::kNull;
    bool truth = false;
    double number = 0;
    std::string text;
    std::vector<JsonTree> items;              ///< kArray
    std::map<std::string, JsonTree> members;  ///< kObject; of equal keys the last
    /// The text had ill-formed UTF-8, which a writer repairs in its own way; or keys had, and may have become equal.
    bool repaired = false;
    /// The number is a float: whatever double is the same float will do.
    bool is_float = false;

    static JsonTree Number(double value);
    static JsonTree String(std::string value);
};

/// How deep a value may be nested for ours: RapidJSON itself knows no bound.
struct ParsedJson {
    JsonTree tree;
    int depth = 0;  ///< levels of arrays and objects
};

/// The value of a text, or nothing when it is no JSON (RFC 8259): checked for UTF-8, with numbers that a double can
/// hold.
std::optional<ParsedJson> ParseStrictly(std::string_view text);

/// Whether the bytes are UTF-8, by RapidJSON's tables.
bool IsWellFormed(std::string_view text);

/// Whether the Lua value at `index` is what `tree` becomes: null is nil and leaves a key or place out.
bool IsSame(gmod::ILuaBase& lua, int index, const JsonTree& tree);

/// Whether both are the same value; -0 and 0 are. A member that is null and one that is not there are the same. What a
/// writer had to repair (`repaired` in `expected`) only has to be of the same kind, and of a float (`is_float`) the
/// same float.
bool IsSame(const JsonTree& expected, const JsonTree& got);

}  // namespace realtime::fuzz
