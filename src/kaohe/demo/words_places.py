"""Words from which places are named. The county exists nowhere; its code begins with 99, which is
no province."""

COUNTY_CODE = "990127"
COUNTY_SHORT = "禾望"
COUNTY_NAME = f"{COUNTY_SHORT}县"
PROVINCE = "示范省"

COUNTY_SEAT = "禾城"
_TOWNSHIPS = """
云溪 柳河 青杠 石板 白岩 双河 桃园 龙潭 松坪 竹园 枫林 高坪 梨树 清水 金竹 红旗
永兴 太平 新场 大坝 麻柳 芦塘 杉木 官渡 黄泥 木桥 沙湾 茶店 铜鼓 花石 长岭 三元
五里 回龙 兴隆 仁和 义和 福兴 安乐 复兴 古楼 银杏 凉水 乌木 桂花 栗坪 楠木 石梯
土门 中坝 水观 尖山 平溪 碧水 雨台 望月 灯盏 九弯 半坡 野鹿
"""
TOWNSHIPS = tuple(_TOWNSHIPS.split())

VILLAGE_FIRST = tuple("柳松杨桃李梨枣槐桐樟竹茶桑荷菊兰杉桂石沙青白黄红龙凤鹤马牛双大新长高金银玉")
VILLAGE_SECOND = tuple("林坪坝湾沟溪河岭坡梁垭塘田桥井泉寨庄堰岩坎峰谷冲岗")
_VILLAGES_APART = """
青杠坡 石板沟 三块石 大屋基 九里岗 水磨湾 油坊坝 晒谷坪 观云 向阳 团结 民主 前进 幸福
和平 光明 八角 四方碑 千担丘 瓦窑 碾子坪 楼房湾 黄桷 响水 落雁 望江台 斑竹 葛藤 火烧坪 麦地
"""
VILLAGES_APART = tuple(_VILLAGES_APART.split())
# What the two stocks would join to a name that everybody knows.
_WELL_KNOWN = "黄河 黄山 黄岩 黄石 龙岩 玉溪 白山 长沙 石林 大田 新田 玉泉"
WELL_KNOWN = frozenset(_WELL_KNOWN.split())
