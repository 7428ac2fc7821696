#include "support/leftovers.h"

#include <doctest/doctest.h>

#include <cstdio>
#include <string>

#include "support/process.h"

namespace realtime::test {
namespace {

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

bool AnythingLeft() {
    return Left() > 0;
}

}  // namespace realtime::test
