"""Words from which people are named."""

# Each surname with how often it is met among 1,000 people, roughly.
_SURNAMES = """
王:72 李:72 张:68 刘:54 陈:45 杨:31 赵:23 黄:22 周:21 吴:20 徐:17 孙:15 胡:13 朱:13 高:12 林:12
何:12 郭:12 马:11 罗:9 梁:8 宋:8 郑:8 谢:8 韩:7 唐:7 冯:6 于:6 董:6 肖:6 程:6 曹:6 袁:5 邓:5
许:5 傅:5 沈:5 曾:5 彭:5 吕:5 苏:5 卢:5 蒋:5 蔡:4 贾:4 丁:4 魏:4 薛:4 叶:4 闫:4 余:4 潘:4
杜:4 戴:3 夏:3 钟:3 汪:3 田:3 任:3 姜:3 范:3 方:3 石:3 姚:3 谭:3 廖:3 邹:3 熊:3 金:3 陆:3
郝:2 孔:2 白:2 崔:2 康:2 毛:2 邱:2 秦:2 江:2 史:2 顾:2 侯:2 邵:2 孟:2 龙:2 万:2 段:2 雷:2
钱:2 汤:2 尹:2 黎:2 易:1 常:1 武:1 乔:1 贺:1 赖:1 龚:1 文:1 欧阳:1 上官:1 司马:1
"""
SURNAMES = tuple(
    (name, int(weight)) for name, weight in (entry.split(":") for entry in _SURNAMES.split())
)
GIVEN_FIRST = {
    "男": tuple("建国志文明德永光天世正学少荣家成庆海春玉金兴立振长新晓宏忠子福万大绍继"),
    "女": tuple("秀玉桂春丽晓红小雪淑美素文彩凤月佳海翠慧惠金兰芳雨亚婉静思明永英"),
}
GIVEN_SECOND = {
    "男": tuple("国华平军林强明东辉文斌勇杰伟峰刚涛波龙生贵才富祥安民清云山海良成松柏全亮"),
    "女": tuple("英兰芳华珍梅玲萍霞琴燕红蓉敏娟琼丽芬洁莲群容云凤碧艳蕾菊香莉洋欣"),
}
ONE_CHARACTER_IN = 6

# People in public life whose names the words would make by chance.
_KNOWN_NAMES = """
李强 周强 陈云 马云 马龙 汪洋 田亮 刘涛 胡春华 孙春兰 刘云山 何立峰 贾庆林 郭金龙 刘志军 王立军
王志文 王建民 王亚平 李永波 邓亚萍 李兰娟 杨丽萍 李金华 赵云
"""
KNOWN_NAMES = frozenset(_KNOWN_NAMES.split())
