// A Lua state with the shipped module opened in it, driven through the same entry points as in the game.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "host/lua_base/lua_machine.h"

extern "C" int gmod13_open(lua_State* state);
extern "C" int gmod13_close(lua_State* state);

namespace realtime::test {

class LuaFixture {
  public:
    LuaFixture() : LuaFixture(host::LuaMachine::Options{}) {}
    explicit LuaFixture(const host::LuaMachine::Options& options) : machine_(options) {
        REQUIRE_FALSE(machine_.Call(&gmod13_open).has_value());
        Run("rt = realtime_core; failures = {}; "
            "rt.SetHandlers(function(e) failures[#failures + 1] = e return e end, function() end, function() end)");
    }
    /// Whatever the test was about: the module gives back each reference that it took.
    ~LuaFixture() {
        CHECK_FALSE(machine_.Call(&gmod13_close).has_value());
        CHECK(machine_.LiveReferences() == 0);
        CHECK(machine_.InvalidFrees() == 0);
    }
    LuaFixture(const LuaFixture&) = delete;
    LuaFixture& operator=(const LuaFixture&) = delete;

    /// Runs Lua; a failing assert in it fails the test with Lua's text.
    void Run(const std::string& code) {
        const host::LuaMachine::Failure failure = machine_.RunString(code, "=test");
        INFO(code);
        CHECK_MESSAGE(!failure.has_value(), failure.value_or(""));
    }

    host::LuaMachine& Machine() { return machine_; }

  private:
    host::LuaMachine machine_;
};

}  // namespace realtime::test
