#include "matcher/schema/header_word.h"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "matcher/schema/header.h"

namespace bidui::schema {
namespace {

using enum SemanticKind;

struct KindName {
  std::string_view english, chinese;
};

constexpr std::array<KindName, static_cast<std::size_t>(kIgnore) + 1> kKindNames = {{
    {"full_name", "姓名"},
    {"given_name", "名"},
    {"family_name", "姓"},
    {"former_name", "曾用名"},
    {"national_id", "身份证号"},
    {"identifier", "个人号码"},
    {"birth_date", "出生日期"},
    {"birth_year", "出生年"},
    {"birth_month", "出生月"},
    {"birth_day", "出生日"},
    {"sex", "性别"},
    {"phone", "电话"},
    {"email", "电子邮箱"},
    {"address", "地址"},
    {"locality", "村镇"},
    {"postcode", "邮政编码"},
    {"region", "省县"},
    {"category", "类别"},
    {"number", "数值"},
    {"text", "文本"},
    {"row_key", "行键"},
    {"ignore", "不使用"},
}};

// All spellings of one kind, separated by spaces, the most specific first. `whole` must be the
// whole header; `part` may also be its first or last words.
struct Spellings {
  SemanticKind kind;
  std::string_view part, whole;
};

constexpr Spellings kSpellings[] = {
    {kFullName,
     "姓名 名字 fullname completename personname patientname customername membername votername "
     "clientname studentname",
     "成员姓名 人员姓名 xm name names 户主姓名 户主 申请人 所有人 机动车所有人 产权人 权利人 房主 "
     "法定代表人 法人 经营者 投资人 股东 户主名字 hzxm 受益人 保障对象 农户"},
    {kGivenName, "givenname givennames firstname firstnames forename forenames fname christianname",
     "given first 名 nombre nombres prenom prenoms vorname nome"},
    {kFamilyName, "familyname lastname surname lname secondname",
     "family last 姓 姓氏 apellido apellidos nom nachname familienname cognome sobrenome"},
    {kFormerName, "曾用名 formername alias maidenname previousname", "别名 aka cym nickname"},
    {kNationalId,
     "身份证号 身份证号码 身份证 公民身份号码 公民身份证号 居民身份证号码 身份证件号码 身份证件号 "
     "证件号码 证件号 身份证明号码 身份号码 公民身份号码或残疾号码",
     "证号 sfzh sfzhm gmsfhm zjhm"},
    {kIdentifier,
     "ssn socsecid socsec socialsecuritynumber socialsecurityno nationalid nationalidentifier "
     "nationalinsurancenumber nino nhsnumber medicareno medicarenumber passport passportno "
     "passportnumber driverlicence driverslicence driverlicense driverslicense licenceno licenseno "
     "taxid taxnumber taxfilenumber 护照号 护照号码 残疾人证号 社保卡号 银行卡号 银行账号 军官证号",
     "sin tfn nhs idnumber idno identitynumber identityno cardno 账号 一卡通账号"},
    {kBirthDate,
     "dateofbirth birthdate dob datedenaissance fechadenacimiento fechanacimiento geburtsdatum "
     "datadenascimento datanascimento datadinascita 出生日期 出生年月 出生年月日 出生时间 生日 "
     "birthday",
     "birth born bdate csrq dateborn nele neele naissance nacimiento"},
    {kBirthYear, "yearofbirth birthyear yob 出生年 出生年份", "by birthyr dobyear doby"},
    {kBirthMonth, "monthofbirth birthmonth 出生月 出生月份", "bm mob dobmonth dobm"},
    {kBirthDay, "dayofbirth dayofmonthofbirth 出生日", "bd dobday dobd birthdayofmonth"},
    {kSex, "性别 gender sex", "xb xbdm sexcode gendercode sexe sexo sesso geschlecht"},
    {kPhone,
     "电话 联系电话 手机号 手机号码 电话号码 联系方式 phonenumber phoneno mobile telephone "
     "cellphone "
     "mobilenumber phone",
     "tel cell contactnumber homephone workphone telefono telefon celular"},
    {kEmail, "email emailaddress 电子邮箱 邮箱 电子邮件", "mail courriel correo"},
    {kAddress,
     "家庭住址 住址 详细地址 户籍地址 户籍地 户籍所在地 常住地 户口所在地 现住址 居住地 坐落 座落 "
     "迁出地 住所 address "
     "addressline streetaddress streetname residentialaddress 地址 门牌号",
     "address1 address2 address3 addressline1 addressline2 addr addr1 addr2 adresse direccion rue "
     "strasse street street1 street2 "
     "streetnumber streetno housenumber houseno housenum unit apartment 所在地 hkszd zzxz"},
    {kLocality, "suburb village township 行政村 自然村 村民小组 乡镇 街道 社区 locality",
     "city town 村 组 社 乡 镇 村居 村委会 municipality parish neighborhood neighbourhood 城市 "
     "ville ciudad ort"},
    {kPostcode, "postcode postalcode zipcode 邮政编码 邮编",
     "zip plz zip5 pincode codepostal codigopostal"},
    {kRegion, "",
     "state province county region country 县 区 区县 县市区 省 省份 市 district prefecture "
     "stateprovince statecode zzssxq"},
    {kCategory,
     "与户主关系 与户主的关系 与申请人关系 民族 婚姻状况 文化程度 ethnicity maritalstatus",
     "关系 家庭关系 yhzgx mz race relation relationship education"},
};

// Words that make a name, number or address that of another person of the family,
constexpr std::string_view kRelatives[] = {"father",  "mother", "spouse",    "parent", "guardian",
                                           "husband", "wife",   "nextofkin", "kin",    "父",
                                           "母",      "配偶",   "监护",      "家属"};
// or of a thing or a person elsewhere.
constexpr std::string_view kOthers[] = {
    "doctor", "gp",   "contact", "employer", "company", "org",  "school", "agent",  "witness",
    "middle", "单位", "企业",    "公司",     "学校",    "工作", "经办",   "联系人", "原户"};

// Who stands for a household, a thing or a firm: the row's person only where no other column names
// one.
constexpr std::string_view kStandIns[] = {"户主",   "申请人", "所有人", "机动车所有人", "产权人",
                                          "权利人", "房主",   "法人",   "法定代表人",   "经营者",
                                          "投资人", "股东",   "代表人", "hzxm"};

constexpr std::string_view kRowKeys =
    "id recid uniqueid 人编号 人员编号 recordid rowid uid uuid key rowkey personid personno "
    "individualid patientid clientid customerid memberid voterid studentid entityrecordid "
    "人员编码 编码 人员档案号 个人编号 rybh 登记编号 档案编号 档案号 登记序号 记录编号 记录号 "
    "号牌号码 "
    "编号 recordno recno rowno rownumber index 序号 行号 no";

// Position of `word` in a list of words separated by single spaces, or nullopt.
std::optional<std::size_t> find_word(std::string_view list, std::string_view word) {
  if (word.empty()) return std::nullopt;
  std::size_t rank = 0;
  while (!list.empty()) {
    const std::size_t space = std::min(list.find(' '), list.size());
    if (list.substr(0, space) == word) return rank;
    list.remove_prefix(std::min(space + 1, list.size()));
    ++rank;
  }
  return std::nullopt;
}

constexpr std::size_t kStandInPenalty = 200;
constexpr std::size_t kPartPenalty = 100;  // a part of a header gives way to a whole one
constexpr std::size_t kWholePenalty = 50;  // and the loose words to the plain ones

std::optional<HeaderWord> find_whole(std::string_view squashed) {
  for (const Spellings& spellings : kSpellings) {
    if (const auto rank = find_word(spellings.part, squashed)) {
      return HeaderWord{.kind = spellings.kind, .rank = *rank};
    }
    if (const auto rank = find_word(spellings.whole, squashed)) {
      return HeaderWord{.kind = spellings.kind, .rank = kWholePenalty + *rank};
    }
  }
  return std::nullopt;
}

// The longest unmistakable spelling that the header begins or ends with.
std::optional<HeaderWord> find_part(std::string_view squashed) {
  constexpr std::size_t kShortest = 5;  // bytes: "dob" and "sex" end too many words
  std::optional<HeaderWord> best;
  std::size_t best_length = 0;
  for (const Spellings& spellings : kSpellings) {
    std::string_view list = spellings.part;
    while (!list.empty()) {
      const std::string_view word = list.substr(0, list.find(' '));
      list.remove_prefix(std::min(word.size() + 1, list.size()));
      if (word.size() < kShortest || word.size() <= best_length) continue;
      if (!squashed.starts_with(word) && !squashed.ends_with(word)) continue;
      best = HeaderWord{.kind = spellings.kind, .rank = kPartPenalty};
      best_length = word.size();
    }
  }
  return best;
}

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

// "dob", "sex" and the like count as parts only where they stand as a word of their own.
std::optional<HeaderWord> find_token(std::string_view text) {
  std::size_t start = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && is_word_byte(text[i])) continue;
    const std::string_view token = text.substr(start, i - start);
    start = i + 1;
    for (const Spellings& spellings : kSpellings) {
      if (!find_word(spellings.part, token)) continue;
      return HeaderWord{.kind = spellings.kind, .rank = kPartPenalty};
    }
  }
  return std::nullopt;
}

bool starts_with_any(std::string_view squashed, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return squashed.starts_with(word); });
}

// The whole header, else its beginning or end, else one of its words.
std::optional<HeaderWord> find_by_precision(std::string_view cell, std::string_view squashed) {
  if (const auto whole = find_whole(squashed)) return whole;
  if (starts_with_any(squashed, kRelatives) || starts_with_any(squashed, kOthers))
    return std::nullopt;
  if (const auto part = find_part(squashed)) return part;
  std::string text(cell);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return find_token(text);
}

}  // namespace

std::string_view kind_name(SemanticKind kind) {
  return kKindNames[static_cast<std::size_t>(kind)].english;
}

std::string_view kind_name_zh(SemanticKind kind) {
  return kKindNames[static_cast<std::size_t>(kind)].chinese;
}

std::string squash_header(std::string_view cell) {
  std::string text = without_accents(normalise_header(cell).text);
  std::erase_if(text, [](char c) { return !is_word_byte(c); });
  return text;
}

std::optional<HeaderWord> find_header_word(std::string_view cell) {
  const std::string squashed = squash_header(cell);
  auto word = find_by_precision(cell, squashed);
  if (word && starts_with_any(squashed, kStandIns)) word->rank += kStandInPenalty;
  return word;
}

bool names_relative(std::string_view cell) {
  return starts_with_any(squash_header(cell), kRelatives);
}

bool names_another(std::string_view cell) {
  return names_relative(cell) || starts_with_any(squash_header(cell), kOthers);
}

std::optional<std::size_t> row_key_rank(std::string_view cell) {
  return find_word(kRowKeys, squash_header(cell));
}

}  // namespace bidui::schema
