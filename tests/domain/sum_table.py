"""Sentences with a sum in them that the customer hears: offered, with its yuan, and not offered.

The second pair was written down, by the same hand, before any pattern was tried on it; none was changed for it.
"""

OFFERS = """
我们赔您5000元 | 5000
五千块，明天转给您。 | 5000
这样，给您2万，咱们就此了结。 | 20000
定金按合同双倍返还。 | -
按三倍赔偿给您 | -
为您免去三年的物业费 | -
减免您三个月物业费 | -
公司愿意补偿人民币叁仟伍佰元整 | 3500
退您两千五，周五到账 | 2500
我司承担全部检测费1,200.50元 | 1200.50
赔您五千吧 | 5000
车损的事我们出八百块钱 | 800
您要的3000元我们同意 | 3000
送您一年车位使用权 | -
十万元补偿款下周支付给您 | 100000
误工费每天200元补给您 | 200
装修款全额退给您 | -
物业费给您打八折 | -
We will pay you 5,000 yuan. | 5000
We can offer you RMB 800 for the carpet. | 800
I'll refund two thousand yuan today. | 2000
We will give you double the deposit. | -
We will waive three years' fees. | -
Three years' management fees will be waived. | -
You will get a full refund of the deposit. | -
Let me credit 300 yuan to your account. | 300
We agree to the ¥12,000 you asked for. | 12000
The first year's parking is on us: parking free of charge. | -
We are happy to compensate you with 20% off. | -
Twice the rent, paid back to you by Friday: we refund it. | -
之前已付您400元，我们再补偿您300元。 | 300
11月5日前付5000元 | 5000
You will get five thousand yuan. | 5000
两万块明天到账 | 20000
给您转5000 | 5000
退还全部押金 | -
押金全部退给您 | -
退还您的定金 | -
We pay back double the deposit. | -
补偿金5000 | 5000
人民币叁仟元 | 3000
3000元三天内到账 | 3000
赔您12000 | 12000
中介费可以退还给您 | -
赔偿金为8000 | 8000
Pay you 3k | 3000
We'll transfer 5000 to your account. | 5000
We will give you 2,000 back. | 2000
We will refund your deposit. | -
Your deposit will be returned. | -
除已付的400元外再赔您500元 | 500
We paid you 400 yuan and will give you another 300 yuan. | 400
预付您1000元，验收后再付您3000元 | 3000
请把卡号发我，补偿金5000元付给您 | 5000
我们先付您2000元，余款3000元下月付给您 | 3000
我们把5000元赔给您 | 5000
您的尾款3000元我们退还给您 | 3000
补偿款5000元付给您 | 5000
公司先付1000元补偿，验收后付3000元 | 3000
请把账号给我，我们赔您800元 | 800
定金1000元全额退给您 | 1000
我们替您把2000元赔给楼下 | 2000
楼下的损失3000元由我们赔付 | 3000
尾款3000元您不用付了，我们免了 | 3000
先赔您1000元，验收后付3000元 | 3000
请您放心，5000元补偿金这周付给您 | 5000
We pay you 1,000 yuan now and the balance of 3,000 yuan on completion. | 3000
Please send us your account: we pay you 5,000 yuan compensation. | 5000
The remaining 3,000 yuan we will pay you after acceptance. | 3000
We will compensate your neighbour with 3,000 yuan. | 3000
We will pay the neighbour downstairs 800 yuan for you. | 800
Please rest assured, we will transfer the 2,000 yuan to you. | 2000
"""
NO_OFFERS = """
预付1000元，尾款验收后付3000元
请把补偿金5000元付给楼下
请您把2000元赔给楼下住户
定金1000元签约时付，余款5000元交房前付清
首付3万元，余款7万元按揭支付
合同约定先付2000元，完工再付3000元
预付款5000元，验收合格后付尾款
您需将3000元赔偿款支付给楼下业主
麻烦您把800元维修费付给师傅
订金500元，其余1500元装完付
请将赔偿款2000元转给邻居
先付30%即3000元，验收后付7000元
您应赔偿楼下2000元
您要赔楼下业主3000元
首期款2万元，二期款3万元竣工后支付
请业主把500元补偿款交给邻居
尾款3000元验收后支付
定金两千元，尾款八千元送货时付
A deposit of 1,000 yuan is paid first and the balance of 3,000 yuan after acceptance.
Please pay the 5,000 yuan compensation to the neighbour downstairs.
Please transfer the 2,000 yuan of compensation to your neighbour.
1,000 yuan down, and the remaining 3,000 yuan on completion.
The first instalment is 2,000 yuan, the balance of 8,000 yuan to be paid on delivery.
You should compensate your neighbour with 3,000 yuan.
You have to give the owner downstairs 800 yuan.
By the contract you pay 1,000 yuan in advance and 3,000 yuan at the end.
物业费是每月268元。
您提出的8000元赔偿要求已经登记。
我们不能答应赔您5000元。
目前没有权限承诺两万元的补偿。
请您本月底前缴清物业费1200元。
您要求双倍返还定金，我已上报。
押金条上写的是2000元。
维修在保修期内，免费上门。
业主索赔3万元，我们会逐项核对。
两块地砖今天换好。
这一块由工程部负责。
20个工作日内答复您。
师傅3楼的活干完，10点到您家。
公司不同意三倍赔偿。
车位月租350元，您需要按月支付。
我们已经记下您家地板的情况。
The parking fee is 300 yuan a month.
Your claim for 5,000 yuan is on record.
We cannot pay 5,000 yuan.
You still owe 600 yuan for the second quarter.
Please pay the 450 yuan by Friday.
You asked for double the deposit; the manager decides on Monday.
I am not able to offer you any sum.
The repair is free under the warranty.
The plumber will double-check the valve.
There is no refund of 2,000 yuan without approval.
We offer you an appointment at 9:30.
Unit 2000 is yours from Monday.
水泵更换预算是八万元，由维修基金支付。
您付的5000元押金我们收到了
The deposit is 5000 yuan.
租客付5000元押金，房东已收到。
首付30万元，贷款由银行审批。
5000元到账后开收据。
合同总价：人民币叁拾万元。
物业费到账5000元。
付100元办理门禁卡。
你们5号前付5000元就行。
You will receive the invoice of 300 yuan.
给您转8001分机。
有事可以给您转12345热线。
合同总价是人民币叁拾万元。
押金条请您带上，退房时核对。
The commission is paid by the owner.
Your deposit was 5000 yuan.
We will give you 2000 points of advice.
We will send 500 notices today.
We return the keys on Friday; the rent is 3000 yuan.
We will transfer you to 8001.
You get the invoice for 300 yuan tomorrow.
补偿款400元已到账，请查收。
我们已付您400元。
400元已于昨天转给您。
The 400 yuan has been paid to you.
We transferred 400 yuan to you on Monday.
"""
UNSEEN_OFFERS = """
漏水泡坏的地板，我们一次性赔付您四千六百元。 | 4600
这次就少收您两个季度的物业费，算是补偿。 | -
维修基金这块我们退您1.5万元。 | 15000
您先消消气，晚点给您转1000块过去。 | 1000
停车费全免到年底，您看可以吗？ | -
佣金给您减免一半，再返500元。 | 500
中介费退一赔一，共计6000元打您卡上。 | 6000
We would like to compensate you 1,500 yuan for the damaged sofa. | 1500
As a gesture, your next two months of parking are free. | -
I have asked the till to return the 260 yuan to you. | 260
We'll knock 10% off the bill. | -
The company will cover the hotel at 400 yuan a night. | 400
"""
UNSEEN_NO_OFFERS = """
本季度应缴物业费为834元，缴费渠道见公告。
您说的一万元损失，需要评估公司出具报告。
公司规定前台不得答应任何金额，5000元也不行。
滞纳金按日万分之五计算。
您昨天转来的300元押金已收到。
租金涨到4500元不是我们定的。
Your deposit of 2,000 yuan is held until the inspection.
The insurer estimates the damage at 7,000 yuan.
We never promised you 10,000 yuan.
The heating costs 31 yuan per square metre.
You want triple compensation; I have written that down.
"""


def rows(table: str) -> list[tuple[str, str]]:
    """Return each line as its sentence and its yuan; ``-`` where no number says them."""
    pairs = (line.partition("|") for line in table.strip().splitlines())
    return [(text.strip(), yuan.strip()) for text, _bar, yuan in pairs]
