// The conformance suite against the embedded backend. The other backends' runs are integration tests.
#include "support/backend_conformance.h"

TEST_CASE("memory backend") {
    realtime::Options options;
    options.backend = "memory";
    realtime::test::CheckBackendConformance(options);
}
