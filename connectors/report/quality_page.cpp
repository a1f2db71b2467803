#include "connectors/report/quality_page.h"

#include <algorithm>
#include <fmt/format.h>

#include "connectors/report/assets.h"
#include "connectors/report/html_text.h"

namespace bidui::connectors::report {
namespace {

constexpr double kWidth = 200;  // of a bar, in units of its picture

double share_of(std::uint64_t part, std::uint64_t all) {
  return all == 0 ? 0 : static_cast<double>(part) / static_cast<double>(all);
}

// Two bars in one: the share now, a part of it in red, a mark where it was before.
std::string share_bar(double share, double bad, std::optional<double> before) {
  std::string svg = fmt::format(
      "<svg viewBox=\"0 0 {0:.0f} 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
      "<rect class=\"ground\" width=\"{0:.0f}\" height=\"10\"/>"
      "<rect class=\"now\" width=\"{1:.2f}\" height=\"10\"/>",
      kWidth, kWidth * share);
  if (bad > 0)
    svg += fmt::format("<rect class=\"bad\" x=\"{:.2f}\" width=\"{:.2f}\" height=\"10\"/>",
                       kWidth * (share - bad), kWidth * bad);
  if (before)
    svg += fmt::format("<line class=\"mark\" x1=\"{0:.2f}\" x2=\"{0:.2f}\" y1=\"0\" y2=\"10\"/>",
                       std::clamp(kWidth * *before, .75, kWidth - .75));
  return svg + "</svg>";
}

// Two thin bars, the upper one now, the lower one before, against the largest of both.
std::string pair_bar(double now, std::optional<double> before, double largest) {
  const auto width = [&](double value) { return largest > 0 ? kWidth * value / largest : 0; };
  std::string svg = fmt::format(
      "<svg viewBox=\"0 0 {:.0f} 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
      "<rect class=\"now\" width=\"{:.2f}\" height=\"{}\"/>",
      kWidth, width(now), before ? 5 : 8);
  if (before)
    svg += fmt::format("<rect class=\"before\" y=\"6\" width=\"{:.2f}\" height=\"4\"/>",
                       width(*before));
  return svg + "</svg>";
}

class Page {
 public:
  Page(const QualityReport& report, Locale locale) : report_(report), locale_(locale) {}

  std::string_view pick(std::string_view zh, std::string_view en) const {
    return locale_ == Locale::kChinese ? zh : en;
  }
  std::string_view pick(const Bilingual& text) const { return pick(text.zh, text.en); }

  std::string issue() const {
    std::string out;
    const auto add = [&](std::string_view title, std::string_view value) {
      if (!value.empty()) out += fmt::format("<span>{} {}</span>\n", title, html(value));
    };
    add(pick("数据", "delivery"), report_.name);
    std::string files;
    for (const std::string& file : report_.files)
      files += (files.empty() ? "" : std::string(pick("、", ", "))) + file;
    add(pick("文件", "files"), files);
    add(pick("列对照", "mapping"), report_.mapping);
    if (report_.held)
      out += fmt::format("<span><b>{}</b></span>\n",
                         pick("待定：尚未计入", "held: does not count yet"));
    return out;
  }

  std::string findings() const {
    if (report_.findings.empty())
      return fmt::format("<p class=\"calm\">{}</p>\n",
                         pick("各项都在界限之内", "everything is within the limits"));
    std::string out = "<ul class=\"findings\">\n";
    for (const QualityFinding& finding : report_.findings)
      out += fmt::format(
          "<li{}>{}{}</li>\n", finding.beyond ? " class=\"beyond\"" : "",
          finding.beyond ? fmt::format("<em>{}</em>", pick("超出界限", "beyond the limit")) : "",
          html(pick(finding.text)));
    return out + "</ul>\n";
  }

  std::string figures() const {
    std::string out = figure(
        pick("导入的行", "rows loaded"), grouped(report_.loaded),
        fmt::format("{} {} = {} {} + {} {} + {} {}", pick("读到", "read"), grouped(report_.read),
                    pick("导入", "loaded"), grouped(report_.loaded), pick("退回", "rejected"),
                    grouped(report_.rejected), pick("跳过", "skipped"), grouped(report_.skipped)),
        reasons());
    if (report_.has_numbers) {
      const std::uint64_t filled =
          report_.ids_valid + report_.ids_unverified + report_.ids_invalid + report_.ids_cut;
      out += figure(
          pick("有效的证件号", "valid ID numbers"),
          percent(share_of(report_.ids_valid + report_.ids_unverified, filled)),
          fmt::format("{} {}{}{} {}{}{} {}", pick("无效", "invalid"), grouped(report_.ids_invalid),
                      pick("，", ", "), pick("被截断", "cut off"), grouped(report_.ids_cut),
                      pick("，", ", "), pick("空缺", "missing"), grouped(report_.ids_missing)),
          {});
    }
    out += figure(pick("缺字的姓名", "names that lack a character"),
                  percent(share_of(report_.names_damaged, report_.names)),
                  fmt::format("{} {}{}{} {}", grouped(report_.names_damaged), pick("行", "rows"),
                              pick("，无正式姓名 ", ", no proper name "),
                              grouped(report_.names_placeholder), pick("行", "rows")),
                  {});
    std::string repeated =
        fmt::format("{} {}", pick("同一主键", "same key"), grouped(report_.keys_repeated));
    if (report_.keys_missing != 0)
      repeated += fmt::format("{}{} {}", pick("，", ", "), pick("无主键", "no key"),
                              grouped(report_.keys_missing));
    out += figure(pick("同一证件号的行", "rows of the same ID number"),
                  grouped(report_.numbers_repeated), repeated,
                  report_.person_once
                      ? ""
                      : pick("这个来源一人可有多行", "a person may have several rows here"));
    return out;
  }

  std::string before() const {
    if (!report_.before) return "";
    const QualityBefore& before = *report_.before;
    const double largest = static_cast<double>(std::max(before.rows, report_.loaded));
    const auto row = [&](std::string_view title, std::uint64_t rows, const char* kind) {
      return fmt::format(
          "<tr><th>{}</th><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"rows\"><svg "
          "viewBox=\"0 0 {:.0f} 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect "
          "class=\"{}\" width=\"{:.2f}\" height=\"10\"/></svg></td></tr>\n",
          title, grouped(rows), percent(share_of(rows, before.rows), 1), kWidth, kind,
          largest > 0 ? kWidth * static_cast<double>(rows) / largest : 0);
    };
    std::string out =
        fmt::format("<section>\n<h2>{}<small>{}{}</small></h2>\n<table class=\"changes\">\n",
                    pick("与上一批相比", "against the delivery before"), html(before.name),
                    before.estimated
                        ? pick("；内容不同的行数由抽查推算", "; changed rows estimated from a part")
                        : "");
    out += row(pick("上一批的行", "rows before"), before.rows, "before");
    out += row(pick("这一批的行", "rows now"), report_.loaded, "now");
    out += row(pick("新增", "added"), before.added, "now");
    out += row(pick("不见了", "gone"), before.gone, "bad");
    out += row(pick("内容不同", "changed"), before.changed, "now");
    out += row(pick("只是写法不同", "written otherwise"), before.rewritten, "before");
    return out + "</table>\n</section>\n";
  }

  std::string fields() const {
    const bool compared = report_.before.has_value();
    std::string out = fmt::format(
        "<table>\n<thead><tr><th>{}</th><th class=\"n\">{}</th><th></th><th class=\"n\">{}</th>",
        pick("字段", "field"), pick("填写率", "filled"), pick("读不成", "unreadable"));
    if (compared)
      out += fmt::format("<th class=\"n\">{}</th><th class=\"n\">{}</th><th class=\"n\">PSI</th>",
                         pick("上一批填写率", "filled before"), pick("改动的行", "rows changed"));
    out += "</tr></thead>\n<tbody>\n";
    std::size_t empty = 0;
    for (const QualityField& field : report_.fields) {
      if (field.filled == 0 && field.filled_before.value_or(0) == 0) {
        ++empty;
        continue;
      }
      out += field_row(field, compared);
    }
    out += "</tbody></table>\n";
    out += fmt::format(
        "<p class=\"legend\"><i></i>{}<i class=\"bad\"></i>{}{}</p>\n", pick("填写", "filled"),
        pick("其中读不成这一项", "of it unreadable"),
        compared ? fmt::format("<i class=\"mark\"></i>{}", pick("上一批", "before")) : "");
    if (empty > 0)
      out += fmt::format("<p class=\"left-out\">{}</p>\n",
                         locale_ == Locale::kChinese
                             ? fmt::format("另有 {} 个字段全是空的", empty)
                             : fmt::format("{} more fields are empty throughout", empty));
    return out;
  }

  std::string values() const {
    std::string out;
    for (const QualityField& field : report_.fields) {
      if (field.classes.empty()) continue;
      out += value_article(field);
    }
    if (out.empty()) return "";
    return fmt::format(
        "<section>\n<h2>{}<small>{}</small></h2>\n<div class=\"values\">\n{}</div>\n{}</section>\n",
        pick("取值的构成", "values"),
        pick("代码、年份、数量段和姓名字数；不含个人的值",
             "codes, years, ranges and lengths of names; no one's own values"),
        out,
        report_.before
            ? fmt::format("<p class=\"legend\"><i></i>{}<i class=\"before\"></i>{}</p>\n",
                          pick("这一批", "now"), pick("上一批", "before"))
            : "");
  }

  std::string places() const {
    if (report_.places.empty())
      return fmt::format("<p class=\"none\">{}</p>\n",
                         pick("没有一行认得出乡镇", "no row says its township"));
    std::uint64_t largest = 0;
    for (const QualityPlace& place : report_.places)
      largest = std::max({largest, place.rows, place.before.value_or(0)});
    std::string out = "<table>\n";
    for (const QualityPlace& place : report_.places) {
      const bool gone = place.rows == 0;
      out += fmt::format("<tr{}><th>{}<small>{}</small></th><td class=\"n\">{}</td>",
                         gone ? " class=\"told\"" : "", html(place.name), place.code,
                         grouped(place.rows));
      if (report_.before)
        out += fmt::format("<td class=\"n\">{}</td>", grouped(place.before.value_or(0)));
      out += fmt::format(
          "<td class=\"bar\">{}</td></tr>\n",
          pair_bar(static_cast<double>(place.rows),
                   report_.before ? std::optional(static_cast<double>(place.before.value_or(0)))
                                  : std::nullopt,
                   static_cast<double>(largest)));
    }
    return out + "</table>\n";
  }

  std::string places_hint() const {
    std::string out = locale_ == Locale::kChinese
                          ? fmt::format("{} 个村（社区）；认不出乡镇的 {} 行，不在 {} 内的 {} 行",
                                        grouped(report_.villages), grouped(report_.unplaced),
                                        report_.coverage, grouped(report_.outside))
                          : fmt::format("{} villages; {} rows of no known township, {} outside {}",
                                        grouped(report_.villages), grouped(report_.unplaced),
                                        grouped(report_.outside), report_.coverage);
    return out;
  }

 private:
  std::string figure(std::string_view title, std::string_view value, std::string_view first,
                     std::string_view second) const {
    std::string out = fmt::format("<div><h3>{}</h3><strong>{}</strong><p>{}</p>", title,
                                  html(value), html(first));
    if (!second.empty()) out += fmt::format("<p>{}</p>", html(second));
    return out + "</div>\n";
  }

  std::string reasons() const {
    std::string out;
    for (const auto* const list : {&report_.reject_reasons, &report_.skip_reasons}) {
      for (const QualityReason& reason : *list)
        out += fmt::format("{}{} {}", out.empty() ? "" : pick("，", ", "), pick(reason.title),
                           grouped(reason.rows));
    }
    return out;
  }

  std::string field_row(const QualityField& field, bool compared) const {
    const double share = share_of(field.filled, report_.loaded);
    std::string out = fmt::format(
        "<tr{}><th>{}<small>{}</small></th><td class=\"n\">{}</td><td class=\"bar\">{}</td>"
        "<td class=\"n\">{}</td>",
        field.told ? " class=\"told\"" : "", html(field.title), html(field.id), percent(share, 1),
        share_bar(share, share_of(field.unreadable, report_.loaded), field.filled_before),
        field.unreadable == 0 ? "" : grouped(field.unreadable));
    if (compared)
      out += fmt::format("<td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>",
                         percent(field.filled_before.value_or(0), 1),
                         field.changed == 0 ? "" : grouped(field.changed),
                         field.index ? fmt::format("{:.3f}", *field.index) : "");
    return out + "</tr>\n";
  }

  std::string value_article(const QualityField& field) const {
    double largest = 0;
    for (const QualityClass& one : field.classes)
      largest = std::max({largest, one.share, one.before.value_or(0)});
    std::string rows;
    for (const QualityClass& one : field.classes) {
      rows +=
          fmt::format("<tr><td>{}</td><td>{}</td><td class=\"n\">{}</td>", html(pick(one.title)),
                      pair_bar(one.share, one.before, largest), percent(one.share, 1));
      if (one.before) rows += fmt::format("<td class=\"n\">{}</td>", percent(*one.before, 1));
      rows += "</tr>\n";
    }
    std::string index;
    if (field.index) index = fmt::format("PSI {:.3f}", *field.index);
    std::string left_out;
    if (field.classes_left_out > 0)
      left_out = fmt::format("<p class=\"left-out\">{}</p>",
                             locale_ == Locale::kChinese
                                 ? fmt::format("还有 {} 种", field.classes_left_out)
                                 : fmt::format("{} more", field.classes_left_out));
    return fmt::format(
        "<article{}><h3>{}<small>{}</small></h3><table class=\"classes\">\n{}</table>{}"
        "</article>\n",
        field.told ? " class=\"told\"" : "", html(field.title), index, rows, left_out);
  }

  const QualityReport& report_;
  Locale locale_;
};

}  // namespace

std::string quality_page(const QualityReport& report, Locale locale) {
  const Page page(report, locale);
  const auto pick = [&](std::string_view zh, std::string_view en) {
    return std::string(page.pick(zh, en));
  };
  const std::string head =
      fmt::format("{}  {}{}  {} {}", html(page.pick(report.title)), html(report.coverage_name),
                  report.coverage, page.pick("截止", "as of"), report.as_of);
  const std::vector<Placeholder> values = {
      {"language", std::string(language_tag(locale))},
      {"style", std::string(quality_style())},
      {"style_hash", csp_hash(quality_style())},
      {"title", pick("数据质量", "Quality of a delivery")},
      {"name", html(report.name)},
      {"head", head},
      {"issue", page.issue()},
      {"findings_word", pick("需要注意的", "What to look at")},
      {"findings_hint", pick("界限由县配置的 quality 定", "limits: \"quality\" of the profile")},
      {"findings", page.findings()},
      {"figures", page.figures()},
      {"before", page.before()},
      {"fields_word", pick("逐个字段", "Field by field")},
      {"fields_hint", pick("填写率按导入的行计", "of the rows loaded")},
      {"fields", page.fields()},
      {"values", page.values()},
      {"places_word", pick("覆盖的乡镇", "Townships")},
      {"places_hint", page.places_hint()},
      {"places", page.places()},
      {"footer",
       pick("PSI（总体稳定性指数）= Σ (p − q) ln(p ÷ q)，p、q "
            "是上一批和这一批各取值的比例：不到 0.1 没有变化，0.25 起已不是同样的一批人；"
            "行数少时偶然也会有一些，超过偶然（千分之一）的才提示。填写率的变化用两比例 z "
            "检验，须既超过偶然（|z| ≥ 3.29）又超过界限。",
            "PSI (population stability index) = Σ (p − q) ln(p / q) over the shares of the values "
            "before and now: below 0.1 nothing has changed, from 0.25 on it is another population; "
            "only what exceeds chance (one in a thousand) is told. Filled shares are compared by "
            "the two-proportion z test and must exceed chance (|z| ≥ 3.29) and the limit.")}};
  return fill_template(quality_template(), values);
}

}  // namespace bidui::connectors::report
