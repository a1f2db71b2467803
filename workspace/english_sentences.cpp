#include "workspace/english_sentences.h"

#include <array>

namespace bidui::workspace {
namespace {

constexpr std::array kSentences = std::to_array<SentencePair>({
    // make_report_data.cpp, run_flags.cpp
    {"{}：部分未评估（{}）。", "{0}: evaluated in part ({1})."},
    {"没有{}（{}）的数据；已导入的 {} 是另一清单，这条规则只看 {}",
     "no delivery of {0} ({1}); {2} is another list, the rule looks at {3} alone"},
    {"没有{}（{}）的数据", "no delivery of {0} ({1})"},
    {"{}（{}）的数据已过 {} 天，太旧", "the delivery of {0} ({1}) is {2} days old, too old"},
    {"以下乡镇在建档立卡数据中没有一户，请核对数据是否完整：{}。",
     "These townships have no household in the poverty registry; check whether it is complete: "
     "{0}."},
    {"另有 {} 个疑点已由人工排除或销号，未列入（flags.csv 中仍有）。",
     "{0} more flags were dismissed or closed by people and are not listed (flags.csv has them)."},
    // report_sources.cpp
    {"{}：退回 {} 行，此处只列前 {} 行，其余见导入时的 rejects.csv。",
     "{0}: {1} rows rejected, the first {2} are listed here, the others in the import's "
     "rejects.csv."},
    {"{}：{} 行的编号缺失或损坏，{} 行的编号重复，改用内容编号（#）。",
     "{0}: {1} rows have no usable number, {2} repeat one; they are named by content (#)."},
    {"{}：比对模型未收敛，权重和误差估计仅供参考。",
     "{0}: the model did not converge; take its weights and error estimates as a hint only."},
    {"待复核链接中概率很高的，多因一人在一个来源只能对应一条记录、已有更强的关联而未采用，也可能是"
     "重复登记。",
     "Possible links of high probability mostly gave way to a stronger one, as a person has one "
     "record in a source; they may also be repeated registrations."},
    {"关联不是认定：L2、L1 级的关联须核对身份后再用；疑点只说明各来源的记载不一致。",
     "A link is no finding: confirm the identity before links of L2 and L1 are used. A flag says "
     "only that the sources disagree."},
    {"模型估计，权重按样本 {} 校准", "model's estimate, weights calibrated by sample {0}"},
    // report_errors.cpp
    {"由 {} 对人工复核的样本校准，方括号内为 95% 区间。",
     "Calibrated by a sample of {0} reviewed pairs; 95% intervals in brackets."},
    {"比对模型自身的估计，没有复核样本（bidui review sample 抽样复核后可校准）。",
     "The model's own estimate, without a reviewed sample (bidui review sample draws one)."},
    {"比对模型的估计，权重按样本 {}（比对 {}，{}复核，{} 个判断）校准；本次比对自身没有复核样本。",
     "The model's estimate, weights calibrated by sample {0} (run {1}, reviewed by {2}, {3} "
     "answers); no sample of this run was reviewed."},
    {"未经复核时，误链率、漏链率都是比对模型自身的期望，前提是“同一人”“亲属”“无关者”三类之内各字段"
     "是否一致互不影响。这不是区间：真值可能更高，也可能更低，在模拟县上与真值相差多少见 "
     "docs/errors.md。",
     "Without a review the rates are what the model itself expects, provided that fields agree "
     "independently within matches, relatives and strangers. That is no interval: the truth may "
     "be higher or lower; docs/errors.md tells how far it was off in generated counties."},
    {"“≤”后的数：即使模型无误，链接数这样少，偶然也可能到此数（一例未见时为 "
     "3÷链接数）；与户籍的漏链率另取模型按真实对总数推算的数，以大者为准，来源中本不在户籍之内的人"
     "会"
     "抬高它。真值也可能超过此数。",
     "The number behind ≤: with so few links chance alone may reach it even if the model is right "
     "(3 ÷ links where no error was seen). For missed links with the civil registry the model's "
     "own count of true pairs counts if it gives more; people who are not in that registry raise "
     "it. The truth may lie beyond it."},
    {"检索键漏掉的对数用捕获—再捕获法（Chao "
     "下限）估计：证号、姓名生日、地点三组键并不独立，难配的记录各组都难，因此是下限。",
     "Pairs that the keys missed are estimated by capture and recapture (Chao's lower bound): "
     "number, name with birth, and place are not independent, and what is hard for one is hard "
     "for all, so it is a lower bound."},
    {"分组：乡镇、年龄、民族按左方记录自身填写，没有填的取与之链接的户籍记录（未链接的，取该对的户"
     "籍记录）；姓名书写、证件号码总按左方记录自身。",
     "Groups: township, age and ethnicity as the left record has them, else as its civil record "
     "does (of the pair where it is not linked); writing of the name and ID number always as the "
     "left record has them."},
    {"经复核校准后，同一权重层内的错误按模型给出的比例分到各组，区间留出这一比例有偏（来源对之间可"
     "差一倍以上）和偶然起伏的余地；来源对另用自己那部分判断。",
     "After a review the errors of one band of weight are shared among the groups as the model "
     "says; intervals leave room for a bias of these shares (pairs of sources may differ twofold "
     "and more) and for chance; pairs of sources use their own answers besides."},
    {"信息不足：记录现有字段即使完全一致，权重也达不到链接阈值。误差往往先落在这些记录上。",
     "Too little information: even if all fields of the record agreed, the weight would not reach "
     "the threshold. Errors mostly fall on such records first."},
    // error_groups.cpp
    {"{} 岁", "{0} years"},
});

constexpr std::array kTerms = std::to_array<SentencePair>({
    // report_sources.cpp, report_errors.cpp, run_flags.cpp
    {"模型自身估计，未经复核", "model's own estimate, not reviewed"},
    {"由人工复核样本校准", "calibrated by a reviewed sample"},
    {"各来源之间、来源内重复", "among the sources, and repetitions within one"},
    {"县配置停用，已有的疑点保持原样", "switched off by the profile; its flags stay as they are"},
    // error_groups.cpp
    {"总体", "all"},
    {"全部", "all"},
    {"来源对", "pair of sources"},
    {"乡镇", "township"},
    {"年龄", "age"},
    {"民族", "ethnicity"},
    {"姓名书写", "writing of the name"},
    {"证件号码", "id number"},
    {"乡镇不明", "unknown"},
    {"年龄不明", "unknown"},
    {"民族不明", "unknown"},
    {"完好", "sound"},
    {"拼音或外文", "pinyin or foreign"},
    {"残缺（缺字、乱码、代称）", "damaged (missing characters, stand-in)"},
    {"无姓名", "no name"},
    {"有效", "valid"},
    {"无校验位", "without check digit"},
    {"无效或残缺", "invalid or damaged"},
    {"没有", "none"},
    // evidence_lines.cpp
    {"姓名", "name"},
    {"出生", "birth"},
    {"性别", "sex"},
    {"与户主关系", "relation"},
    {"电话", "phone"},
    {"户编号", "household no"},
    {"村", "village"},
    {"重复记录编号", "repeated record"},
    {"15 位号升位后相同", "the same once the 15 digits are 18"},
    // record_comparison.cpp
    {"异体字", "variant character"},
    {"曾用名或别名", "former or other name"},
    {"同音字", "homophone"},
    {"形近字", "look-alike"},
    {"方言近音", "alike in dialect"},
    {"一字不同", "one character differs"},
    {"同姓不同名", "surname alone is the same"},
    {"同名不同姓", "given name alone is the same"},
    {"姓名不同", "another name"},
    {"差一位", "one digit off"},
    {"漏一位", "one digit lost"},
    {"差两位", "two digits off"},
    {"地区码不同", "another region code"},
    {"号码被截断，余下各位相同", "cut, the other digits are the same"},
    {"出生日期段不同", "another birth date in the number"},
    {"两个有效号码，仅出生日期段相近", "two valid numbers, like in the birth date only"},
    {"顺序码不同", "another order code"},
    {"号码不同", "another number"},
    {"日期不同", "another date"},
    // id_state_words.cpp
    {"缺失", "missing"},
    {"校验码不符", "wrong check digit"},
    {"出生日期不成立", "impossible birth date"},
    {"地区码不存在", "no such region code"},
    {"末尾数字丢失（电子表格所致）", "last digits lost (by a spreadsheet)"},
    {"位数不对", "wrong number of digits"},
    {"其他证件或非号码", "another document, or no number"},
});

}  // namespace

std::span<const SentencePair> english_sentences() { return kSentences; }
std::span<const SentencePair> english_terms() { return kTerms; }

}  // namespace bidui::workspace
