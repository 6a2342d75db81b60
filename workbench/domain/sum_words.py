"""The words by which a sum for the customer is known, and those that say that none is offered.

Lower case, half width. Ours, no source lists them; the sentences of tests/domain/sum_table.py.
"""

from workbench.domain.regexes import later

_ZH = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
_EN_NUMBER = (
    r"(?:(?:a|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|fifty)"
    r"(?: hundred| thousand)+|[0-9][0-9,]*(?:\.[0-9]+)?(?: ?(?:k|hundred|thousand|million))?)"
)
_YUAN = "(?:元|圆|块钱|块(?![儿头状形地砖瓷玻板木石牌墙区]))"
# What is said of money with its unit, or of a great number without one.
PLAIN = later(
    rf"(?:人民币|rmb|cny|[¥$]) ?(?P<sign>[0-9][0-9,]*(?:\.[0-9]+)?(?:[万千百k])?|[{_ZH}]+)(?:{_YUAN})?"
    rf"|(?P<digits>[0-9][0-9,]*(?:\.[0-9]+)?) ?(?P<tens>[万千百])?(?:多|余|来)?(?:{_YUAN})"
    r"|(?P<great>[0-9]+(?:\.[0-9]+)?万)(?![方亩平户人次步套米公里字个家多元年])"
    rf"|(?P<zh>[{_ZH}几数半]+)(?:多|余|来)?(?:{_YUAN})"
    rf"|\b(?P<en>{_EN_NUMBER}) ?(?:yuan|rmb|cny|kuai|dollars)\b"
)
# Whatever names a sum, by any of the patterns here, has one of these.
MAY_NAME = later(f"[0-9a-z{_ZH}几数半双加翻倍免赠送抵收折赔退返卡券包%]")
# A number alone is money where it stands behind a word of giving: "赔您五千吧", "pay you 3k".
BARE = later(
    "(?:(?:赔偿?|补偿?|退|返|出|给|付)(?:[您你他她]|业主|客户|到)*|给[您你](?:转|汇)|(?:赔偿|补偿|慰问)[金款][为是共:]?)"
    rf"(?P<bare>(?!123(?:45|15|28|29)(?![0-9]))[0-9]{{3,8}}(?![0-9])(?:\.[0-9]+)?|[0-9{_ZH}]*[百千万仟佰][一二三四五六七八九]?)"
    r"(?=$|[\s,。!?;、]|[吧啊呢了作当给怎行可整]|的?赔|的?补)"
    r"|\b(?:pay|give|refund|send|transfer|compensate|credit|reimburse|offer|get|receive)(?: you)?(?: back)? "
    r"(?P<en_bare>[0-9][0-9,]*(?:\.[0-9]+)?k\b|[1-9][0-9]{2,6}\b|[1-9][0-9]?,[0-9]{3}\b"
    rf"|{_EN_NUMBER}\b)"
    r"(?= ?(?:$|[.,;!?](?![0-9])|(?:to your|into your|back|by (?!mail|post)\w+|today)\b"
    r"|(?:tomorrow|now|in total)\b))"
)
# What is given by another measure than money: times over, years free of a fee, a share, the whole.
FEE = (
    "(?:物业|停车|车位|管理|服务|维修|取暖|采暖|供暖|水电|水|电|宽带|卫生|中介|佣金|租|房租|租赁|清洁|手续)?(?:管理)?费用?"
    "|租金|房租|佣金|中介费|滞纳金|违约金|尾款|车位"
)
HELD = "押金|定金|订金|保证金|佣金|中介费|租金|房租|房款|诚意金"  # what we hold of the customer's money
EN_HELD = "deposits?|rent|commission|down payment|fees?|money"
EN_GIVER = (
    r"(?:i|we|we will|i will|(?:i|we)['’]ll|(?:we|i|the company) (?:will|can|shall)|let (?:me|us)|going to)"
)
EN_FEE = r"(?:fees?|charges?|rent|rental|commission|parking|deposit|dues|instal?ments?|invoices?|bills?)"
OTHER = later(
    "[一两双二三四五六七八九十加翻2-9]倍(?![速率])"
    f"|(?:减?免(?!费|责|疫|得|不了|税)|赠送?|送您?|抵扣?|不收)[^,。!?;]{{0,10}}(?:{FEE})"
    f"|(?:{FEE})[^,。!?;]{{0,8}}(?:全免|减免|免[掉了除收去]|(?:就|都|给您?)免|不收了?)"
    "|(?:赠送?|送您?|给您?)[^,。!?;]{0,6}(?:礼品卡|购物卡|购物券|代金券|优惠券|现金券|红包|月卡|年卡|礼券)"
    "|(?:百分之[一二三四五六七八九十]+|[0-9]+(?:\\.[0-9]+)?%)[^,。!?;]{0,6}(?:补偿|赔偿|赔付|退还|退款|减免|优惠)"
    "|(?:补偿|赔偿?|赔付|退还?|减免|优惠)[^,。!?;]{0,8}(?:百分之[一二三四五六七八九十]+|[0-9]+(?:\\.[0-9]+)?%)"
    "|(?<![0-9一二三四五六七八九十骨挫曲打])(?:打)?[1-9一二三四五六七八九](?:\\.[0-9]|[五])?折(?![叠腾断旧])"
    "|(?:全额|全款|全部|如数|原价|照价)(?:[给为]您)?(?:赔|退(?!出|回来|休)|返还|减免)"
    f"|(?:退还?|返还)(?:给?[您你])?的?(?:全部|全额|所有)的?(?:{HELD}|费用)?|退还?给?[您你]的?(?:{HELD})"
    f"|(?:{HELD})(?:[会都将]|可以|全部|全额)*(?:退还?|返还)给?[您你]"
    r"|\b(?:double|twice|triple|treble|threefold|twofold|three times|(?:two|three|four|five|ten)fold)\b"
    rf"|\b(?:waiv(?:e|ing)|writ(?:e|ing) off|drop|cancel|forgo)\b[^.!?;]{{0,30}}\b{EN_FEE}\b"
    rf"|\b{EN_FEE}\b[^.!?;,]{{0,20}}\b(?:waived|written off|on us|on the house|free of charge|for free)"
    r"|\b(?:(?:months?|years?)[’']?s?|(?:a|one|this|next) (?:month|year|quarter))(?: of)?"
    rf" (?:free(?= {EN_FEE}|[\s.,;!?]*$)|{EN_FEE}[^.!?;]{{0,12}}(?:free|waived))"
    rf"|\bfree (?:{EN_FEE})|\b(?:rent|fee|commission)-free\b"
    r"|\b[0-9]+(?:\.[0-9]+)?(?:%| percent| per cent) (?:off|discount|back|refund|rebate)"
    r"|\b(?:discount|refund|rebate|reduction) of [0-9]+(?:\.[0-9]+)?(?:%| percent| per cent)"
    r"|\b(?:full|complete) (?:refund|reimbursement|compensation)\b"
    r"|\b(?:refund|reimburse|compensate|repay)\b[^.!?;]{0,30}"
    r"\b(?:in full|everything|the (?:full|whole|entire))\b"
    rf"|\b(?:{EN_GIVER}) (?:gladly |happily )?(?:refund|repay|pay back|give back|return|reimburse) (?:you )?"
    rf"(?:your|the|all) (?:[a-z]+ )?(?:{EN_HELD})\b|\b(?:{EN_HELD}) (?:will|shall|can) be (?:fully )?"
    r"(?:refunded|returned|repaid|paid back|reimbursed)\b"
    r"|\b(?:voucher|gift card|cash gift|goodwill payment)s?\b"
)
# Who gives. A sum without a word of giving in its sentence is a price, a bill, a fact.
GIVES = later(
    "赔|补偿|补贴|补助|补[给您你差上足回发]|退(?!休|房时|役|出|回来)|返[还给您你]|减免|免(?!费|责|疫|得|不了|税|打扰)|抵扣?|让利|优惠"
    "|[给付打转][给您你到]|给[您你](?:转|汇)|(?:[今明后][天日早晚]|[0-9一二三四五六日天月年周](?:[内前号日底])?|[内前会将就])到[账帐](?![后时]|之后|的|通知|短信)|(?:赔偿|补偿|慰问)[金款]"
    "|(?<![首预应需交月代已未待支您你主户人客])付(?=[¥0-9零一二两三四五六七八九十几])|支付|承担|报销|[赠送]|奖励|慰问|红包|同意|答应|认了?这|拿出|掏|垫付|补上"
    "|(?:公司|我们?|我司|物业|开发商|这边|店里)(?:可以|愿意?|来|先|就|再)*(?:出|给|付|拿|认)|您看[行可怎合]|[行可成]吗|怎么样|如何[?。]|算我们的"
    r"|\b(?:refund|pay(?:ing)?|be paid|compensat\w+|credit(?:ed)?|reimburs\w+|repay|waiv(?:e|ed|ing)"
    r"|rebate|discount|(?:giv|offer|send|transfer|grant|return|tak|knock|put|deduct|award)(?:e|ing|s|ed|ting)?"
    r"|write off|written off|writing off|cover(?:s|ed|ing)?|agree to|agreed to|settle (?:for|at)"
    r"|you(?:['’]ll| will| shall|['’]re going to| are going to) (?:get|receive)"
    r"(?! (?:the|an?) (?:invoice|bill|receipt))"
    r"|refunded|returned|repaid|paid back"
    r"|make (?:it|that|this) (?:up|good)|let you off|on us|on the house|free|yours|how about|would you accept"
    r"|drop|cancel|forgo|voucher|gift)\b"
)
# A text that is nothing but a sum answers a question about money.
ALONE = later(rf"\s*(?:人民币|rmb|cny|[¥$]) ?[0-9{_ZH},.]+(?:{_YUAN})?整?[\s。.!]*")
# In the clause of the sum: it is not given.
NOT = later(
    "不能|无法|没法|没有?办法|不予|不会(?!少|亏|低)|不同意|不可能|不支持|不承担|[不没]赔|不退|不给|没有?权限|无权|拒绝|驳回|不是|未必|不一定|不答应|不接受|并未|没有(?:答应|承诺|同意)"
    r"|\b(?:not|no|never|cannot|(?:ca|wo|do|did|does|is)n['’]?t|can['’]?t|unable|without|neither|nor)\b"
)
NOT_ONLY = later(r"\bnot only\b|\bno (?:questions|problem|doubt|later|more than|strings)\b|不但|不仅|没问题")
# In the clause of the sum: the customer has it already, and hears of it; beside MORE a further one is meant.
WAS_PAID = later(
    "已(?:经|于[^,。!?;]{0,8})?(?:全部|全额|如数)?(?:给您|向您|为您)?(?:支?付|到[账帐]|转|退|打(?!算)|汇|赔|补偿|发放)"
    r"|\b(?:has|have|had|was|were|['’]ve)(?: now| just| already)?(?: been)?"
    r" (?:paid|transferred|refunded|reimbursed|credited|sent|wired)\b"
    r"|\balready (?:been )?(?:paid|transferred|refunded|reimbursed|credited|sent|wired)\b"
    r"|\b(?:i|we) (?:paid|transferred|refunded|sent|wired)\b"
)
MORE = later(r"再|另|追加|加[赔补付]|\b(?:more|another|additional|further|again|on top)\b")
ASKED_FOR = later(
    "(?:您|你|客户|业主|住户|对方|他|她|租户)(?:们)?(?:家)?(?:昨天|之前|曾|此前|当时|刚才|这次|那边)?(?:也|都|又|还|所|是)?"
    "(?:说|要求|要(?!是|不)|希望|提出|提的|主张|索赔|索要|想要|期望|诉求|申请|反映|报的|算的)"
    "|诉求|索赔|(?:赔偿|补偿|退款)(?:的)?(?:要求|请求|申请|主张)"
    r"|\b(?:your|the customer['’]?s?|his|her|their|the) (?:request|claim|demand|application|wish)\b"
    r"|\byou(?:['’](?:d|ve))? (?:(?:ask|want|claim|request|demand)(?:ed)?|said|would like)\b"
    r"|\b(?:customer|owner|tenant|he|she|they) (?:ask|want|claim|demand|request)(?:s|ed)?\b"
)
WE_AGREE = later(
    "(?:我们?|我司|公司|物业|这边)(?:可以|同意|愿意?|会|都|全|就|照)*(?:同意|答应|认|赔|补|退|给|出|接受|满足|照)|照数|如数|照办"
    r"|\b(?:i|we)(?:['’]ll| will| can| shall| would)? (?:happily |gladly )?"
    r"(?:agree|accept|pay|grant|meet|refund|give)\b"
)
# What the customer pays, has paid, or is charged; in its own clause, beside it no gift is made.
PAYS = later(
    "(?:您|你|业主|客户|住户)(?:还|只|自己|本人|这边|那边)*(?:需要?|要|应|得|须|可以|先)[^,。!?;]{0,5}(?:支付|付|交|缴|承担|出|补|转)"
    "|请(?:您|你)?(?:先|尽快|按时|于|在)?[^,。!?;]{0,8}(?:支付|付|交|缴|转|补)|应[交付缴收]|缴[纳费清存]|欠[费缴交]|收[费取您]|代收"
    "|(?:费|价|价格|单价|总价|标准|金额|押金|定金|房款|合同价|报价|成本)(?:是|为|共|合计|总计|:)|每平|/平|每月收|起征|封顶|额度|上限|注册资本|投资|预算|预计|经费|投入|标准|最高|核算|征收"
    "|(?:您|你|业主|住户|租客)们?[^,。!?;您给]{0,8}[前内号日]付|付[^,。!?;您]{1,8}(?:办理?|即可|就[行可])"
    "|您(?:已经?|上次|之前)?(?:交|缴|付)(?:了|过|的|清)"
    r"|\byou(?:['’]ll| will)? (?:need|have|must|should|still|are required|are asked|owe|ought|may|can)\b"
    r"[^.!?;]{0,20}\b(?:pay|owe|transfer|settle)"
    r"|\bplease (?:pay|transfer|settle|send|bring)\b|\byou (?:paid|owe|pay)\b"
    rf"|\b(?:{EN_FEE}|price|cost|rate|limit|total|quote|estimate)"
    r" (?:is|are|was|were|comes?|came|amounts?|will be|of)\b"
)
# In its sentence: what is paid in parts by a contract; it is the customer's, unless we are said to give.
CONTRACT = later(
    "预付|首付|首期|[一二三]期款|尾款|余款|定金|订金|进度款|货款|工程款|合同(?:约定|规定|写明)|先付[^,。!?;]{1,12}[,，][^。!?;]{0,8}付"
    r"|\b(?:down payment|the balance|balance of|instal?ments?|in advance|[0-9]+ yuan down"
    r"|(?:on|upon|after) (?:completion|delivery|acceptance))\b"
)
_GIVEN = "给[您你]|[付赔补退还转打返送][您你]|[您你](?:不用|无需|不必|不需)"
OURS = later(
    f"我(?:们|司|先|来|再|会|可以|付|出|给|替|帮|这边)|公司|物业|开发商|赔|补[偿贴助给您]|退|返还|免|减|优惠|折|抵|承担|报销|{_GIVEN}"
    r"|\b(?:we|i|us|our|refund\w*|waiv\w+|compensat\w+|credit\w*|reimburs\w+|rebate|discount|return(?:ed)?"
    r"|paid back|free|(?:pay|give|transfer|send|refund) you|to you)\b"
)
# In its clause: the customer is asked to pay somebody else.
THEIRS = later(
    "(?:请|麻烦|劳烦)(?:[您你]|业主|住户|客户)?(?:先|尽快|务必)?[把将][^,。!?;]{1,20}(?:付|赔|转|交|补|退)(?:付|偿)?[给至到]"
    "|(?:[您你]|业主|住户|客户)(?:还|也|只|就)?(?:需要?|应该?|应当|得|须|必须)(?:先)?(?:[把将][^,。!?;]{1,20}(?:付|赔|转|交|补)|赔|补偿)"
    "|[把将][^,。!?;]{1,20}(?:付|赔|转|交|补)(?:付|偿)?给(?:楼[上下]|邻居|师傅|对方|隔壁)"
    r"|\bplease (?:pay|transfer|give|settle|hand)\b|\byou (?:should|must|have to|need to|ought to|are to)"
    r" (?:pay|give|compensate|refund|transfer|settle|hand)\b"
)
OURS_ALONE = later(rf"我们?|我司|公司|物业(?!费)|开发商|由我|{_GIVEN}|\b(?:we|i|us)\b")
