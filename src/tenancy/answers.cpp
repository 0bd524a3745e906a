// SPDX-License-Identifier: MIT

#include "migcheck/tenancy.hpp"
#include "tenancy/tenant_mapper.hpp"

namespace migcheck {

TenancyAnswers::TenancyAnswers() = default;
TenancyAnswers::~TenancyAnswers() = default;
TenancyAnswers::TenancyAnswers(TenancyAnswers&&) noexcept = default;
TenancyAnswers& TenancyAnswers::operator=(TenancyAnswers&&) noexcept = default;

const TenantMap& TenancyAnswers::map(const catalog::Catalog& catalog, const TenancySettings& settings) {
  asked_ = true;
  if (mapper_ == nullptr) mapper_ = std::make_unique<tenancy::TenantMapper>();
  return mapper_->look(catalog, settings, false);
}

bool TenancyAnswers::asked_inferred() const {
  return asked_ && last_map().inferred;
}

const TenantMap& TenancyAnswers::last_map() const {
  static const TenantMap none;
  return mapper_ == nullptr ? none : mapper_->last();
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
