#include <doctest/doctest.h>

#include <set>
#include <string>

#include "realtime/contract.h"

using realtime::ErrorCode;

TEST_CASE("every error code has a name of its own and a sentence") {
    std::set<std::string> names;
    for (std::size_t code = 0; code < realtime::kErrorCount; ++code) {
        const realtime::ErrorInfo info = realtime::ErrorInfoOf(static_cast<ErrorCode>(code));
        CHECK(names.insert(info.name).second);
        CHECK(std::string(info.message).size() > 5);
    }
    CHECK(std::string(realtime::ErrorInfoOf(ErrorCode::kOk).name) == "OK");
    CHECK(std::string(realtime::ErrorInfoOf(ErrorCode::kInternal).name) == "INTERNAL");
}
