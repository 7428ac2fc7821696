// The main function that native test programs share. It also looks after every test case whether all is back as it was
// before: no descriptor and no thread may stay, whatever the test did.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdio>
#include <string>
#include <thread>

#include "support/process.h"

namespace {

using realtime::test::Holdings;

int& Left() {
    static int left = 0;
    return left;
}

class Leftovers final : public doctest::IReporter {
  public:
    explicit Leftovers(const doctest::ContextOptions& /*options*/) {}

    void test_case_start(const doctest::TestCaseData& test) override {
        name_ = test.m_name;
        before_ = Holdings::Now();
    }
    void test_case_end(const doctest::CurrentTestCaseStats& /*stats*/) override {
        const Holdings after = Holdings::NowWithoutJoined();
        if (after.descriptors > before_.descriptors || after.threads > before_.threads) {
            ++Left();
            (void)std::fprintf(stderr,
                               "\"%s\" left something behind: %zu threads, %zu descriptors; before it %zu and %zu\n",
                               name_.c_str(), after.threads, after.descriptors, before_.threads, before_.descriptors);
        }
    }

    void report_query(const doctest::QueryData& /*data*/) override {}
    void test_run_start() override {}
    void test_run_end(const doctest::TestRunStats& /*stats*/) override {}
    void test_case_reenter(const doctest::TestCaseData& /*test*/) override {}
    void test_case_exception(const doctest::TestCaseException& /*exception*/) override {}
    void subcase_start(const doctest::SubcaseSignature& /*subcase*/) override {}
    void subcase_end() override {}
    void log_assert(const doctest::AssertData& /*data*/) override {}
    void log_message(const doctest::MessageData& /*data*/) override {}
    void test_case_skipped(const doctest::TestCaseData& /*test*/) override {}

  private:
    std::string name_;
    Holdings before_;
};

REGISTER_LISTENER("leftovers", 1, Leftovers);

}  // namespace

int main(int argc, char** argv) {
    // The thread sanitizer starts a thread of its own with the first one of ours, and keeps it.
    std::thread([] {}).join();
    const int result = doctest::Context(argc, argv).run();
    return result == 0 && Left() > 0 ? 1 : result;
}
