#include "workspace/person_fields.h"

namespace bidui::workspace {
namespace {

int position(const schema::Schema& schema, std::string_view id) {
  const auto at = schema.find_field(id);
  return at ? static_cast<int>(*at) : -1;
}

}  // namespace

PersonFields::PersonFields(const schema::Schema& schema)
    : name(position(schema, "name")),
      former_name(position(schema, "former_name")),
      id_number(position(schema, "id_number")),
      birth(position(schema, "birth")),
      sex(position(schema, "sex")),
      phone(position(schema, "phone")),
      household(schema.household ? static_cast<int>(*schema.household) : -1),
      county(position(schema, "county")),
      township(position(schema, "township")),
      village(position(schema, "village")),
      group(position(schema, "group")),
      address(position(schema, "address")) {}

}  // namespace bidui::workspace
