// SPDX-License-Identifier: MIT
#pragma once

// A chapter of lowering.cpp: what all chapters share while one statement is lowered.
//
// PostgreSQL's lists are read by their elements only: a function of PostgreSQL's that meets a surprise ends
// the process. Places are byte offsets into the buffer; kNowhere is a place that PostgreSQL does not know.

namespace migcheck::parsing::lowering {

inline constexpr std::uint32_t kNowhere = 0xFFFF'FFFF;

// Deeper nesting than this is not read (left-deep chains do not count, they are lowered in a loop). Nobody
// writes it, PostgreSQL's grammar itself gives up at about 3,400, and one level takes less than a kilobyte
// of stack.
inline constexpr std::uint32_t kDepthLimit = 1'000;

// The elements of a List, as pointers to T.
template <typename T>
class Items {
 public:
  explicit Items(const ::List* list)
      : begin_(list == nullptr ? nullptr : list->elements), size_(list == nullptr ? 0 : list->length) {}

  class Iterator {
   public:
    explicit Iterator(const ::ListCell* cell) : cell_(cell) {}
    T* operator*() const { return static_cast<T*>(cell_->ptr_value); }
    Iterator& operator++() {
      ++cell_;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return cell_ != other.cell_; }

   private:
    const ::ListCell* cell_;
  };

  [[nodiscard]] Iterator begin() const { return Iterator(begin_); }
  [[nodiscard]] Iterator end() const { return Iterator(begin_ + size_); }
  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(size_); }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  T* operator[](std::size_t index) const { return static_cast<T*>(begin_[index].ptr_value); }
  T* back() const { return (*this)[size() - 1]; }

 private:
  const ::ListCell* begin_;
  int size_;
};

template <typename T = ::Node>
Items<T> each(const ::List* list) {
  return Items<T>(list);
}
template <typename T = ::Node>
Items<T> each(const ::Node* list) {
  return Items<T>(list != nullptr && nodeTag(list) == T_List ? reinterpret_cast<const ::List*>(list)
                                                             : nullptr);
}

// The node as PostgreSQL's struct of that tag, or null.
template <typename T>
const T* node_as(const ::Node* node, ::NodeTag tag) {
  return node != nullptr && nodeTag(node) == tag ? reinterpret_cast<const T*>(node) : nullptr;
}

// The smallest span that holds both; an empty one says nothing.
inline Span cover(Span a, Span b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return join(a, b);
}
inline Span cover(Span a, const ast::Node* node) {
  return node == nullptr ? a : cover(a, node->span);
}
template <typename T>
Span cover(Span a, ast::List<T> nodes) {
  for (const auto& node : nodes) a = cover(a, node);
  return a;
}

struct Context {
  ast::Arena& arena;
  std::string_view buffer;
  std::uint32_t origin;  // what PostgreSQL's locations count from
  Span statement;
  const std::vector<std::string>& parameter_names;
  std::vector<PendingBody>& bodies;
  Scan scan;
  std::uint32_t depth = 0;
  bool too_deep = false;
  std::optional<StatementTokens> tokens_made = std::nullopt;

  // The tokens of the whole statement, made when they are first needed.
  const StatementTokens& tokens() {
    if (!tokens_made) tokens_made.emplace(buffer, statement);
    return *tokens_made;
  }

  [[nodiscard]] std::uint32_t place(int location) const {
    return location < 0 ? kNowhere : origin + static_cast<std::uint32_t>(location);
  }
  // From the place to `end`; nothing if the place is not known.
  [[nodiscard]] static Span from(std::uint32_t begin, std::uint32_t end) {
    return begin == kNowhere || end < begin ? Span{} : Span{begin, end};
  }
  [[nodiscard]] Span word_at(std::uint32_t begin) const {
    return begin == kNowhere ? Span{} : Span{begin, scan.after_word(begin)};
  }
  [[nodiscard]] Span name_at(std::uint32_t begin) const {
    return begin == kNowhere ? Span{} : Span{begin, scan.after_name(begin)};
  }
  // Past the token that begins here.
  [[nodiscard]] std::uint32_t after_token(std::uint32_t begin) const {
    return Lexer(buffer, {begin, statement.end}).next().span.end;
  }
  // Past the bracket that closes the one at `open`.
  std::uint32_t after_closing(std::uint32_t open) {
    if (const auto near = scan.closing_near(open)) return *near;
    const std::size_t index = tokens().closing(tokens().at(open));
    return index < tokens().size() ? tokens()[index].span.end : statement.end;
  }
  // What stands between two brackets, without the spaces at its ends; `close` is past the closing one.
  [[nodiscard]] Span inside(std::uint32_t open, std::uint32_t close) const {
    const std::uint32_t begin = scan.after_space(open + 1);
    std::uint32_t end = close - 1;
    while (end > begin && std::isspace(static_cast<unsigned char>(buffer[end - 1]))) --end;
    return from(begin, end);
  }
  // The next "(" if only words stand before it; kNowhere otherwise.
  [[nodiscard]] std::uint32_t bracket_after_words(std::uint32_t offset) const {
    while (offset != kNowhere) {
      offset = scan.after_space(offset);
      if (scan.at(offset) == '(') return offset;
      const std::uint32_t end = scan.after_word(offset);
      if (end == offset) return kNowhere;
      offset = end;
    }
    return kNowhere;
  }

  static constexpr std::size_t kLongestName = 63;  // NAMEDATALEN - 1
  static constexpr std::size_t kLongestCharacter = 4;

  // Does the word there mean this name? It does not where PostgreSQL's tree and the text part ways.
  [[nodiscard]] bool spells(Span word, std::string_view name) const {
    const std::string_view written = scan.text(word);
    if (is_same(written, name)) return true;
    if (written.size() == name.size() + 2 && written.front() == '"')
      return written.substr(1, name.size()) == name;
    if (written.size() <= name.size()) return false;
    // Only quotes and the cut at 63 bytes make a name shorter than it is written.
    const bool quoted = written.back() == '"';
    if (!quoted && name.size() + kLongestCharacter <= kLongestName) return false;
    return identifier_text(buffer, Lexer(buffer, word).next()) == name;
  }
  static bool is_same(std::string_view written, std::string_view name) {
    return written.size() == name.size() &&
           std::equal(written.begin(), written.end(), name.begin(), [](char letter, char folded) {
             return letter == folded || to_lower(letter) == folded;
           });
  }
  // The word there if it means this name; nothing otherwise. Nearly always it is written as it is, or in
  // another case, and ends where the name does.
  [[nodiscard]] Span word_meaning(std::uint32_t begin, std::string_view name) const {
    if (begin == kNowhere || name.empty()) return {};
    const Span same = {begin, begin + static_cast<std::uint32_t>(name.size())};
    const char behind = scan.at(same.end);
    const bool ends = !continues_word(behind) && behind != '&';  // U&"…" is a word too
    if (ends && name.front() != '"' && is_same(scan.text(same), name)) return same;
    const Span word = word_at(begin);
    return !word.empty() && spells(word, name) ? word : Span{};
  }

  // A copy in the arena; null is empty.
  [[nodiscard]] std::string_view text(const char* text) const {
    return text == nullptr ? std::string_view{} : arena.text(text);
  }

  // A list of what `make` makes of each element; nulls among the elements are passed on.
  template <typename Made, typename T = ::Node, typename Make>
  ast::List<Made> list(Items<T> items, Make&& make) const {
    if (items.empty()) return {};
    Made* made = arena.array<Made>(items.size());
    std::size_t count = 0;
    for (T* item : items) made[count++] = make(item);
    return {made, count};
  }
};

// One level of nesting, for as long as it lives.
class Deeper {
 public:
  explicit Deeper(Context& context) : context_(context) {
    if (++context_.depth > kDepthLimit) context_.too_deep = true;
  }
  ~Deeper() { --context_.depth; }
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;
  [[nodiscard]] bool beyond() const { return context_.depth > kDepthLimit; }

 private:
  Context& context_;
};

inline const ast::Other* too_deep(Context& c, Span span) {
  auto* other = c.arena.make<ast::Other>(span);
  other->what = "nested too deeply";
  other->too_deep = true;
  return other;
}

}  // namespace migcheck::parsing::lowering
