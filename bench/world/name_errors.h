// Changes a name as one error class says.
#pragma once

#include <optional>
#include <string>

#include "bench/world/confusions.h"
#include "bench/world/error_classes.h"
#include "bench/world/lives.h"
#include "bench/world/names.h"
#include "bench/world/random.h"

namespace bidui::world {

class NameErrors {
 public:
  NameErrors(const NameTables& names, const Confusions& confusions)
      : names_(names), confusions_(confusions) {}

  // The person's name with that error; nothing when this name cannot have it (no traditional form,
  // no former name). `error` must be one of the name classes but spaced and remark.
  std::optional<std::string> apply(ErrorClass error, const Person& person, Rng& rng) const;

  // 王伟 -> 王　伟, 王小二 -> 王 小 二; other lengths are not spaced out: nothing.
  static std::optional<std::string> spaced(const std::string& name, Rng& rng);
  static std::string with_remark(const std::string& name, Rng& rng);

 private:
  using Replacements = const std::vector<std::string>& (Confusions::*)(const std::string&) const;
  std::optional<std::string> replace_one(const Person& person, Replacements replacements,
                                         Rng& rng) const;
  std::string damage(const Person& person, Rng& rng) const;

  const NameTables& names_;
  const Confusions& confusions_;
};

}  // namespace bidui::world
