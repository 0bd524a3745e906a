// SPDX-License-Identifier: MIT

// Words and numbers of names: what is known, and what is left alone.

#include "migcheck/english.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

#include "english/words.hpp"

namespace migcheck::english {
namespace {

using Words = std::vector<std::string>;

TEST(English, NamesFallIntoWords) {
  EXPECT_EQ(words_of("order_items"), (Words{"order", "items"}));
  EXPECT_EQ(words_of("OrderItem"), (Words{"order", "item"}));
  EXPECT_EQ(words_of("HTTPServerLog_v2"), (Words{"http", "server", "log", "v2"}));
  EXPECT_EQ(words_of("userID"), (Words{"user", "id"}));
  EXPECT_EQ(words_of("__x__y"), (Words{"x", "y"}));
  EXPECT_EQ(words_of("ORDERS"), (Words{"orders"}));
  EXPECT_TRUE(words_of("").empty());
}

TEST(English, CountedNounsAreSingular) {
  for (const char* word : {"user", "address", "category", "person", "child", "worker", "class", "analysis",
                           "bus", "notification", "key", "mattress", "grievess"}) {
    EXPECT_EQ(number_of(word), Number::Singular) << word;
  }
}

TEST(English, WhatIsPluralIsSeen) {
  for (const char* word : {"users", "people", "children", "addresses", "categories", "indices", "analyses",
                           "criteria", "statuses", "mice", "settings", "widgetries", "clientes"}) {
    EXPECT_EQ(number_of(word), Number::Plural) << word;
  }
}

TEST(English, MassesCollectionsAndUnknownWordsAreLeftAlone) {
  for (const char* word : {"data",      "information", "news",      "series", "status", "history", "info",
                           "metadata",  "inbox",       "equipment", "kv",     "v2",     "2024",    "acl2",
                           "benutzer2", "utilizador2", "pedido",    "audit",  "queue",  "deleted", "staff",
                           "software",  "tmp",         "x",         ""}) {
    EXPECT_EQ(number_of(word), Number::Unknown) << word;
  }
}

TEST(English, WordsChangeTheirNumber) {
  const Pair pairs[] = {{"user", "users"},         {"category", "categories"}, {"address", "addresses"},
                        {"key", "keys"},           {"box", "boxes"},           {"branch", "branches"},
                        {"person", "people"},      {"child", "children"},      {"status", "statuses"},
                        {"bus", "buses"},          {"house", "houses"},        {"license", "licenses"},
                        {"database", "databases"}, {"movie", "movies"},        {"analysis", "analyses"},
                        {"quiz", "quizzes"},       {"leaf", "leaves"},         {"archive", "archives"},
                        {"hero", "heroes"},        {"photo", "photos"},        {"response", "responses"},
                        {"alias", "aliases"},      {"process", "processes"},   {"cache", "caches"}};
  for (const Pair& pair : pairs) {
    EXPECT_EQ(plural_of(pair.singular), pair.plural);
    EXPECT_EQ(singular_of(pair.plural), pair.singular);
    EXPECT_EQ(plural_of(pair.plural), pair.plural);
    EXPECT_EQ(singular_of(pair.singular), pair.singular);
  }
}

TEST(English, OfANameTheLastWordChanges) {
  EXPECT_EQ(plural_name("order_item"), "order_items");
  EXPECT_EQ(plural_name("OrderItem"), "OrderItems");
  EXPECT_EQ(plural_name("ProductCategory"), "ProductCategories");
  EXPECT_EQ(singular_name("team_members"), "team_member");
  EXPECT_EQ(singular_name("people"), "person");
  EXPECT_EQ(plural_name(""), "");
}

TEST(English, TheListsAreSorted) {
  EXPECT_TRUE(std::is_sorted(std::begin(kNouns), std::end(kNouns)));
  EXPECT_TRUE(std::is_sorted(std::begin(kUncounted), std::end(kUncounted)));
  EXPECT_TRUE(std::is_sorted(std::begin(kSingularInS), std::end(kSingularInS)));
  EXPECT_TRUE(std::is_sorted(std::begin(kNoAgents), std::end(kNoAgents)));
}

}  // namespace
}  // namespace migcheck::english
