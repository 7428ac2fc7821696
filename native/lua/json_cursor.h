// JsonCursor: walks through a JSON text (RFC 8259) token by token, strictly: UTF-8 is checked, surrogates come in
// pairs, numbers are exact. It allocates nothing but for strings with escape sequences and numbers of many digits.
// Thread: any.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace realtime {

class JsonCursor {
  public:
    /// `text` outlives the cursor.
    explicit JsonCursor(std::string_view text) : text_(text) {}

    /// The first byte of the next token, or NUL at the end of the text. (A NUL byte in the text starts no token
    /// either.)
    char Next() {
        while (at_ < text_.size() && IsSpace(text_[at_])) {
            ++at_;
        }
        return at_ < text_.size() ? text_[at_] : '\0';
    }

    /// Takes the next token when it begins with this byte.
    bool Take(char byte) {
        if (Next() != byte || AtEnd()) {
            return false;
        }
        ++at_;
        return true;
    }

    /// The next token must be a string; `out` is valid until the next ReadString.
    bool ReadString(std::string_view& out);

    /// The next token must be a number that a double can hold.
    bool ReadNumber(double& out);

    /// The next token must be this word.
    bool ReadWord(std::string_view word);

    /// Whether all of the text is read; white space is left out.
    [[nodiscard]] bool IsDone() {
        (void)Next();
        return AtEnd();
    }

    /// Says that the text is wrong here. Gives false, for the caller to return.
    bool Fail(std::string_view problem) {
        problem_ = problem;
        return false;
    }
    /// "at byte 5: a comma or ] expected"
    [[nodiscard]] std::string Problem() const { return "at byte " + std::to_string(at_ + 1) + ": " + problem_; }

  private:
    static bool IsSpace(char byte) { return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t'; }
    [[nodiscard]] bool AtEnd() const noexcept { return at_ >= text_.size(); }
    /// Moves over what may stand in a string as it is; false when that is ill-formed UTF-8.
    bool SkipPlain();
    bool ReadEscape();
    /// The four digits of an escape sequence.
    bool ReadUnit(unsigned& unit);
    bool ReadSlowNumber(double& out);

    std::string_view text_;
    std::size_t at_ = 0;
    std::string unescaped_;
    std::string problem_;
};

}  // namespace realtime
