// The part of the standard library that the game leaves to addons.
#pragma once

struct lua_State;

namespace host {

/// Opens base, math, string, table, coroutine, debug, bit, jit and four functions of os. There is no io, package,
/// ffi, loadfile or dofile; `require` and `module` are the environment's business.
void OpenStandardLibraries(lua_State* state);

}  // namespace host
