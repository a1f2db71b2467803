// How an office's table looks: its file, encoding and header. The second profile's offices call
// the same columns by other names.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/world/error_classes.h"
#include "bench/world/profile.h"
#include "bench/world/table.h"

namespace bidui::world {

struct Form {
  Form() = default;
  Form(std::string name, TableForm how, std::vector<std::string> columns)
      : file(std::move(name)), table(std::move(how)), header(std::move(columns)) {}

  std::string file{};
  TableForm table{};
  std::vector<std::string> header{};
};

// `first` for the first profile; else the second profile's form with as many columns.
Form form_of(const Profile& profile, Source source, Form first);

}  // namespace bidui::world
