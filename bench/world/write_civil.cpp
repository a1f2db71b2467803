#include <algorithm>
#include <array>

#include "bench/world/kinship.h"
#include "bench/world/table.h"
#include "bench/world/writers.h"

namespace bidui::world {
namespace {

const std::vector<std::string> kHeader = {"人员编号",     "户号",
                                          "与户主关系",   "姓名",
                                          "曾用名",       "性别",
                                          "民族",         "出生日期",
                                          "公民身份号码", "文化程度",
                                          "婚姻状况",     "婚姻变动日期",
                                          "户别",         "住址详址",
                                          "变动原因",     "变动日期",
                                          "原户号",       "注销标志",
                                          "父亲姓名",     "父亲公民身份号码",
                                          "母亲姓名",     "母亲公民身份号码"};

// 户别: agricultural or not, family or collective; 居民户口 since the reform.
std::string_view household_kind(const Booklet& booklet, bool city, bool converted) {
  if (converted) return "非农业家庭户口";
  if (booklet.collective) return city ? "非农业集体户口" : "农业集体户口";
  if (booklet.opened != kNever && booklet.opened > day_of(2016, 1, 1)) return "居民户口";
  return city ? "非农业家庭户口" : "农业家庭户口";
}

struct Change {
  std::string_view reason;
  Day day = kNever;
  BookletIndex from = kNone;
  std::string_view mark{};  // 注销标志
};

// What the police last wrote about a person's registration.
Change last_change(const World& world, const Person& person, Day as_of, Rng& rng) {
  const Day cancelled = person.death == kNever ? kNever : person.death + rng.range(3, 60);
  if (cancelled <= as_of && !person.death_not_cancelled)
    return {"死亡注销", cancelled, kNone, "注销"};
  if (person.away == Away::kConscript) return {"参军入伍", person.left, kNone, "注销"};
  if (person.away == Away::kStudent) return {"大中专招生", person.left, kNone, "注销"};
  if (person.away == Away::kMovedOut && person.left <= as_of) {
    return {"迁出", person.left, kNone, "迁出"};
  }
  if (person.converted <= as_of) return {"农转非", person.converted, kNone};
  const Booklet& booklet = world.booklets[person.booklet];
  const bool was_there = booklet.opened != kNever && person.birth < booklet.opened;
  if (was_there && booklet.from != kNone &&
      !(person.married_in && person.marriage > booklet.opened)) {
    return {"分户", booklet.opened, booklet.from};
  }
  if (person.married_in && person.marriage != kNever) {
    return {"婚迁", std::min(person.marriage + rng.range(20, 500), as_of), kNone};
  }
  if (as_of - person.birth < 900) return {"出生", person.birth + 25, kNone};
  return {};
}

class CivilWriter {
 public:
  explicit CivilWriter(const WriterInput& input)
      : input_(input),
        world_(input.world),
        as_of_(input.registers.as_of.civil),
        observer_(
            input.world, input.names, input.confusions, input.rates,
            {.source = Source::kCivil, .has_phone = false, .birth_styles = {DateStyle::kCompact}},
            input.seed, input.hand()),
        form_(form_of(input.profile, Source::kCivil, {"户籍人口信息.csv", {}, kHeader})),
        table_(input.directory + "/" + form_.file, form_.table) {
    table_.add(form_.header);
  }

  void write_booklet(BookletIndex index) {
    const Booklet& booklet = world_.booklets[index];
    if (booklet.members.empty()) return;
    std::vector<PersonIndex> members = booklet.members;
    const auto head = std::ranges::find(members, booklet.head);
    if (head != members.end()) std::iter_swap(members.begin(), head);
    observer_.begin(booklet_key(world_, index));
    const ObservedAddress address = observer_.observe_address(booklet.address);
    for (const PersonIndex member : members) write_person(index, member, address);
  }

  Result<SourceTruth> finish() {
    BIDUI_TRY(table_.write());
    add_delivery(truth_, Source::kCivil, form_.file, as_of_, world_.divisions.home.current_code);
    return std::move(truth_);
  }

 private:
  void write_person(BookletIndex booklet, PersonIndex index, const ObservedAddress& address);
  void write_second_registration(std::vector<std::string> row, PersonIndex index);
  void fill_parents(std::vector<std::string>& row, const Person& person);
  std::string_view marital_status(const Person& person) const;
  std::string_view schooling(const Person& person);

  const WriterInput& input_;
  const World& world_;
  Day as_of_;
  Observer observer_;
  Form form_;
  Table table_;
  SourceTruth truth_;
};

std::string_view CivilWriter::marital_status(const Person& person) const {
  if (person.divorced <= as_of_) return "离婚";
  if (person.marriage > as_of_) return "未婚";
  if (person.spouse == kNone) return "有配偶";
  return world_.people[person.spouse].alive(as_of_) ? "有配偶" : "丧偶";
}

std::string_view CivilWriter::schooling(const Person& person) {
  const int age = age_on(person.birth, as_of_);
  if (age < 6) return "";
  if (age < 13) return "小学";
  if (age > 62) return observer_.rng().chance(0.4) ? "文盲或半文盲" : "小学";
  return observer_.rng().chance(0.6) ? "初中" : "高中";
}

// The parents' names and numbers: the only hard tie between divided households.
void CivilWriter::fill_parents(std::vector<std::string>& row, const Person& person) {
  std::size_t column = 18;
  for (const PersonIndex parent : {person.father, person.mother}) {
    const bool known = parent != kNone && observer_.rng().chance(0.8);
    row[column++] = known ? world_.people[parent].name() : "";
    row[column++] = known ? id_text(world_.people[parent].id) : "";
  }
}

void CivilWriter::write_person(BookletIndex booklet, PersonIndex index,
                               const ObservedAddress& address) {
  const Person& person = world_.people[index];
  const Booklet& book = world_.booklets[booklet];
  observer_.begin(civil_key(world_, index));
  ObservedPerson seen = observer_.observe(index, others_than(book.members, index));
  const Change change = last_change(world_, person, as_of_, observer_.rng());
  const bool city = world_.homes[book.address].city_life;
  std::vector<std::string> row(kHeader.size());
  row[0] = civil_key(world_, index);
  row[1] = booklet_key(world_, booklet);
  row[2] = book.collective ? "其他"
                           : relation_text(relation_to(world_, book.head, index), Source::kCivil);
  row[3] = seen.name;
  row[4] = person.former_name;
  row[5] = seen.sex;
  row[6] = people_name(person.people);
  row[7] = seen.birth;
  row[8] = seen.id;
  row[9] = schooling(person);
  row[10] = marital_status(person);
  const Day wed = person.divorced <= as_of_ ? person.divorced : person.marriage;
  row[11] = wed <= as_of_ ? compact_date(wed) : "";
  row[12] = household_kind(book, city, person.converted <= as_of_);
  row[13] = address.full;
  row[14] = change.reason;
  row[15] = compact_date(change.day);
  row[16] = change.from == kNone ? "" : booklet_key(world_, change.from);
  row[17] = change.mark;
  fill_parents(row, person);
  const std::size_t number = table_.add(row);
  const ErrorSet errors = seen.errors | address.errors;
  add_record(truth_, {Source::kCivil, row[0], number, index, person.home, errors, ""});
  add_membership(truth_, Source::kCivil, row[1], index, person.home);
  note_row_errors(input_, Source::kCivil, row[0], index, seen, truth_);
  if (person.second_id != 0) write_second_registration(std::move(row), index);
}

void CivilWriter::write_second_registration(std::vector<std::string> row, PersonIndex index) {
  const Person& person = world_.people[index];
  const std::string first = "civil:" + row[0];
  const bool cancelled = observer_.rng().chance(0.4);
  const std::string number = id_text(person.second_id);
  row[0] = civil_key(world_, 90000000 + index);
  row[7] = number.substr(6, 8);
  row[8] = number;
  if (cancelled) {
    row[14] = "重户注销";
    row[15] = compact_date(day_of(2017, 11, 30) - observer_.rng().range(50, 1500));
    row[16].clear();
    row[17] = "注销";
  }
  // Whoever died or moved is cancelled under both numbers.
  const bool both_cancelled = input_.all_offices && !row[17].empty();
  const std::size_t place = table_.add(row);
  add_record(truth_, {Source::kCivil, row[0], place, index, person.home, 0, "second registration"});
  truth_.contradictions.push_back(
      {.rule = "DUP_IN_SOURCE",
       .source = Source::kCivil,
       .subject = row[0],
       .other = first,
       .planted = true,
       .exception = cancelled || both_cancelled ? "cancelled_registration" : "",
       .note = "two registrations"});
  if (!input_.all_offices) return;
  Contradiction& duplicate = truth_.contradictions.back();
  Contradiction two_numbers = duplicate;
  two_numbers.rule = "PERSON_TWO_IDS";
  if (duplicate.exception.empty()) duplicate.exception = kNotScored;  // the other rule has it
  truth_.contradictions.push_back(std::move(two_numbers));
}

}  // namespace

Result<SourceTruth> write_civil(const WriterInput& input) {
  CivilWriter writer(input);
  for (BookletIndex i = 0; i < input.world.booklets.size(); ++i) writer.write_booklet(i);
  return writer.finish();
}

}  // namespace bidui::world
