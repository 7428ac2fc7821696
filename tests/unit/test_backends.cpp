// The conformance suite against the embedded backend, or the one that REALTIME_BACKEND_UNDER_TEST names: whoever writes
// another one that needs no server runs this. The redis backend's run is an integration test.
#include <cstdlib>

#include "support/backend_conformance.h"

TEST_CASE("the backend conforms") {
    const char* const named = std::getenv("REALTIME_BACKEND_UNDER_TEST");
    realtime::Options options;
    options.backend = named == nullptr ? "memory" : named;
    INFO("backend: " << options.backend);
    realtime::test::CheckBackendConformance(options);
}
