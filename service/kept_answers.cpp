#include "service/kept_answers.h"

#include <array>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <openssl/sha.h>
#include <utility>

#include "matcher/base/bilingual_error.h"

namespace bidui::service {
namespace {

namespace json = boost::json;

constexpr std::string_view kPrefix = "answer/";

std::string place_name(std::uint64_t number) {
  return fmt::format("{}{:05}", kPrefix, number % KeptAnswers::kMost);
}

std::string encode(const KeptAnswers::Kept& kept) {
  json::array headers;
  for (const auto& [name, value] : kept.response.headers) headers.push_back({name, value});
  return json::serialize(json::object{{"number", kept.number},
                                      {"name", kept.name},
                                      {"fingerprint", kept.fingerprint},
                                      {"status", kept.response.status},
                                      {"type", kept.response.type},
                                      {"headers", std::move(headers)},
                                      {"body", kept.response.body}});
}

// Throws what Boost.JSON throws where it is not as encode() writes it.
KeptAnswers::Kept decode(std::string_view bytes) {
  const json::value value = json::parse({bytes.data(), bytes.size()});
  const auto text = [&](const char* name) { return std::string(value.at(name).as_string()); };
  KeptAnswers::Kept kept{.number = value.at("number").to_number<std::uint64_t>(),
                         .name = text("name"),
                         .fingerprint = text("fingerprint")};
  kept.response.status = value.at("status").to_number<int>();
  kept.response.type = text("type");
  kept.response.body = text("body");
  for (const json::value& header : value.at("headers").as_array())
    kept.response.headers.emplace_back(header.at(0).as_string(), header.at(1).as_string());
  return kept;
}

}  // namespace

Status KeptAnswers::load(const store::Store& store) {
  std::map<std::uint64_t, Kept> by_number;
  bool damaged = false;
  BIDUI_TRY(store.scan_models(kPrefix, [&](std::string_view, std::string_view bytes) {
    try {
      Kept kept = decode(bytes);
      by_number[kept.number] = std::move(kept);
    } catch (const std::exception&) {
      damaged = true;
    }
  }));
  if (damaged)
    return bilingual_error(ErrorCode::kCorrupt, "已答复的更改记录读不出来，请用备份恢复",
                           "an answer that was kept cannot be read: restore a backup");
  if (by_number.empty()) return {};
  places_.resize(std::min(kMost, static_cast<std::size_t>(by_number.rbegin()->first + 1)));
  next_ = by_number.rbegin()->first + 1;
  for (auto& [number, kept] : by_number) put(std::move(kept));
  return {};
}

const KeptAnswers::Kept* KeptAnswers::find(std::string_view name) const {
  const auto at = by_name_.find(name);
  return at == by_name_.end() ? nullptr : &places_[at->second];
}

void KeptAnswers::put(Kept kept) {
  const std::size_t place = kept.number % kMost;
  if (place >= places_.size()) places_.resize(place + 1);
  if (const auto former = by_name_.find(places_[place].name);
      former != by_name_.end() && former->second == place)
    by_name_.erase(former);
  by_name_[kept.name] = place;
  places_[place] = std::move(kept);
}

store::NamedBytes KeptAnswers::keep(std::string name, std::string fingerprint,
                                    const Response& response) {
  Kept kept{.number = next_++,
            .name = std::move(name),
            .fingerprint = std::move(fingerprint),
            .response = response};
  store::NamedBytes stored{.name = place_name(kept.number), .bytes = encode(kept)};
  put(std::move(kept));
  return stored;
}

std::string request_fingerprint(std::string_view operation, const Request& request) {
  const std::string text = fmt::format("{} {}\n{}", operation, request.path, request.body);
  std::array<unsigned char, SHA256_DIGEST_LENGTH> hash{};
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), hash.data());
  std::string digits;
  for (const unsigned char byte : hash) digits += fmt::format("{:02x}", byte);
  return digits;
}

}  // namespace bidui::service
