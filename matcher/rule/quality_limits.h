// What a county lets pass when a delivery comes in ("quality" of its profile): beyond a limit the
// officer is told, and with `refuse` (or --strict) the delivery does not count until a person says
// so. Shares are of 1.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace bidui::rule {

struct QualityLimits {
  // Of the rows read.
  double rejected = .02;
  // Of the cells that are filled: what is no valid ID number, what is not of its field's form.
  double ids_invalid = .02;
  double unreadable = .05;
  // Of the rows.
  double names_damaged = .01;
  double keys_repeated = .01;
  double numbers_repeated = .01;  // only where a delivery holds a person once
  double outside_coverage = .02;  // of the rows whose county is known
  // Of the rows of the delivery before.
  double rows_added = .30;
  double rows_gone = .15;
  double rows_changed = .50;
  // Points by which a field's filled share, or that of unreadable cells, may move.
  double share_moved = .05;
  // Population stability index of a field's values: below .1 nothing to speak of, from .25 on
  // another population (Siddiqi, Credit Risk Scorecards, 2006, ch. 8).
  double values_moved = .25;
  bool refuse = false;
};

struct NamedLimit {
  std::string_view name;
  double QualityLimits::*limit;
};
inline constexpr std::array<NamedLimit, 12> kQualityLimits = {
    {{"rejected", &QualityLimits::rejected},
     {"ids_invalid", &QualityLimits::ids_invalid},
     {"unreadable", &QualityLimits::unreadable},
     {"names_damaged", &QualityLimits::names_damaged},
     {"keys_repeated", &QualityLimits::keys_repeated},
     {"numbers_repeated", &QualityLimits::numbers_repeated},
     {"outside_coverage", &QualityLimits::outside_coverage},
     {"rows_added", &QualityLimits::rows_added},
     {"rows_gone", &QualityLimits::rows_gone},
     {"rows_changed", &QualityLimits::rows_changed},
     {"share_moved", &QualityLimits::share_moved},
     {"values_moved", &QualityLimits::values_moved}}};

}  // namespace bidui::rule
