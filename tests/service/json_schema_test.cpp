#include "service/json_schema.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace bidui::service {
namespace {

constexpr std::string_view kApi = R"({"paths": {}, "components": {"schemas": {
  "Word": {"type": "string", "enum": ["a", "b"]},
  "Thing": {"type": "object", "additionalProperties": false, "required": ["name"], "properties": {
    "name": {"type": "string", "minLength": 1, "maxLength": 3},
    "count": {"type": "integer", "minimum": 1, "maximum": 9},
    "share": {"type": "number"},
    "words": {"type": "array", "maxItems": 2, "items": {"$ref": "#/components/schemas/Word"}},
    "other": {"allOf": [{"$ref": "#/components/schemas/Word"}], "nullable": true},
    "free": {"type": "object", "additionalProperties": true}}}}}})";

struct SchemaCase {
  const char* value;
  const char* place;  // of the fault; nullptr: none
};

TEST(JsonSchemaTest, FindsTheFirstFault) {
  const OpenApi api(kApi);
  const boost::json::value schema = {{"$ref", "#/components/schemas/Thing"}};
  for (const SchemaCase& c : {SchemaCase{R"({"name": "x"})", nullptr},
                              {R"({"name": "王小二"})", nullptr},
                              {R"({"name": "王小二三"})", "name"},
                              {R"({"name": ""})", "name"},
                              {R"({})", "name"},
                              {R"([])", ""},
                              {R"({"name": "x", "more": 1})", "more"},
                              {R"({"name": "x", "count": 0})", "count"},
                              {R"({"name": "x", "count": 1.5})", "count"},
                              {R"({"name": "x", "count": 9, "share": 1})", nullptr},
                              {R"({"name": "x", "words": ["a", "c"]})", "words[1]"},
                              {R"({"name": "x", "words": ["a", "b", "a"]})", "words"},
                              {R"({"name": "x", "other": null})", nullptr},
                              {R"({"name": "x", "other": "c"})", "other"},
                              {R"({"name": "x", "free": {"y": [1]}})", nullptr}}) {
    const auto fault = api.check(boost::json::parse(c.value), schema);
    EXPECT_EQ(fault.has_value(), c.place != nullptr) << c.value;
    if (fault && c.place != nullptr) EXPECT_EQ(fault->place, c.place) << c.value;
  }
}

}  // namespace
}  // namespace bidui::service
