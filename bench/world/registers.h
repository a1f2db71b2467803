// What the offices decided about the households: the registries' content before any clerk writes it
// down. Keys and dates are set here, so that truth can name them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "bench/world/circumstances.h"
#include "bench/world/error_classes.h"
#include "bench/world/lives.h"
#include "bench/world/truth.h"

namespace bidui::world {

// The days as of which the offices deliver.
struct AsOf {
  Day civil = day_of(2017, 11, 30);
  Day poverty = day_of(2017, 12, 10);
  Day allowance = day_of(2017, 12, 5);
  Day housing = day_of(2017, 11, 10);
  Day relocation = day_of(2017, 10, 31);
  Day death = day_of(2017, 11, 30);
};

struct PovertyMember {
  PersonIndex person = kNone;
  std::string key{};  // 人编号
  Day identified = kNever;
  bool duplicate = false;
};

struct PovertyHousehold {
  HomeIndex home = kNone;
  std::string key{};                     // 户编号
  std::vector<PovertyMember> members{};  // the head first
  Day identified = kNever;
  int exit_year = 0;  // 0: still poor
  std::string_view attribute = "一般贫困户";
  std::string_view cause{};
  bool dangerous_house = false;
  int income = 0;
};

enum class AllowanceKind : std::uint8_t { kRural, kUrban, kDestitute };
enum class AllowanceWay : std::uint8_t { kWhole, kPart, kSingle };

struct AllowanceCase {
  HomeIndex home = kNone;
  std::string key{};  // 保障证号
  AllowanceKind kind = AllowanceKind::kRural;
  AllowanceWay way = AllowanceWay::kWhole;
  bool institution = false;  // 集中供养
  char category = 'B';
  Day start = kNever;
  Day stop = kNever;
  std::vector<PersonIndex> members{};  // the applicant first; a duplicate stands at the end
  bool duplicate = false;

  bool active(Day day) const { return start <= day && day < stop; }
};

struct House {
  HomeIndex home = kNone;
  std::string key{};  // 档案编号
  PersonIndex owner = kNone;
  char grade = 'A';
  Day appraised = kNever;
  int plan_year = 0;
  Day completed = kNever;
  bool only_house = true;
  bool duplicate = false;  // a second file of one house
  std::string_view poverty_kind = "一般户";
  int built = 1990;
  int area = 100;
};

struct RelocationCase {
  HomeIndex home = kNone;
  std::string key{};            // 搬迁户编号
  bool registered_poor = true;  // else 同步搬迁
  Day approved = kNever;
  Day moved = kNever;
  std::vector<PersonIndex> members{};
  std::vector<std::string> member_keys{};  // 人员档案号, one per member
};

struct DeathReport {
  std::string key{};  // 登记编号
  PersonIndex person = kNone;
  bool cremated = false;
};

struct Registers {
  AsOf as_of;
  std::vector<PovertyHousehold> poverty{};
  std::vector<AllowanceCase> allowance{};
  std::vector<House> houses{};
  std::vector<RelocationCase> relocation{};
  std::vector<DeathReport> deaths{};
  std::vector<Contradiction> contradictions{};
  // By home: index into `poverty`, or kNone.
  std::vector<std::uint32_t> poverty_of_home{};
  // By person: the key of the (first) row in the poverty registry; empty for none.
  std::vector<std::string> poverty_key_of_person{};
  std::vector<bool> death_reported{};  // by person
  // Living people of whom a villager of the same name has died: (living, dead).
  std::vector<std::pair<PersonIndex, PersonIndex>> namesakes{};
};

// "C3408260000123", the 人员编号 of a person's row in the civil registry.
std::string civil_key(const World& world, PersonIndex person);
// "3408260000045", the 户号 of a booklet.
std::string booklet_key(const World& world, BookletIndex booklet);

// Decides all registries; adds outsiders and invented people to the world. Deterministic.
Registers decide_registers(World& world, const NameTables& names, IdOffice& office,
                           const ErrorRates& rates, std::uint64_t seed);

}  // namespace bidui::world
