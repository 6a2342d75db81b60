"""Sentences that commit us to something by a time, and sentences that do not, as handlers write them.

Said at noon of Saturday 2026-11-21 in Shanghai. The words were found on the first four tables; the two of
unseen sentences were written afterwards, and nothing was changed for them.
"""

COMMITS = """
明天下午三点前给您答复 | 2026-11-22 15:00
三天内修好 | 2026-11-24
我们24小时内给您回电 | 2026-11-22 12:00
周五之前回复您 | 2026-11-27
月底前完成整改 | 2026-11-30
保证明天修好 | 2026-11-22
师傅今天下午4点到5点上门 | 2026-11-21 17:00
您好，我们已联系厂家，后天上午给您更换新窗。 | 2026-11-23 12:00
请放心，三天内，一定给您修好 | 2026-11-24
已安排维修工明天上午九点上门查看 | 2026-11-22 09:00
半小时内师傅就到 | 2026-11-21 12:30
两个小时之内到场 | 2026-11-21 14:00
最迟下周三解决漏水问题 | 2026-11-25
我会在12月3日前把处理方案发给您 | 2026-12-03
退款将在七个工作日内到账 | 2026-12-01
一周内给您一个满意的答复 | 2026-11-28
本周内一定处理完 | 2026-11-22
下周内完成外墙维修 | 2026-11-29
今晚八点前恢复供水 | 2026-11-21 20:00
我们承诺：十五天内完成渗漏整改。 | 2026-12-06
关于电梯异响，工程部将于11月25日进场检修 | 2026-11-25
11-25 15:00 前给您反馈结果 | 2026-11-25 15:00
这个月底之前退还您的押金 | 2026-11-30
年底前完成小区道路的整改 | 2026-12-31
我们争取周日下午把墙面恢复 | 2026-11-22 18:00
稍后会有工程师联系您，最晚明天中午十二点前 | 2026-11-22 12:00
一个月内给您办好产权证 | 2026-12-21
48小时给您答复 | 2026-11-23 12:00
明早九点半有师傅上门 | 2026-11-22 09:30
明天会给您打电话 | 2026-11-22
星期二之前把赔偿款打到您卡上，打款后通知您 | 2026-11-24
经与施工单位协商，3日内派人修补 | 2026-11-24
两三天内给出检测结果 | 2026-11-24
请您放心，今天下班前一定回复 | 2026-11-21 18:00
我们这几天就给您处理 |
We will call you back by Friday 5pm. | 2026-11-27 17:00
We'll fix it within 24 hours. | 2026-11-22 12:00
Someone will come tomorrow | 2026-11-22
It will be done by 3 December | 2026-12-03
I promise that the window will be replaced by next Wednesday. | 2026-11-25
The plumber arrives tomorrow at 9:30 am. | 2026-11-22 09:30
You will receive the refund within 7 working days. | 2026-12-01
Our engineer will be with you this afternoon. | 2026-11-21 18:00
We guarantee a repair by the end of the month. | 2026-11-30
I'll call you back in half an hour. | 2026-11-21 12:30
We are going to repaint the wall on Monday. | 2026-11-23
The lift is scheduled to be repaired on December 1st. | 2026-12-01
The money shall be in your account within three days. | 2026-11-24
Sorry for the trouble; we'll send someone at 6 pm today. | 2026-11-21 18:00
We expect to finish by noon on Tuesday. | 2026-11-24 12:00
You'll hear from us before 10:00 tomorrow. | 2026-11-22 10:00
We aim to close this by end of this week. | 2026-11-22
A technician is coming on Sunday morning. | 2026-11-22 12:00
I will get back to you in two weeks. | 2026-12-05
The report will reach you no later than 2026-12-05. | 2026-12-05
Back office will answer within an hour. | 2026-11-21 13:00
We will replace it on the 5th of December, at 10 am. | 2026-12-05 10:00
I assure you it will be clean again tonight. | 2026-11-21
We'll do it in the next few days. |
They will deliver the new door the day after tomorrow. | 2026-11-23
My manager will phone you at 4 o'clock. | 2026-11-21 16:00
We shall pay 5,000 yuan by 30 November. | 2026-11-30
"""

SEVERAL = """
周三上午来看周五前修好 | 2026-11-25 12:00, 2026-11-27
预计后天到货，大后天给您换好 | 2026-11-23, 2026-11-24
11月25日上门查勘、11月27日出方案、12月1日开工 | 2026-11-25, 2026-11-27, 2026-12-01
两天内答复您并于周五前修好 | 2026-11-23, 2026-11-27
明天下午三点前回电；周五前修好。 | 2026-11-22 15:00, 2026-11-27
We'll come on Wednesday and finish by Friday. | 2026-11-25, 2026-11-27
We will inspect tomorrow at 9, send you the plan on Tuesday and repair by Friday 5pm. | 2026-11-22 09:00, 2026-11-24, 2026-11-27 17:00
师傅周三到周五之间上门 | 2026-11-27
师傅周三或周四上门 | 2026-11-26
明天9点到11点上门 | 2026-11-22 11:00
12月3日至5日为您安装 | 2026-12-05
下周三收到报告后周五前答复您 | 2026-11-27
We'll answer by Monday or Tuesday | 2026-11-24
"""

DOES_NOT = """
昨天已修好
您明天有空吗？
您看明天下午三点方便吗
您要求明天修好，我们记录了
客户说“明天必须修好”
如果配件到货，明天上门安装
要是明天不下雨，我们就来施工
无法保证三天内修好
我们不能承诺周五之前解决
上周三师傅已经上门维修
请您明天上午在家等候
请于三天内提供购房合同
麻烦您周五之前把照片发给我们
我们每天九点到六点有人值班，会及时处理
保修期为两年，从交房之日算起
三天前您反映的问题已处理
师傅今天上午已经到场查看
我们会尽快给您答复
一定会认真处理您的投诉
感谢您的理解与支持
业主希望周五前解决漏水问题
您之前说明天来，我们一直在等
漏水已经三天了，非常抱歉
11月20日我们已更换密封条
抱歉，明天来不及上门
您什么时候在家？我们好安排师傅上门
物业费请在月底前缴纳
您反映周五会停水，我们已核实不会停水
原定今天上门，现改期，时间另行通知
视天气情况而定，可能下周施工
客服热线工作时间为9:00-18:00
周末不上班，给您带来不便请谅解
师傅刚刚修好了，请您查看
您的房屋2025年3月1日交付，已过保修期
3号楼2单元的电梯已恢复运行
投诉编号A261121-0001，请记好
您说三天没人联系您，我们会批评当事人
押金5000元已退还
本次维修用了两个小时
昨晚八点恢复供电
It was fixed yesterday.
Are you at home tomorrow?
Will you be there by 5 pm?
You asked us to call you by Friday.
If the part arrives, we will come on Monday.
We cannot promise a repair by Friday.
We will not be able to come tomorrow.
Please send us the photos by Friday.
You will need to be at home on Monday.
Our office hours are 9:00 to 18:00 every day.
The technician was there on Monday.
The customer said "you will fix it tomorrow".
We will look into it as soon as possible.
Thank you for your patience over the last two weeks.
We received your letter of 3 November.
The warranty ended on 1 May 2025.
He has already been there today.
I am sorry that nobody came on Monday.
What time will you be at home tomorrow?
The owner wants it done within 24 hours.
We won't charge you for the visit tomorrow.
Unless it rains, we will paint on Tuesday.
We have repaired it within 2 hours.
The visit was scheduled for Friday.
May I ask for your number?
"""

HARDER_COMMITS = """
工程师周一上午过来给您看 | 2026-11-23 12:00
您的问题我们三个工作日内答复 | 2026-11-25
十分钟后给您回电话 | 2026-11-21 12:10
本月25号前全部换新 | 2026-11-25
我已约好厂家下周二来测漏 | 2026-11-24
今天之内把水抽干 | 2026-11-21
保洁明天一早就去清扫 | 2026-11-22
我们最多两天就能修好 | 2026-11-23
赔偿款预计12月10日到账 | 2026-12-10
明天给您一个说法 | 2026-11-22
天亮之前恢复供暖 | 2026-11-22
晚上七点再给您去电 | 2026-11-21 19:00
这件事我负责到底，后天下午给结果 | 2026-11-23 18:00
配件周四到，周五换上 | 2026-11-27
1小时内赶到现场 | 2026-11-21 13:00
下个月10号之前给您装好 | 2026-12-10
确保您春节前入住 |
您放心，明儿上午准到 | 2026-11-22 12:00
We'll have someone round first thing tomorrow. | 2026-11-22
Expect a call from me before 3 pm. | 2026-11-21 15:00
The leak will be sealed by Thursday evening. | 2026-11-26
Your refund is due on 1 December. | 2026-12-01
I'm sending a plumber within the hour. | 2026-11-21 13:00
You have my word: Monday, 10 am. | 2026-11-23 10:00
We plan to finish on Wednesday at 17:30. | 2026-11-25 17:30
Give us three days and it is done. | 2026-11-24
It'll take two weeks at most. | 2026-12-05
The team starts on 2 December and we will keep you informed. | 2026-12-02
I will write to you next week. | 2026-11-29
Give me until tomorrow noon. | 2026-11-22 12:00
王女士您好，您家卫生间渗水一事，我们定于下周一上午十点入户排查。 | 2026-11-23 10:00
客服中心将于48小时内书面答复您。 | 2026-11-23 12:00
门锁今天下午就能换。 | 2026-11-21 18:00
差价部分预计5个工作日退回原支付账户。 | 2026-11-27
我这边记下了，回头四点给您个电话。 | 2026-11-21 16:00
项目经理周二会亲自登门致歉。 | 2026-11-24
本月30日前更换全部破损地砖。 | 2026-11-30
先给您做临时封堵，后天再彻底返工。 | 2026-11-23
给我们一周时间，保证不再漏。 | 2026-11-28
噪音问题今晚十点以后不会再有。 | 2026-11-21 22:00
您的诉求已转工程部，最晚明天下班前有人与您联系。 | 2026-11-22 18:00
我们会在2026年12月15日之前完成复检并出具报告。 | 2026-12-15
We have scheduled the electrician for Monday at 2 pm. | 2026-11-23 14:00
A new key card will be ready at the front desk by 6 this evening. | 2026-11-21 18:00
You can count on us to have the heating back within six hours. | 2026-11-21 18:00
Our site manager will visit you on Tuesday, 24 November, at 10:30. | 2026-11-24 10:30
I'll have an answer for you by close of business Monday. | 2026-11-23
The deposit is going to be paid back in ten days. | 2026-12-01
尊敬的业主，渗漏点我们计划于12月2日上午封闭处理。 | 2026-12-02 12:00
小李明天过去看一下。 | 2026-11-22
下周一我亲自盯着把它弄完。 | 2026-11-23
款项审批完毕，周三可到您账户。 | 2026-11-25
请耐心等待，今日18:00前会有结果。 | 2026-11-21 18:00
我们向您承诺两周之内更换电梯配件。 | 2026-12-05
空调师傅在路上了，二十分钟到。 | 2026-11-21 12:20
这两天我们一定落实。 |
新门下周四送货，当天安装。 | 2026-11-26
最晚月底，道路恢复通行。 | 2026-11-30
墙体空鼓修复工期十天，12月1日完工。 | 2026-12-01
您的意见我会在明早例会上汇报，中午前给您回音。 | 2026-11-22 14:00
We are sending a cleaner this afternoon. | 2026-11-21 18:00
The handrail gets fixed on Monday. | 2026-11-23
The supplier delivers on 10 December and we fit it the same day. | 2026-12-10
You'll get a written answer within five business days. | 2026-11-27
Rest assured that it will be settled before the end of November. | 2026-11-30
I can be at your flat by 4 pm. | 2026-11-21 16:00
Let me check and call you back in ten minutes. | 2026-11-21 12:10
By Tuesday at the latest, you will have your deposit back. | 2026-11-24
陈先生，屋面防水下周三之前做好。 | 2026-11-25
我下午两点带工程部同事到您家。 | 2026-11-21 14:00
补偿方案三日内书面送您。 | 2026-11-24
这批瓷砖月底到，到货后马上铺贴。 | 2026-11-30
今晚七点半之前把电送上。 | 2026-11-21 19:30
明天十点，我们三方现场碰头把责任讲清楚。 | 2026-11-22 10:00
您的车位问题，周四给您落实。 | 2026-11-26
请您放宽心，十二月五号交钥匙。 | 2026-12-05
一小时后再给您电话确认。 | 2026-11-21 13:00
门禁系统本周三晚上升级完成。 | 2026-11-25
The carpenter can come on Wednesday morning. | 2026-11-25 12:00
We'll reimburse you by the end of next week. | 2026-11-29
Your case goes to the board on 30 November and you get their answer on 1 December. | 2026-12-01
It should be working again by tonight. | 2026-11-21
I am booking the inspection for Friday at 3 pm. | 2026-11-27 15:00
The guard will be replaced from Monday. | 2026-11-23
"""

HARDER_DOES_NOT = """
您下午三点打来的电话我们已记录
房子三天后才交付，届时请您到场验收
刚才师傅说两点就到了
您的合同约定30日内付清尾款
周三那次上门没有解决，很抱歉
明天是休息日，客服照常接听
请您在12月1日前到前台办理
不好意思，今天修不了
电梯年检是每年11月
前天答应您今天回电，没有做到，向您道歉
能否麻烦您明天再测一下
小区将于明天停水，这是自来水公司的通知
业主称若三天内不处理就曝光
上次承诺的周五修好没有兑现
这属于小问题，用不了几天
我们理解您等了两周的心情
除非下雨，否则周一施工
法院将于12月5日开庭
您家在5号楼12层，对吗？
感谢您今天的来电
I understand you have waited for two weeks.
The builder promised us Friday but did not come.
You can reach us on weekdays from 9 to 5.
The market opens on Monday.
Did the plumber come this morning?
We called you at 3 pm today.
Payment is to be made by the owner within 30 days.
I would love to help you by tomorrow, but I cannot.
Should it leak again tomorrow, call us.
Your contract runs until 31 December.
您家的水表是去年12月3日换的。
如需预约，可在工作日九点至五点拨打热线。
等您周一回来再说吧。
您提到周五要出差，我们记住了。
根据规定，装修时间为8:00到18:00。
上个月我们处理了三起同类投诉。
这扇窗用了三年就变形了，确实不应该。
麻烦提供一下12月的物业费收据。
开发商说年底交房，我们目前没有收到通知。
感谢您昨天抽时间配合检测。
不是我们不想修，明天真的没有人手。
会议开到下午三点，刚看到您的留言。
您当时同意周三验收的。
维修基金要经业主大会三分之二同意才能动用。
Thanks for letting us know on Friday.
The meeting with the owners took two hours.
Were you told that somebody would come today?
I checked the lift at 9 am and it works.
You may park there until 8 pm.
Your neighbours complained last week about the same noise.
您的投诉编号已生成，三天前的那条已合并。
物业前台每天8:00开门。
我们注意到您周五已经致电过一次。
请问您周二还是周三在家？
您入住两个月内报修过四次，我们深表歉意。
今早九点的会议已讨论了您的问题。
合同里写明12月31日前交付。
您若明天上午不方便，可以改时间。
目前没有确切日期，一有消息就告诉您。
邻居家周末装修，噪音确实大。
贵单位要求周一前提交材料，我们收到了。
去年11月我们做过一次防水。
The roof leaked for three days.
If it is still noisy tomorrow, tell us.
Parking is free until 10 pm.
Nobody told us that you would be away until Monday.
We spoke with your son on Thursday.
Which day suits you, Monday or Tuesday?
Kindly return the form by 1 December.
The contract says within 30 days.
您提供的照片是11月18日拍的。
周一到周五的安排我们再商量。
电表读数到昨天为止是1200。
您的父亲上午来过前台。
我们的记录显示，周四下午没有人接电话。
三个月内的流水需要您自己到银行打印。
交房标准里没有写12月之前通气。
楼上业主明天回国，之后才能进门查看。
对不起，让您白等了两个小时。
工人们都放假到下周三。
The window was delivered on 12 November.
Could you call us back on Monday?
Our records show a visit on Tuesday.
The pool is closed until Friday.
You mentioned that the noise starts at 6 am.
Nothing can be done before Monday.
"""

UNSEEN_COMMITS = """
您报的漏水，师傅后天九点来修。 | 2026-11-23 09:00
物业经理明天会给您一个书面答复。 | 2026-11-22
打款手续已走完，下周二前能收到。 | 2026-11-24
我们计划十二月八日前完成全部外墙检测 | 2026-12-08
绿化带周日补种完毕。 | 2026-11-22
请您再给我们三天时间。 | 2026-11-24
晚饭前把下水道通开。 | 2026-11-21
您放心，四十八小时内必有回复。 | 2026-11-23 12:00
下午四点半工程部老张过去。 | 2026-11-21 16:30
电梯抢修预计两小时完成。 | 2026-11-21 14:00
I'll drop off the keys at noon tomorrow. | 2026-11-22 12:00
The contractor starts on Monday and finishes on Wednesday. | 2026-11-25
We hope to have news for you by Tuesday. | 2026-11-24
Somebody from our office will ring you within 30 minutes. | 2026-11-21 12:30
Compensation of 800 yuan will be transferred on 27 November. | 2026-11-27
Hot water will be back by 8 pm. | 2026-11-21 20:00
"""

UNSEEN_DOES_NOT = """
您家周一断水是因为总管爆裂。
您预约的是周五吗？
截至11月20日，共收到六户反映。
房款尾数请于本月底前结清。
暖气每年11月15日开始供应。
按您的要求，录音保存三个月。
听说您周末搬家，恭喜。
那天下午五点前台没有人，是我们的疏忽。
租约到12月31日为止。
楼道灯坏了两周才有人管，实在抱歉。
Was the water off until 6 pm?
You bought the flat on 3 May.
Sales told you the school would open in September.
Should you travel on Monday, leave us a key.
The bus stops there every 10 minutes.
I know you took a day off on Friday for nothing.
"""


def rows(table: str) -> list[tuple[str, str]]:
    """Return (sentence, due as typed) for each line of a table; the due is empty for "soon"."""
    parts = (line.partition(" |") for line in table.splitlines() if line)
    return [(text, due.strip()) for text, _, due in parts]
