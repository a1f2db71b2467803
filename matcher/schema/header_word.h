// Header words of any registry in the world, Chinese or English, and the kind that each speaks of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bidui::schema {

// What a column is good for when two files without a schema are linked.
enum class SemanticKind : std::uint8_t {
  kFullName,
  kGivenName,
  kFamilyName,
  kFormerName,
  kNationalId,  // citizen's number of GB 11643
  kIdentifier,  // another number of a person: social security, passport, …
  kBirthDate,
  kBirthYear,
  kBirthMonth,
  kBirthDay,
  kSex,
  kPhone,
  kEmail,
  kAddress,
  kLocality,  // village, suburb, town
  kPostcode,
  kRegion,    // county, state, province
  kCategory,  // few values, compared for equality
  kNumber,
  kText,    // compared as text
  kRowKey,  // names the row; never evidence
  kIgnore,  // no evidence in it
};

std::string_view kind_name(SemanticKind kind);     // "given_name"
std::string_view kind_name_zh(SemanticKind kind);  // "名"

struct HeaderWord {
  SemanticKind kind = SemanticKind::kText;
  std::size_t rank = 0;  // where two columns claim one kind, the lower rank has it
};

// The header in the form that is looked up: normalise_header, then only letters, digits and Chinese
// characters ("Soc_Sec ID" → "socsecid").
std::string squash_header(std::string_view cell);

// What the header says: the whole of it, else its last or first words where these are unmistakable
// ("voter_last_name", "fname_c1", "逝者姓名"). Words of other persons (father's, employer's name)
// and unknown headers give nullopt. O(words).
std::optional<HeaderWord> find_header_word(std::string_view cell);

// Whether the header speaks of one of the row's family: "father_name", "监护人电话".
bool names_relative(std::string_view cell);

// Whether it speaks of them, or of a firm, a school, a contact: "employer_address", "工作单位".
bool names_another(std::string_view cell);

// Place of a header in the list of row keys (id, rec_id, unique_id, 人编号, 人员编号, …), lower is
// better; nullopt when it is none.
std::optional<std::size_t> row_key_rank(std::string_view cell);

}  // namespace bidui::schema
