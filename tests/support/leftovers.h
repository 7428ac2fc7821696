// Looks after every test case whether all is back as it was before: no descriptor and no thread may stay, whatever the
// test did. Every test program has it; its main asks in the end.
#pragma once

namespace realtime::test {

/// Whether any test case of this program left something behind; each was told of on standard error.
bool AnythingLeft();

}  // namespace realtime::test
