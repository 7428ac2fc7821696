// LinkedList<T>: a doubly linked list through members of its items. It owns none of them and allocates nothing; an item
// leaves from anywhere at once. Thread: one at a time.
#pragma once

namespace realtime {

template <typename T>
struct Links {
    T* before = nullptr;
    T* after = nullptr;
};

/// `member`: the links that this list uses. An item is in one list at most for each of its links.
template <typename T, Links<T> T::*member>
class LinkedList {
  public:
    [[nodiscard]] bool IsEmpty() const noexcept { return first_ == nullptr; }
    /// nullptr when empty.
    [[nodiscard]] T* First() const noexcept { return first_; }

    void PushBack(T& item) noexcept {
        item.*member = Links<T>{last_, nullptr};
        (last_ == nullptr ? first_ : (last_->*member).after) = &item;
        last_ = &item;
    }

    /// Only an item of this list.
    void Remove(T& item) noexcept {
        const Links<T> links = item.*member;
        (links.before == nullptr ? first_ : (links.before->*member).after) = links.after;
        (links.after == nullptr ? last_ : (links.after->*member).before) = links.before;
    }

  private:
    T* first_ = nullptr;
    T* last_ = nullptr;
};

}  // namespace realtime
