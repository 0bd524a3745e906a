// SPDX-License-Identifier: MIT
#pragma once

// Queries nest; the builder follows them so far and no further.

#include "tenancy/builder.hpp"

namespace migcheck::tenancy {

class Builder::Level {
 public:
  explicit Level(Builder& builder) : builder_(builder) {
    if (++builder_.depth_ > Model::kDeepest || builder_.model_.full()) builder_.model_.too_complex = true;
  }
  ~Level() { --builder_.depth_; }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;
  [[nodiscard]] bool too_deep() const { return builder_.model_.too_complex; }

 private:
  Builder& builder_;
};

}  // namespace migcheck::tenancy
