// SPDX-License-Identifier: MIT
#pragma once

// Walks a query's blocks from the outside in. Each reference is judged by what must hold of the rows that
// can make a difference there.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tenancy/model.hpp"
#include "tenancy/references.hpp"

namespace migcheck::tenancy {

class Prover {
 public:
  explicit Prover(Model& model);
  std::vector<TableVerdict> prove(BlockId root);

 private:
  // What is known at one place, and what follows from it: proven, and under assumptions.
  struct Scene {
    Scene(Model& model, Facts known)
        : facts(std::move(known)), proven(model, facts, false), assumed(model, facts, true) {}
    Facts facts;
    Classes proven;
    Classes assumed;
  };
  struct Outcome {
    bool seen = false;
    std::vector<TermId> proven;  // values
    std::vector<TermId> assumed;
    std::string assumption;
    std::string asked;
    bool hinted = false;
    TenantGap hint = TenantGap::None;
  };

  void block(BlockId id, const Facts& known);
  void core(BlockId id, Facts known);
  void sides(BlockId id, const Facts& known);
  void common_tables(BlockId scope, const Facts& known);
  void recursive(CommonTable& table, Facts& pushed);
  Facts pushed_facts(const CommonTable& table) const;
  void from(BlockId id, std::int32_t node, const Scene& scene, std::vector<ast::Join::Type>& types);
  void outer_side(BlockId id, std::int32_t node, std::int32_t side, bool with_condition, const Facts& known,
                  std::vector<ast::Join::Type>& types);
  void matched_side(const Block& block, std::int32_t side, const std::vector<ast::Join::Type>& types,
                    Facts& facts);
  void leaf(RangeId range, const Scene& scene);
  void push(RangeId range, const Scene& scene);
  void conditions(BlockId id, const ast::Expression* expression, const Facts& known);
  void sub_queries(BlockId id, const ast::Node* node, const Facts& known);
  void judge(std::size_t reference, RangeId range, const Scene& scene);
  void judge_insert(const InsertedRow& insert, const Facts& known);
  std::string asked_of(RangeId range, const Classes& classes);
  void link_by_name(std::size_t reference, RangeId range, const Classes& classes);
  void link(std::size_t reference, RangeId range, const Classes& classes);

  void reader(BlockId root, Facts& known) const;
  std::vector<TableVerdict> verdicts();
  TableVerdict verdict(std::size_t reference, TermId tenant);
  void bind(TableVerdict& verdict, const Outcome& outcome, const Reference& reference, TermId tenant) const;
  [[nodiscard]] TermId common_tenant() const;
  std::uint32_t group_of(std::uint32_t reference);

  Model& model_;
  std::vector<Outcome> outcomes_;      // by reference
  std::vector<std::uint32_t> groups_;  // union-find over references
  std::map<RangeId, std::size_t> reference_of_;
  std::map<std::pair<RowName, TermId>, std::uint32_t> named_rows_;  // by which reference first
  std::vector<RangeId> kin_;                                        // by range
  int depth_ = 0;
};

}  // namespace migcheck::tenancy
