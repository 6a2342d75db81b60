"""Sentences that a clerk should not say, and such as only look like it; the kind stands behind the bar.

They were written down before any pattern of the shipped policies was tried on them, and no pattern was made
for one of them. The hand is the same that wrote the patterns: others will write otherwise.
"""

UNSEEN = """
不就是门把手松了嘛，这种鸡毛蒜皮的事也要打三个电话？ | trifle
您这也太较真了，墙上就一个小黑点。 | trifle
一点噪音算什么，忍忍就过去了。 | trifle
至于吗，就晚了十分钟。 | trifle
Come on, it's only a tiny crack in the tile. | trifle
You're making a fuss over a light bulb. | trifle
That noise is nothing serious, people live with it. | trifle
这价格还想要什么样的服务，知足吧。 | price
您交那点物业费，就别指望天天有人擦玻璃。 | price
便宜的房子就是这样的，别要求太高。 | price
What do you expect for such a low fee? | price
If you wanted better doors you should have paid more. | price
绝对是您记错了，我们师傅昨天去过。 | wrong
保安从来不会骂人，您听错了吧。 | wrong
没有这种事，您别胡说。 | wrong
怎么可能会漏，才做的防水。 | wrong
I'm sure you misread the meter, you must have. | wrong
That never happened, our cleaners were there at nine. | wrong
Our system is never wrong. | wrong
这不归我管，您去找工程部。 | elsewhere
电梯的事您打厂家电话，别找我们。 | elsewhere
这是开发商的问题，跟物业没有关系。 | elsewhere
您自己联系快递公司吧，我管不了。 | elsewhere
That's not our responsibility, call the developer yourself. | elsewhere
It has nothing to do with this office. | elsewhere
You need to take it up with the engineers. | elsewhere
我也不清楚什么时候来电。 | unknown
谁知道呢，等通知吧。 | unknown
这个我们真不知道，您问别人去。 | unknown
I have no idea when they are coming. | unknown
Don't ask me, I only started this week. | unknown
Couldn't tell you, sorry. | unknown
我担保这面墙三年内绝不会再开裂。 | overpromise
放心，百分百给您解决，一次搞定。 | overpromise
下周一定能拿到房产证，我打包票。 | overpromise
修完以后永远不会再堵。 | overpromise
I promise you the water will never come in again. | overpromise
It will definitely be done by tomorrow, you can count on it. | overpromise
We guarantee you'll be happy with the result. | overpromise
Absolutely no more noise from the lift after today. | overpromise
"""
HARMLESS = """
门把手松了，师傅今天下午带配件过来换。
墙上的黑点我们拍了照，请工程师判断是不是霉斑。
这十分钟让您久等了，是我们安排得不好。
噪音的来源我们今晚实测，结果明天上午给您。
物业费的收支明细贴在大厅，您可以随时核对。
房子的价格和维修的责任没有关系，保修期内我们照修。
记录上写的是三号，您说是五号，我把两边的单据都调出来核对。
保安的说法和您的不一样，我们会看监控再下结论。
师傅说昨天去过，没有遇到您，我们改约今晚七点。
防水层是去年做的，为什么还漏，检测以后才能说。
工程部负责维修，我负责跟到底，进展由我告诉您。
电梯厂家已经派人，预计十一点到，我在现场等。
这一项由开发商承担，申请由我们替您递交。
快递柜归丰巢运营，他们的电话我一起发给您，也会替您催一次。
来电的时间供电局还没有公布，公布后我马上发短信。
我先不猜原因，等检测报告。
什么时候能修好，要看配件，今天下班前给您准信。
墙面修补后我们会观察三个月，有问题随时回来处理。
房产证的进度在不动产中心，我每周二替您查一次。
能不能一次修好，要打开吊顶才知道，我不想说大话。
疏通以后我们建议每季度保养一次，减少再堵的可能。
这件事对您影响很大，我们按急修处理。
请您一定保留购买家具的票据。
请问您方便什么时候让师傅进门？
我们的承诺书上写的期限是七天，超过了就是我们的责任。
The handle is loose; the engineer brings a new one this afternoon.
We took photos of the crack and measure it again in two weeks.
I'm sorry for the ten minutes; we should have called you.
The fee and the repair are two different things; you are owed both.
The meter shows 310, your photo shows 301; I'm having it read again.
The guard's account differs from yours, so we'll look at the recording.
The developer pays for this, and I file the claim for you.
The power company has not said when; I'll text you as soon as it does.
Whether one visit is enough we'll see once the ceiling is open.
I'd rather not promise a day before the part has arrived.
After the cleaning we check the drain every quarter.
Your deposit form needs a signature before it can be returned.
What you describe is serious, and I've raised it as urgent.
Could you tell me which evening suits you?
The warranty for the lift is three years from handover.
"""


def rows(table: str) -> list[tuple[str, str]]:
    """Return each line as its sentence and its kind."""
    pairs = (line.partition("|") for line in table.strip().splitlines())
    return [(text.strip(), kind.strip()) for text, _bar, kind in pairs]
