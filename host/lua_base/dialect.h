// The game's Lua accepts a little more than LuaJIT: != ! && || // /* */ and `continue`. Addons use it.
#pragma once

#include <string>
#include <string_view>

namespace host {

/// The same program in plain LuaJIT syntax, line for line (error positions stay right). Text without the additions
/// comes back as it was; text that is no valid Lua either way comes back as something LuaJIT will refuse.
std::string TranslateDialect(std::string_view source);

}  // namespace host
