// Where a schema keeps what describes a person: the one bridge from fields to standardisation.
#pragma once

#include "matcher/record/feature_builder.h"
#include "matcher/schema/schema.h"

namespace bidui::workspace {

// Positions in Schema::fields; -1 = the source has no such field.
struct PersonFields {
  explicit PersonFields(const schema::Schema& schema);

  // The person's cells of one record; `field` gives the text of a schema field.
  template <typename FieldText>
  record::PersonText text(const FieldText& field) const {
    const auto at = [&](int index) {
      return index < 0 ? std::string_view{} : field(static_cast<std::size_t>(index));
    };
    record::PersonText person;
    person.name = at(name);
    person.former_name = at(former_name);
    person.id_number = at(id_number);
    person.birth = at(birth);
    person.sex = at(sex);
    person.phone = at(phone);
    person.household = at(household);
    person.address = {.county = at(county),
                      .township = at(township),
                      .village = at(village),
                      .group = at(group),
                      .text = at(address)};
    return person;
  }

  int name, former_name, id_number, birth, sex, phone, household, county, township, village, group,
      address;
};

}  // namespace bidui::workspace
