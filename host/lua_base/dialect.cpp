#include "host/lua_base/dialect.h"

#include <algorithm>
#include <cctype>
#include <vector>

namespace host {

namespace {

bool IsWordStart(char c) {
    return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool IsWordPart(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

struct Edit {
    std::size_t position;
    std::size_t removed;
    std::string text;
};

enum class BlockKind { kPlain, kFunction, kLoopHead, kLoop, kRepeat };

struct Block {
    BlockKind kind;
    std::size_t body;
    int label;
};

/// One pass over the text, remembering which blocks are open and what to change.
class Translator {
  public:
    explicit Translator(std::string_view source) : source_(source) {}

    std::string Run() {
        while (position_ < source_.size()) {
            Step();
        }
        return Apply();
    }

  private:
    [[nodiscard]] char At(std::size_t offset) const {
        return position_ + offset < source_.size() ? source_[position_ + offset] : '\0';
    }

    [[nodiscard]] bool LooksAt(std::string_view text) const { return source_.substr(position_, text.size()) == text; }

    void Step() {
        const char c = At(0);
        if (LooksAt("--")) {
            SkipComment();
        } else if (LooksAt("//")) {
            Replace(2, "--");
            SkipLine();
        } else if (LooksAt("/*")) {
            BlockComment();
        } else if (c == '"' || c == '\'') {
            SkipString(c);
        } else if (c == '[' && LongBracketLevel() >= 0) {
            SkipLongBracket();
        } else if (IsWordStart(c)) {
            Word();
        } else if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
            SkipNumber();
        } else {
            Operator();
        }
    }

    void Operator() {
        if (LooksAt("!=")) {
            Replace(2, "~=");
            Note("~=");
        } else if (LooksAt("&&")) {
            Replace(2, " and ");
            Note("and");
        } else if (LooksAt("||")) {
            Replace(2, " or ");
            Note("or");
        } else if (At(0) == '!') {
            Replace(1, " not ");
            Note("not");
        } else {
            if (std::isspace(static_cast<unsigned char>(At(0))) == 0) {
                Note(source_.substr(position_, LooksAt("::") ? 2 : 1));
            }
            position_ += LooksAt("::") ? 2 : 1;
        }
    }

    void Replace(std::size_t length, std::string_view text) {
        edits_.push_back({position_, length, std::string(text)});
        position_ += length;
    }

    void Note(std::string_view token) { previous_ = token; }

    void SkipLine() { position_ = std::min(source_.find('\n', position_), source_.size()); }

    void SkipComment() {
        position_ += 2;
        if (At(0) == '[' && LongBracketLevel() >= 0) {
            SkipLongBracket();
            return;
        }
        SkipLine();
    }

    /// Its lines are kept: the comment becomes a long comment of a level that its text does not close.
    void BlockComment() {
        const std::size_t end = std::min(source_.find("*/", position_ + 2), source_.size());
        const std::string_view body = source_.substr(position_ + 2, end - position_ - 2);
        std::string level;
        while (body.find("]" + level + "]") != std::string_view::npos || level.size() < 2) {
            level += '=';
        }
        edits_.push_back({position_, 2, "--[" + level + "["});
        edits_.push_back({end, std::min<std::size_t>(2, source_.size() - end), "]" + level + "]"});
        position_ = std::min(end + 2, source_.size());
    }

    void SkipString(char quote) {
        ++position_;
        while (position_ < source_.size() && At(0) != quote && At(0) != '\n') {
            position_ += At(0) == '\\' ? 2 : 1;
        }
        ++position_;
        Note("\"");
    }

    /// The number of = signs when a long bracket opens here, else -1.
    [[nodiscard]] int LongBracketLevel() const {
        std::size_t offset = 1;
        while (At(offset) == '=') {
            ++offset;
        }
        return At(offset) == '[' ? static_cast<int>(offset) - 1 : -1;
    }

    void SkipLongBracket() {
        const std::string close = "]" + std::string(static_cast<std::size_t>(LongBracketLevel()), '=') + "]";
        const std::size_t end = source_.find(close, position_);
        position_ = end == std::string_view::npos ? source_.size() : end + close.size();
        Note("\"");
    }

    void SkipNumber() {
        while (IsWordPart(At(0)) || (At(0) == '.' && At(1) != '.')) {
            ++position_;
        }
        Note("0");
    }

    void Word() {
        std::size_t length = 1;
        while (IsWordPart(At(length))) {
            ++length;
        }
        const std::string_view word = source_.substr(position_, length);
        if (previous_ != "." && previous_ != ":") {
            Keyword(word);
        }
        Note(word);
        position_ += length;
    }

    void Keyword(std::string_view word) {
        const std::size_t after = position_ + word.size();
        if (word == "function") {
            blocks_.push_back({BlockKind::kFunction, after, 0});
        } else if (word == "if") {
            blocks_.push_back({BlockKind::kPlain, after, 0});
        } else if (word == "while" || word == "for") {
            blocks_.push_back({BlockKind::kLoopHead, after, 0});
        } else if (word == "repeat") {
            blocks_.push_back({BlockKind::kRepeat, after, 0});
        } else if (word == "do") {
            if (!blocks_.empty() && blocks_.back().kind == BlockKind::kLoopHead) {
                blocks_.back() = {BlockKind::kLoop, after, 0};
            } else {
                blocks_.push_back({BlockKind::kPlain, after, 0});
            }
        } else if (word == "end" || word == "until") {
            CloseBlock();
        } else if (word == "continue" && IsStatement(after)) {
            Continue();
        }
    }

    /// `continue` was a plain name once: in `continue = 1`, `goto continue` and the like it still is one.
    [[nodiscard]] bool IsStatement(std::size_t after) const {
        if (previous_ == "goto" || previous_ == "::" || previous_ == "local" || previous_ == "function" ||
            previous_ == "," || previous_ == "=" || previous_ == "(" || previous_ == "{" || previous_ == "[") {
            return false;
        }
        while (after < source_.size() && std::isspace(static_cast<unsigned char>(source_[after])) != 0) {
            ++after;
        }
        constexpr std::string_view kUsesOfAName = "=.:([,";
        return after >= source_.size() || kUsesOfAName.find(source_[after]) == std::string_view::npos;
    }

    void Continue() {
        for (auto block = blocks_.rbegin(); block != blocks_.rend(); ++block) {
            if (block->kind == BlockKind::kFunction) {
                return;
            }
            if (block->kind == BlockKind::kLoop || block->kind == BlockKind::kRepeat) {
                if (block->label == 0) {
                    block->label = ++labels_;
                }
                edits_.push_back({position_, sizeof("continue") - 1, "goto " + Label(block->label)});
                return;
            }
        }
    }

    static std::string Label(int number) { return "host_continue_" + std::to_string(number); }

    void CloseBlock() {
        if (blocks_.empty()) {
            return;
        }
        const Block block = blocks_.back();
        blocks_.pop_back();
        if (block.label == 0) {
            return;
        }
        // The body gets a block of its own: a `return` may then stay its last statement, and the jump crosses no local.
        // A repeat's condition sees the body's locals, so there the label stands alone.
        if (block.kind == BlockKind::kLoop) {
            edits_.push_back({block.body, 0, " do "});
            edits_.push_back({position_, 0, "end ::" + Label(block.label) + ":: "});
        } else {
            edits_.push_back({position_, 0, "::" + Label(block.label) + ":: "});
        }
    }

    std::string Apply() {
        std::stable_sort(edits_.begin(), edits_.end(),
                         [](const Edit& a, const Edit& b) { return a.position < b.position; });
        std::string result;
        std::size_t copied = 0;
        for (const Edit& edit : edits_) {
            result.append(source_.substr(copied, edit.position - copied));
            result.append(edit.text);
            copied = edit.position + edit.removed;
        }
        result.append(source_.substr(copied));
        return result;
    }

    std::string_view source_;
    std::size_t position_ = 0;
    std::string_view previous_;
    std::vector<Block> blocks_;
    std::vector<Edit> edits_;
    int labels_ = 0;
};

}  // namespace

std::string TranslateDialect(std::string_view source) {
    return Translator(source).Run();
}

}  // namespace host
