def test_x(open_house):
    import time
    t=time.time()
    house = open_house("leyoujia")
    print("open", time.time()-t); t=time.time()
    case = house.record("11-25 9:00", "mei", text="为什么还不给我放定金", site="金色家园", customer="吴先生", phone="13800138000", category="sales-management")
    print("rec", time.time()-t); t=time.time()
    house.sweep("11-25 9:00")
    print("sweep", time.time()-t); t=time.time()
    import json
    print(json.dumps(case.show("11-25 9:00"),ensure_ascii=False)[:3000])
    print("show", time.time()-t); t=time.time()
    assert 0
