// SPDX-License-Identifier: MIT

#include "migcheck/tenancy.hpp"
#include "tenancy/table_faces.hpp"

namespace migcheck {

TenancyAnswers::TenancyAnswers() = default;
TenancyAnswers::~TenancyAnswers() = default;
TenancyAnswers::TenancyAnswers(TenancyAnswers&&) noexcept = default;
TenancyAnswers& TenancyAnswers::operator=(TenancyAnswers&&) noexcept = default;

const TenantMap& TenancyAnswers::map(const catalog::Catalog& catalog, const TenancySettings& settings) {
  asked_ = true;
  const bool first = faces_ == nullptr;
  if (first) faces_ = std::make_unique<tenancy::TableFaces>();
  if (!faces_->look(catalog, map_.columns) && !first) return map_;
  const bool may_infer = !settings.columns.empty() || faces_->any_popular_name();
  map_ = may_infer ? tenant_map(catalog, settings, false) : TenantMap{};
  faces_->look(catalog, map_.columns);
  return map_;
}

const std::vector<TableVerdict>& TenancyAnswers::verdicts(const ast::Statement& query,
                                                          const ProofContext& context) {
  if (query_ != &query || query_revision_ != context.catalog.revision()) {
    verdicts_ = prove(query, context);
    query_ = &query;
    query_revision_ = context.catalog.revision();
  }
  return verdicts_;
}

}  // namespace migcheck
