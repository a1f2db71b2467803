// What the offices decided about the households: the registries' content before any clerk writes it
// down. Keys and dates are set here, so that truth can name them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "bench/world/circumstances.h"
#include "bench/world/error_classes.h"
#include "bench/world/holdings.h"
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
  Day vehicle = day_of(2017, 11, 15);
  Day business = day_of(2017, 11, 20);
  Day payroll = day_of(2017, 11, 30);
  Day disability = day_of(2017, 10, 31);
  Day marriage = day_of(2017, 11, 30);
  Day real_estate = day_of(2017, 11, 10);

  // The next round of deliveries.
  void advance(int days);
};

struct PovertyMember {
  PersonIndex person = kNone;
  std::string key{};  // 人编号
  Day identified = kNever;
  bool duplicate = false;
  bool extra = false;    // of another home, and no kin
  bool unaware = false;  // the office does not know of the disability
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
  bool part = false;  // lists a part of the home that split off on paper only
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
  // The applicant first; a duplicate stands at the end; kNone where somebody was taken off.
  std::vector<PersonIndex> members{};
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
  bool empty = false;  // nobody lives there
};

struct RelocationCase {
  HomeIndex home = kNone;
  std::string key{};            // 搬迁户编号
  bool registered_poor = true;  // else 同步搬迁
  Day approved = kNever;
  Day moved = kNever;
  std::vector<PersonIndex> members{};
  std::vector<std::string> member_keys{};  // 人员档案号, one per member
  int allotted = 0;                        // people at the allotment; 0: as many as are listed
  int area = 0;                            // 0: 25 a head
  bool old_house_kept = false;
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
  std::vector<PovertyHousehold> next_county{};  // the neighbouring county's poverty registry
  std::vector<Vehicle> vehicles{};
  std::vector<BusinessRole> businesses{};
  std::vector<PayrollRow> payroll{};
  std::vector<Certificate> certificates{};
  std::vector<WeddingRow> weddings{};
  std::vector<Title> titles{};
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

}  // namespace bidui::world
