#include "matcher/link/left_side.h"

namespace bidui::link {

LeftSide::LeftSide(RecordTable records, std::vector<std::uint8_t> group_of, LeftSideOptions options)
    : records_(std::move(records)),
      group_of_(std::move(group_of)),
      options_(std::move(options)),
      census_(census_of_records()) {}

KeyCensus LeftSide::census_of_records() const {
  if (options_.later) return {.frozen = options_.hot, .later = *options_.later};
  return take_census(records_.size(), keys_of(records_.span()), options_.key_cap, options_.hot);
}

void LeftSide::build_index() {
  index_ = std::make_unique<KeyIndex>(size(), keys_of(records_.span()), census_.all());
}

KeyFunction LeftSide::keys_of(const RecordSpan& records) const {
  return [this, records](std::size_t row, key::KeyList& keys) {
    key::append_person_keys(records.persons[row], keys);
    if (!options_.text_keys.pairs.empty())
      key::append_text_keys(options_.text_keys, records.view(row), keys);
  };
}

}  // namespace bidui::link
