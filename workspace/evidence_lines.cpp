#include "workspace/evidence_lines.h"

#include <algorithm>
#include <array>

#include "workspace/id_state_words.h"
#include "workspace/record_comparison.h"

namespace bidui::workspace {
namespace {

using connectors::report::EvidenceLine;

// Fields that say who somebody is, and how all sources call them here.
struct IdentityField {
  std::string_view id;
  std::string_view label;
};
constexpr std::array<IdentityField, 9> kIdentity = {{{"name", "姓名"},
                                                     {"id_number", "证件号码"},
                                                     {"birth", "出生"},
                                                     {"sex", "性别"},
                                                     {"relation", "与户主关系"},
                                                     {"phone", "电话"},
                                                     {"household_no", "户编号"},
                                                     {"township", "乡镇"},
                                                     {"village", "村"}}};

const IdentityField* identity(std::string_view field) {
  const auto at = std::ranges::find(kIdentity, field, &IdentityField::id);
  return at == kIdentity.end() ? nullptr : &*at;
}

// Records of one person, in the order of the evidence.
struct Person {
  std::string title;  // of the item that names the person first
  std::vector<const EvidenceRecord*> records;
};

// Words of the engine that a rule may show as a value.
std::string word_of(std::string_view value, const RunWorld& world) {
  if (const std::string_view title = id_state_code_title(value); !title.empty())
    return std::string(title);
  for (const RunSource& source : world.sources) {
    for (const schema::Field& field : source.schema->fields) {
      const auto code = std::ranges::find(field.codes, value, &schema::CodeValue::code);
      if (code != field.codes.end() && !code->title.empty()) return code->title;
    }
  }
  return std::string(value);
}

class LineWriter {
 public:
  LineWriter(const FlagSubject& subject, const RunWorld& world, const RecordNames& names)
      : subject_(subject), world_(world), names_(names) {}

  std::vector<EvidenceLine> write(const FlagEvidence& evidence) {
    for (const EvidenceItem& item : evidence.items) add_item(item);
    for (const Person& person : persons_) {
      if (&person == main_person()) {
        add_fields(person);
      } else {
        for (const EvidenceRecord* record : person.records) add_short_line(person.title, *record);
      }
    }
    for (const EvidenceItem& item : evidence.items) {
      if (item.records.empty() && !item.value.empty()) add_value(item);
    }
    std::ranges::move(identity_, std::back_inserter(lines_));
    return std::move(lines_);
  }

 private:
  std::optional<rule::RecordRef> find(const EvidenceRecord& record) const {
    const auto at = names_.find(record.name);
    return at == names_.end() ? std::nullopt : std::optional(at->second);
  }

  // Whose name stands on the flag's row; else the first.
  const Person* main_person() const {
    for (const Person& person : persons_) {
      for (const EvidenceRecord* record : person.records) {
        if (record->name == subject_.subject) return &person;
      }
    }
    return persons_.data();
  }

  bool belongs_to(const Person& person, const EvidenceRecord& record) const {
    const auto ref = find(record);
    return std::ranges::any_of(person.records, [&](const EvidenceRecord* known) {
      const auto known_ref = find(*known);
      if (ref && known_ref) return may_be_one_person(world_, *known_ref, *ref);
      return record.is_linked() && &person == persons_.data();  // of an earlier run
    });
  }

  void add_item(const EvidenceItem& item) {
    for (const EvidenceRecord& record : item.records) {
      const bool known = std::ranges::any_of(persons_, [&](const Person& person) {
        return std::ranges::any_of(person.records, [&](const EvidenceRecord* other) {
          return other->name == record.name;
        });
      });
      if (known) continue;
      const auto person =
          std::ranges::find_if(persons_, [&](const Person& p) { return belongs_to(p, record); });
      if (person == persons_.end()) {
        persons_.push_back({item.title, {&record}});
      } else {
        person->records.push_back(&record);
      }
    }
  }

  bool stands_on_row(const EvidenceField& field) const {
    if (field.id == "township") return field.value == subject_.township;
    if (field.id == "village") return field.value == subject_.village;
    return field.id == "household_no" && field.value == subject_.household_no;
  }

  void add_short_line(const std::string& title, const EvidenceRecord& record) {
    std::string text;
    for (const EvidenceField& field : record.fields) {
      if (stands_on_row(field)) continue;
      if (!text.empty()) text += " · ";
      const bool plain = field.id == "name" || field.id == "id_number" || field.id == "sex" ||
                         field.id == "township" || field.id == "village";
      text += plain ? field.value : field.title + " " + field.value;
    }
    lines_.push_back({.label = title, .left_source = record.source, .left_value = std::move(text)});
  }

  void add_fields(const Person& person) {
    std::vector<const EvidenceField*> fields;  // each once, as the first record calls it
    for (const EvidenceRecord* record : person.records) {
      for (const EvidenceField& field : record->fields) {
        const auto same = [&](const EvidenceField* f) { return f->id == field.id; };
        if (std::ranges::none_of(fields, same)) fields.push_back(&field);
      }
    }
    for (const EvidenceField* field : fields) add_field(person, *field);
    add_repetitions(person);
  }

  // The other rows of the subject's source that are this person: no other value tells them apart.
  void add_repetitions(const Person& person) {
    const std::string_view source =
        std::string_view(subject_.subject).substr(0, subject_.subject.find(':'));
    for (const EvidenceRecord* record : person.records) {
      if (record->source != source || record->name == subject_.subject) continue;
      lines_.push_back({.label = "重复记录编号",
                        .left_source = record->source,
                        .left_value = record->name.substr(source.size() + 1)});
    }
  }

  void add_field(const Person& person, const EvidenceField& field) {
    std::vector<const EvidenceRecord*> having;
    for (const EvidenceRecord* record : person.records) {
      if (!record->value_of(field.id).empty()) having.push_back(record);
    }
    const IdentityField* const known = identity(field.id);
    std::vector<EvidenceLine>& to = known == nullptr ? lines_ : identity_;
    const std::string label = known == nullptr ? field.title : std::string(known->label);
    const EvidenceRecord& first = *having.front();
    const bool own_sense = field.id == "household_no" || field.id == "relation";  // per source
    const bool one_source = std::ranges::all_of(
        having, [&](const EvidenceRecord* r) { return r->source == first.source; });
    if (having.size() == 1 || (own_sense && !one_source)) {
      for (const EvidenceRecord* record : having) {
        const EvidenceField own{field.id, field.title, std::string(record->value_of(field.id))};
        if (stands_on_row(own)) continue;
        to.push_back({.label = label, .left_source = record->source, .left_value = own.value});
      }
      return;
    }
    for (std::size_t i = 1; i < having.size(); ++i)
      to.push_back(two_sides(label, field.id, first, *having[i]));
  }

  EvidenceLine two_sides(const std::string& label, const std::string& field,
                         const EvidenceRecord& left, const EvidenceRecord& right) const {
    EvidenceLine line{.label = label,
                      .left_source = left.source,
                      .left_value = std::string(left.value_of(field)),
                      .right_source = right.source,
                      .right_value = std::string(right.value_of(field))};
    const auto left_ref = find(left);
    const auto right_ref = find(right);
    if (!left_ref || !right_ref) {
      line.differs = (field == "name" || field == "id_number" || field == "sex") &&
                     line.left_value != line.right_value;
      return line;
    }
    const auto agreement = compare_field(world_, *left_ref, *right_ref, field);
    if (!agreement) return line;
    line.differs = agreement->differs;
    std::string_view remark = agreement->remark;
    const bool lengths_differ = line.left_value.size() != line.right_value.size();
    if (field == "id_number" && !line.differs && lengths_differ) remark = "15 位号升位后相同";
    if (!remark.empty()) line.right_value.append("（").append(remark).append("）");
    return line;
  }

  void add_value(const EvidenceItem& item) {
    std::string value = word_of(item.value, world_);
    const bool said = std::ranges::any_of(
        lines_, [&](const EvidenceLine& line) { return line.label == item.title; });
    if (!said) lines_.push_back({.label = item.title, .left_source = {}, .left_value = value});
  }

  const FlagSubject& subject_;
  const RunWorld& world_;
  const RecordNames& names_;
  std::vector<Person> persons_;
  std::vector<EvidenceLine> lines_;
  std::vector<EvidenceLine> identity_;
};

EvidenceRecord shown_record(const RunWorld& world, rule::RecordRef ref) {
  const RunSource& source = world.sources[ref.source];
  EvidenceRecord record{
      .name = source.instance + ":" + std::string(world.texts[ref.source].key(ref.row)),
      .source = source.instance};
  for (const IdentityField& known : kIdentity) {
    const auto at = source.schema->find_field(known.id);
    if (!at || known.id == "household_no" || known.id == "relation") continue;
    std::string value = world.view->display(ref, static_cast<rule::FieldIndex>(*at));
    if (!value.empty())
      record.fields.push_back({std::string(known.id), std::string(known.label), std::move(value)});
  }
  return record;
}

}  // namespace

std::vector<EvidenceLine> evidence_lines(const FlagEvidence& evidence, const FlagSubject& subject,
                                         const RunWorld& world, const RecordNames& names) {
  return LineWriter(subject, world, names).write(evidence);
}

std::vector<EvidenceLine> link_evidence(const RunWorld& world, rule::RecordRef left,
                                        rule::RecordRef right) {
  FlagEvidence evidence;
  evidence.items.push_back({.records = {shown_record(world, left), shown_record(world, right)}});
  const RecordNames names = {{evidence.items[0].records[0].name, left},
                             {evidence.items[0].records[1].name, right}};
  return evidence_lines(evidence, {}, world, names);
}

}  // namespace bidui::workspace
