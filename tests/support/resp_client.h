// Asks a real server one question and waits for the answer: the administrator beside the module under test.
#pragma once

#include <string>
#include <vector>

namespace realtime::test {

/// The answer as text, elements one a line; errors begin with "-". Connects anew for each question, so that the server
/// may have been restarted since the last one.
std::string AskRedis(const std::string& unix_socket, const std::vector<std::string>& command,
                     const std::string& password = {});

}  // namespace realtime::test
