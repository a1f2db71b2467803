#include "tests/connectors/delimited/testing.h"

#include <gtest/gtest.h>
#include <unicode/ucnv.h>

namespace bidui::connectors {

std::string encode(std::string_view utf8, const char* icu_name) {
  std::string out(utf8.size() * 4 + 16, '\0');
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t size =
      ucnv_convert(icu_name, "UTF-8", out.data(), static_cast<std::int32_t>(out.size()),
                   utf8.data(), static_cast<std::int32_t>(utf8.size()), &status);
  EXPECT_TRUE(U_SUCCESS(status)) << icu_name;
  out.resize(static_cast<std::size_t>(size));
  return out;
}

}  // namespace bidui::connectors
