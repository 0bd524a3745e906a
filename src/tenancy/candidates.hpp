// SPDX-License-Identifier: MIT
#pragma once

// The columns that may say whose row it is, with the tables that carry each: kept up while the schema
// changes, so that asking costs nothing that grows with the number of tables.

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "migcheck/catalog.hpp"
#include "tenancy/root_names.hpp"

namespace migcheck::tenancy {

// The table behind a foreign key of one column: its id, or its name where the history does not show it.
struct Target {
  catalog::ObjectId id = catalog::kNoObject;
  std::string name = {};
  friend auto operator<=>(const Target&, const Target&) = default;
};

// A table that carries a candidate, and how.
struct Carrier {
  std::vector<std::string> spellings;  // of the columns; the first one counts
  bool by_key = false;                 // with a foreign key
  bool required = false;
  bool guarded = false;     // a policy asks for the column
  bool membership = false;  // it says who is in the tenant
  friend bool operator==(const Carrier&, const Carrier&) = default;
};

// A name of columns, in snake case, with what their keys refer to.
struct Candidate {
  std::string column;
  Target root;            // empty: no key says what they refer to, the name alone speaks
  std::string root_name;  // as the catalog has it
  std::string root_type;  // of the root's key: a column of another type is something else; empty: any will do
  bool by_name = false;   // a column of the name without a key carries it too
  std::unordered_map<catalog::ObjectId, Carrier> carriers = {};
  std::map<std::string, std::size_t> spellings = {};                   // and how many tables have each
  std::size_t by_key = 0, required = 0, guarded = 0, memberships = 0;  // of the carriers
  std::size_t listed_as = 0;                                           // see Candidates::by_size()
};

// Could the table carry the tenant column, if there is one? Partitions are their parents'.
[[nodiscard]] bool could_carry_tenant(const catalog::Table& table);

// The column of a foreign key of one column; nullptr for any other constraint.
[[nodiscard]] const catalog::Column* single_column(const catalog::Table& table,
                                                   const catalog::Constraint& constraint);

class Candidates {
 public:
  // The object as it is now, or gone. Give every object that changed, in any order, and settle() then: until
  // that is done nothing may be asked. Returns the table that it is, or belongs to; kNoObject for what
  // matters to no candidate.
  catalog::ObjectId update(const catalog::Catalog& catalog, catalog::ObjectId id);
  void settle(const catalog::Catalog& catalog);

  // How many tables could carry a tenant column, and which.
  [[nodiscard]] std::size_t tables() const { return tables_.size(); }
  [[nodiscard]] bool counts(catalog::ObjectId table) const { return tables_.contains(table); }
  template <typename Visit>
  void for_each_table(Visit visit) const {
    for (const auto& [id, known] : tables_) visit(id);
  }

  struct ByName {
    bool operator()(const Candidate* a, const Candidate* b) const {
      const int order = a->column.compare(b->column);
      return order < 0 || (order == 0 && a->root < b->root);
    }
  };
  using BySize = std::map<std::size_t, std::set<const Candidate*, ByName>, std::greater<>>;
  // Those that any table carries: by the number of their carriers, the largest first; then by name.
  [[nodiscard]] const BySize& by_size() const { return by_size_; }

  // The table to which most keys on columns of these very names refer; kNoObject if none does.
  [[nodiscard]] catalog::ObjectId referred_by(const std::vector<std::string>& spellings) const;
  // The table called tenants, the youngest of several; kNoObject if there is none.
  [[nodiscard]] catalog::ObjectId named_tenants() const;

 private:
  using ObjectId = catalog::ObjectId;
  // A column's name, in whichever spelling.
  struct Name {
    std::string snake;
    std::vector<std::string> spellings = {};    // as columns have it so far: hardly ever more than two
    bool speaks = false;                        // of customers: it needs no key to be looked at
    std::unordered_set<ObjectId> bearers = {};  // tables that could carry it and have such a column
    std::map<Target, Candidate> by_target = {};
    std::set<Target> by_name = {};                  // those that a column without a key carries too
    std::map<Target, std::size_t> key_tables = {};  // tables with a key on it, by what the key refers to
    [[nodiscard]] bool is_of(const catalog::Column& column) const;
  };
  // What was learnt from a table, to be taken back when it changes.
  using Place = std::pair<Name*, Target>;
  struct Known {
    std::vector<Name*> names = {};  // of its columns, in order
    std::vector<Place> keys = {};   // likewise of its foreign keys
    std::vector<Candidate*> carried = {};
  };

  Name& name_of(const std::string& spelling);
  void withdraw(ObjectId id);
  void learn(ObjectId id, Known said);
  void learn_again(const catalog::Catalog& catalog, ObjectId id, const catalog::Table* table);
  [[nodiscard]] Known said_by(const catalog::Table& table);
  void settle_target(const catalog::Catalog& catalog, Name& name, const Target& target);
  void settle_name(const catalog::Catalog& catalog, Name& name);
  void make(const catalog::Catalog& catalog, Name& name, const Target& root);
  void drop(Name& name, const Target& root);
  void fill(const catalog::Catalog& catalog, Name& name, Candidate& candidate);
  static void describe_root(const catalog::Catalog& catalog, Name& name, Candidate& candidate);
  [[nodiscard]] static Carrier carrier_of(const catalog::Catalog& catalog, const catalog::Table& table,
                                          const Name& name, const Candidate& candidate,
                                          const std::vector<const catalog::Column*>& people);
  void put(Candidate& candidate, ObjectId id, Carrier carrier);
  void take_away(Candidate& candidate, ObjectId id);
  void unlist(Candidate& candidate);
  void list_anew();
  void refresh_roots(const catalog::Catalog& catalog, ObjectId id);
  void refresh_carriers(const catalog::Catalog& catalog, ObjectId id);
  void update_table(const catalog::Catalog& catalog, ObjectId id);
  void refresh_neighbours(const catalog::Catalog& catalog, ObjectId id);

  std::unordered_map<std::string, Name*> spellings_;
  std::map<std::string, Name> names_;  // by snake case
  std::unordered_map<ObjectId, Known> tables_;
  std::unordered_map<ObjectId, std::set<Place>> roots_;    // candidates that refer to a table
  std::unordered_map<ObjectId, std::string> table_names_;  // of all tables
  std::unordered_map<ObjectId, ObjectId> unique_indexes_;  // and the table of each
  std::set<ObjectId> named_tenants_;
  std::vector<ObjectId> stale_;  // tables whose part in candidates may have changed since settle()
  BySize by_size_;
  std::vector<Candidate*> touched_;  // whose carriers may be more or fewer than by_size_ says
};

}  // namespace migcheck::tenancy
