// Every function raises once the module is closed, those that otherwise object to nothing as well. Raising skips
// destructors on the 32-bit platforms: ten thousand times, and not a byte more is held.
#include "realtime/contract.h"
#include "support/lua_fixture.h"
#include "support/process.h"

using realtime::test::Holdings;

TEST_CASE("each function raises ten thousand times when the module is closed") {
    host::LuaMachine machine;
    REQUIRE_FALSE(machine.Call(&gmod13_open).has_value());
    REQUIRE_FALSE(machine.RunString("rt = realtime_core").has_value());
    REQUIRE_FALSE(machine.Call(&gmod13_close).has_value());
    for (const auto& function : realtime::kFunctions) {
        const std::string code = std::string("local call = rt.") + function.name + R"lua(
            for _ = 1, times do
                local ok, text = pcall(call)
                if ok or not text:find('realtime_core is closed') then error(tostring(text)) end
            end)lua";
        const auto raise = [&machine, &code](const char* times) {
            const host::LuaMachine::Failure failure =
                machine.RunString("local times = " + std::string(times) + " " + code, "=test");
            CHECK_MESSAGE(!failure.has_value(), failure.value_or(""));
        };
        INFO(std::string(function.name));
        raise("1000");  // what is allocated once, and by the compiler
        const Holdings before = Holdings::Now();
        raise("10000");
        CHECK(Holdings::Now() == before);
    }
    CHECK(machine.LiveReferences() == 0);
}
