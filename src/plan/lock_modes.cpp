// SPDX-License-Identifier: MIT
// PostgreSQL's lock modes: their names, and which of them exclude each other.
#include <array>

#include "migcheck/plan.hpp"

namespace migcheck {

namespace {

constexpr std::array<std::string_view, 9> kNames = {
    "none",  "ACCESS SHARE",        "ROW SHARE", "ROW EXCLUSIVE",   "SHARE UPDATE EXCLUSIVE",
    "SHARE", "SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE"};
constexpr std::array<std::string_view, 9> kInternalNames = {
    "NoLock",    "AccessShareLock",       "RowShareLock",  "RowExclusiveLock",   "ShareUpdateExclusiveLock",
    "ShareLock", "ShareRowExclusiveLock", "ExclusiveLock", "AccessExclusiveLock"};

// For each mode the weakest one from which on it excludes all others. The exceptions are SHARE, which lets
// itself through, and the two modes that only exclude stronger ones than themselves.
constexpr std::array<LockMode, 9> kExcludesFrom = {LockMode::None,
                                                   LockMode::AccessExclusive,
                                                   LockMode::Exclusive,
                                                   LockMode::Share,
                                                   LockMode::ShareUpdateExclusive,
                                                   LockMode::RowExclusive,
                                                   LockMode::RowExclusive,
                                                   LockMode::RowShare,
                                                   LockMode::AccessShare};

}  // namespace

std::string_view to_string(LockMode mode) {
  return kNames[static_cast<std::size_t>(mode)];
}

std::string_view pg_name(LockMode mode) {
  return kInternalNames[static_cast<std::size_t>(mode)];
}

bool conflicts(LockMode held, LockMode wanted) {
  if (held == LockMode::None || wanted == LockMode::None) return false;
  if (held == LockMode::Share && wanted == LockMode::Share) return false;
  return wanted >= kExcludesFrom[static_cast<std::size_t>(held)];
}

}  // namespace migcheck
