// SPDX-License-Identifier: MIT
#pragma once

// What the settings of Flyway say, in its own files and in Spring Boot's.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "input/folder.hpp"

namespace migcheck::input::flyway {

constexpr std::array<std::string_view, 5> kSettingsFiles = {
    "flyway.conf", "flyway.toml", "application.properties", "application.yml", "application.yaml"};

// The value of `key = value` or `key: value`, wherever it stands; a list keeps its brackets.
std::string setting(std::string_view configuration, std::string_view key);

// The same, where an empty value is one too; nothing if the key is not there.
std::optional<std::string> said(std::string_view configuration, std::string_view key);

// The schema that Flyway makes and puts in front of the search path: the default one, or the first that it
// manages. Empty: the settings name none, or leave it to the environment.
std::string default_schema(const Folder& folder);

// Do the settings name this folder as one that Flyway looks into, with all below it?
bool is_location(const Folder& folder);

// Do they name folders in this one, and not this one? Then only those run, and those that lie beside them in
// it are passed over: a folder for each environment beside the one for all (common/, dev/, prod/).
bool is_around_locations(const Folder& folder);
bool is_passed_over(const Folder& folder);

struct OtherLocation {
  std::string path;  // relative to the folder that was asked: "../init"
  Folder folder;
};
// The other folders of the project that they name beside this one: their migrations run in one order with its
// own. Those that lie in it, or around it, are left out.
std::vector<OtherLocation> other_locations(const Folder& folder);

}  // namespace migcheck::input::flyway
