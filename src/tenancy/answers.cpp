// SPDX-License-Identifier: MIT

#include "migcheck/tenancy.hpp"

namespace migcheck {

const TenantMap& TenancyAnswers::map(const catalog::Catalog& catalog, const TenancySettings& settings) {
  asked_ = true;
  if (catalog_ != &catalog || revision_ != catalog.revision()) {
    map_ = tenant_map(catalog, settings);
    catalog_ = &catalog;
    revision_ = catalog.revision();
  }
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
