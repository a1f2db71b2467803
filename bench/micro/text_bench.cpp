// Standardisation per second on one core: ordinary input, and the odd spellings of real lists.
#include <benchmark/benchmark.h>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "matcher/text/address.h"
#include "matcher/text/date.h"
#include "matcher/text/glyph.h"
#include "matcher/text/id_number.h"
#include "matcher/text/latin_name.h"
#include "matcher/text/lunar.h"
#include "matcher/text/name.h"
#include "matcher/text/phone.h"
#include "matcher/text/pinyin.h"
#include "matcher/text/relation.h"

namespace bidui::text {
namespace {

using Texts = std::vector<std::string>;
constexpr std::size_t kCount = 4096;
constexpr unsigned kSeed = 20171120;

Texts plain_names() {
  const std::u32string surnames = U"王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗";
  const std::u32string given = U"伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂珍华建国红玉";
  std::minstd_rand random(kSeed);
  Texts texts;
  for (std::size_t i = 0; i < kCount; ++i) {
    const char32_t chars[] = {surnames[random() % surnames.size()], given[random() % given.size()],
                              given[random() % given.size()]};
    texts.push_back(to_utf8(std::span<const char32_t>(chars, i % 4 == 0 ? 2 : 3)));
  }
  return texts;
}

// The same names with the defects of fields.md §8.
Texts odd_names() {
  const char* const suffixes[] = {" ", "　", "*", "1", "（户主）", "(已故)", "(王二娃)", "YAN"};
  Texts texts = plain_names();
  for (std::size_t i = 0; i < texts.size(); ++i) texts[i] += suffixes[i % std::size(suffixes)];
  return texts;
}

Texts plain_ids() {
  std::minstd_rand random(kSeed);
  const char* const regions[] = {"340826", "342826", "500235", "512225", "611002", "110105"};
  Texts texts;
  for (std::size_t i = 0; i < kCount; ++i) {
    const Date birth = from_day_number(static_cast<std::int32_t>(random() % 30000) - 15000);
    char text[18];
    std::snprintf(text, sizeof text, "%s%04d%02d%02d%03d", regions[random() % 6], birth.year,
                  birth.month, birth.day, static_cast<int>(1 + random() % 999));
    const std::uint8_t check = id_check_digit(std::stoull(text));
    texts.push_back(std::string(text) + (check == 10 ? 'X' : static_cast<char>('0' + check)));
  }
  return texts;
}

Texts odd_ids() {
  Texts texts = plain_ids();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    switch (i % 5) {
      case 0:
        texts[i].insert(0, "'");
        break;
      case 1:
        texts[i].insert(6, " ");
        break;
      case 2:
        texts[i].erase(6, 2).pop_back();
        break;
      case 3:
        texts[i].erase(11, 1);
        break;
      default:
        texts[i].insert(11, "0");
    }
  }
  return texts;
}

Texts dates(const char* format) {
  std::minstd_rand random(kSeed);
  Texts texts;
  for (std::size_t i = 0; i < kCount; ++i) {
    const Date date = from_day_number(static_cast<std::int32_t>(random() % 30000) - 15000);
    char text[48];
    std::snprintf(text, sizeof text, format, date.year, date.month, date.day);
    texts.emplace_back(text);
  }
  return texts;
}

Texts addresses() {
  const char* const villages[] = {"孙岭村", "竹墩村", "木梓村委会", "张庙", "九庙村"};
  std::minstd_rand random(kSeed);
  Texts texts;
  for (std::size_t i = 0; i < kCount; ++i) {
    texts.push_back("安徽省宿松县千岭乡" + std::string(villages[random() % 5]) +
                    std::to_string(1 + random() % 12) + "组" + std::to_string(1 + random() % 300) +
                    "号");
  }
  return texts;
}

// Runs `parse` over all texts; `good` must hold for each result.
template <typename Parse, typename Good>
void run(benchmark::State& state, const Texts& texts, Parse parse, Good good) {
  for (const std::string& text : texts) {
    if (!good(parse(text))) {
      state.SkipWithError("wrong answer");
      return;
    }
  }
  std::size_t bytes = 0;
  for (const std::string& text : texts) bytes += text.size();
  for (auto step : state) {
    for (const std::string& text : texts) {
      auto result = parse(text);
      benchmark::DoNotOptimize(result);
    }
  }
  const auto rounds = static_cast<std::int64_t>(state.iterations());
  state.SetItemsProcessed(rounds * static_cast<std::int64_t>(texts.size()));
  state.SetBytesProcessed(rounds * static_cast<std::int64_t>(bytes));
}

bool is_name(const StandardName& all) { return all.main.length >= 2; }

void plain_name(benchmark::State& state) { run(state, plain_names(), standardise_name, is_name); }
BENCHMARK(plain_name);
void odd_name(benchmark::State& state) { run(state, odd_names(), standardise_name, is_name); }
BENCHMARK(odd_name);

void plain_id(benchmark::State& state) {
  run(state, plain_ids(), parse_id_number,
      [](const IdNumber& id) { return id.state == IdState::kValid; });
}
BENCHMARK(plain_id);
void odd_id(benchmark::State& state) {
  run(state, odd_ids(), parse_id_number,
      [](const IdNumber& id) { return id.state != IdState::kMissing; });
}
BENCHMARK(odd_id);

bool is_date(const ParsedDate& parsed) { return parsed.state == DateState::kOk; }
void date_digits(benchmark::State& state) {
  run(state, dates("%04d%02d%02d"), parse_date, is_date);
}
BENCHMARK(date_digits);
void date_dashes(benchmark::State& state) {
  run(state, dates("%04d-%02d-%02d"), parse_date, is_date);
}
BENCHMARK(date_dashes);
void date_chinese(benchmark::State& state) {
  run(state, dates("%04d年%d月%d日"), parse_date, is_date);
}
BENCHMARK(date_chinese);

void lunar_birthday(benchmark::State& state) {
  Texts texts = dates("%04d-%02d-%02d");
  std::vector<Date> typed;
  for (const std::string& text : texts) typed.push_back(parse_date(text).date);
  for (auto step : state) {
    for (const Date date : typed) benchmark::DoNotOptimize(lunar_birthday_as_solar(date));
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * typed.size()));
}
BENCHMARK(lunar_birthday);

void address_text(benchmark::State& state) {
  const AddressResolver resolver(340826);
  run(
      state, addresses(), [&](const std::string& t) { return resolver.resolve("", "", "", "", t); },
      [](const Address& a) { return a.division_level == 12 && a.group != 0 && a.house != 0; });
}
BENCHMARK(address_text);

void relation(benchmark::State& state) {
  const Texts texts{"户主", "妻", "子", "女", "之儿媳", "之孙子", "配偶", "户主的母亲"};
  run(state, texts, parse_relation, [](const Relation& r) { return r.known; });
}
BENCHMARK(relation);

void phone(benchmark::State& state) {
  const Texts texts{"13812345678", "+86 138 1234 5678", "0556-7821234"};
  run(state, texts, parse_phone, [](std::uint64_t p) { return p != 0; });
}
BENCHMARK(phone);

void latin_name(benchmark::State& state) {
  const Texts texts{"John Smith", "O'Brien", "Müller-Lüdenscheidt", "MACDONALD"};
  run(state, texts, standardise_latin, [](const LatinName& n) { return n.token_count > 0; });
}
BENCHMARK(latin_name);

void glyph_pair(benchmark::State& state) {
  std::u32string chars;
  for (const std::string& text : plain_names()) chars += to_utf32(text);
  for (auto step : state) {
    for (std::size_t i = 1; i < chars.size(); ++i) {
      benchmark::DoNotOptimize(glyph_similarity(chars[i - 1], chars[i]));
    }
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * (chars.size() - 1)));
}
BENCHMARK(glyph_pair);

}  // namespace
}  // namespace bidui::text
