"""The words by which a commitment is known, and those that say that none is meant; lower case, half width.

Found on the sentences of tests/domain/commitment_table.py; ours, no source lists them.
"""

import re

WORDS = re.compile(
    "保证|承诺|答应|一定|务必|确保|会(?![议所馆员计场])|将|预计|定于|拟于|就能|能[换修装到]|给您|为您|向您|帮您|替您|答复|回复|回电|联系您|通知您|告知您|告诉您|反馈|回访"
    "|上门|到场|到位|到达|就到|赶到|修好|修复|修完|维修|抢修|检修|解决|处理|办好|办理|办完|搞定|完成|落实|安排|更换|换好"
    "|换新|安装|装好|退款|退还|退到|赔付|赔偿|到账|打款|转账|寄|送到|送达|送上|发给|恢复|整改|清理|打扫|查看|检查|核实"
    "|查清|派|开工|动工|施工|进场|完工|竣工|有结果|出结果|出方案|给出|补[发送办]|开通|跟进|致电|打给您|打电话|验收|做完|弄好"
    "|[过再去]来|来[看测修装检]|去[清修看装测]|换上|准到|给结果|供[暖水电]|负责|抽[干水]|回话|去电|接[通好]|入住|退回|有人(?!值)|排查|返工|入户|登门|复检|出具|封堵|给我们?|亲自|[可即]到|回音|通行|合龙|拆除|清洗|疏通|调试|补偿|送货|施工|答疑"
    r"|\b(?:will|shall|going to|guaranteed?|promise|commit|committed|assure|(?:aim|expect|plan|intend) to"
    r"|scheduled|(?:is|are) (?:due|arriving|coming)|comes|arrives|visits|on (?:his|her|their|our) way|my word"
    r"|be (?:with you|there|done|fixed|repaired)|to be completed|expect a call|count on|give (?:us|me))\b"
    r"|\b(?:i|we|he|she|they|you|it)['’]ll\b|\b(?:i['’]m|(?:we|they)['’]re|s?he['’]s) \w+ing\b"
    r"|\b(?:are|am|is) (?:send|com|arriv|order|fix|repair|replac|call|return|visit|bring|book)\w*ing\b"
    r"|\b(?:gets|get|is|are) (?:\w+ed|done) (?:on|by|before|within|in|tomorrow|today)\b"
    r"|\b(?:delivers?|sends?|repairs?|back to you|call(?:s|ing)? you|you back|settled|by tonight|should be)\b"
    # whoever speaks of themselves and of a time to come, or of a last moment, has said enough
    r"|(?<![给向到按帮替对与和])我们?(?!的|国|市)|师傅|工程师|[之以]前(?!天)|最[晚迟]|交钥匙"
    r"|\b(?:we|i|our (?!records)|my|the (?:carpenter|plumber|electrician|technician|engineer|guard|team))\b"
)
# The whole sentence says nothing that holds: a question, a condition, what somebody else asked for.
ASKS = re.compile(
    r"[?]\s*$|[吗呢么]\s*[。!,]?\s*$|是否|什么时候|何时|哪天|几点|能不能|可不可以|要不要"
    r"|^\s*(?:when|what|will|can|could|shall|should|would|do|does|is|are)\b(?: \w+)?"
    r" (?:you|we|i|it|he|she|they)\b"
)
IF = re.compile(
    r"如果|假如|倘若|假设|要是|若(?!干)|一旦|只要|除非|的话|视.{0,8}而定"
    r"|\b(?:if|unless|provided|as long as|in case|once|assuming|depending on|subject to"
    r"|but (?:i|we) can(?:not|['’]t))\b"
)
ASKED_FOR = re.compile(
    "(?<![按应照])(?:客户|业主|住户|您|他|她|对方|租户|开发商)(?:们)?(?:昨天|之前|曾|此前|当时|刚才)?(?:也|都|又|还)?"
    "(?:说|要求|希望|反映|表示|提出|投诉|称|提到|同意|想|期望|打算|会在|准备)"
    r"|\b(?:you|the (?:customer|owner|tenant|caller)|customer|he|she|they) "
    r"(?:said|asked|want|wants|wanted|requested|demand|demands|demanded|hoped?|expected|complained|told|wrote)\b"
)
# A clause in which nothing is promised, whatever its words are.
NOT = re.compile(
    "不能保证|无法|没法|不保证|不承诺|不能承诺|不会|没有?办法|没有?(?:兑现|做到)|不可能|做不到|不一定|来不及|不能在|难以|每[天日周月年]|天天|平时|报修过|反映过|来过|打过"
    "|营业|上班时间|工作时间|办公时间|服务时间|保修|质保|有效期|保质期|原定|本来|原本|本应|过期|逾期|停[水电气暖]|放假|商量|开庭"
    "|没有?(?:修|解决|处理|人|答复|联系|回|来)"
    r"|\b(?:not|never|cannot|can['’]?t|won['’]?t|unable|no longer|nobody|nothing|closed|every|each|daily"
    r"|weekdays|warranty|(?:opening|office) hours|was|were|had|would have|supposed to|should have)\b"
)
PLEASE = re.compile(
    r"请(?!放心|您放心|相信|您相信|您?稍等|您?耐心|您?稍候)|麻烦您|烦请|劳烦|需要?您|您需要?|您[要应得]|您可以?"
    r"|\bplease (?!be assured|rest assured|bear)"
    r"|\byou(?: will|['’]ll)? (?:need|have to|must|should|can|may|could)\b"
    r"|\byou(?: will|['’]ll) (?!receive|get|hear|have|see|be)"
)
WE = re.compile(
    r"(?<![给向到按帮替])我们?(?!的)|我司|我处|本人|师傅|工程师|维修工|工作人员|物业(?!费)|\b(?:we|i|our|i['’]ll|we['’]ll)\b"
)
DONE = re.compile(
    "已经?(?!安排|约|预约|联系|通知|派|请|定|协调|要求|为您预约|为您安排|给您约|帮您约)|(?:[好完复决新到过清]|处理|安排|维修)了"
    "|昨[天日晚]|(?<!之)前[天日]|上周|上个?月|刚才|刚刚|(?:^|您|我们)之前|此前"
    r"|\b(?:already|yesterday|last (?:week|month|night|mon|tue|wed|thu|fri|sat|sun)\w*|ago|ha(?:s|ve) been)\b"
    r"|\b(?:we|i|they|he|she)(?: have| has|['’]ve|['’]s)? "
    r"(?!(?:need|proceed|scheduled|arranged|booked|ordered)\b)(?:\w+ed|got|saw|sent|came|took|met|spoke)\b"
)
