/** Invented names for invented people and places. Any likeness to somebody is chance. */
const FIRST: [string, string][] = [
  ['荷塘', 'Lotus Pond'],
  ['学清', 'Clear Study'],
  ['明德', 'Bright Virtue'],
  ['静园', 'Quiet Garden'],
  ['柳荫', 'Willow Shade'],
  ['槐安', 'Pagoda Tree'],
  ['枫林', 'Maple'],
  ['书香', 'Bookish'],
  ['晨光', 'Morning Light'],
  ['兰亭', 'Orchid'],
  ['松涛', 'Pine Wind'],
  ['映月', 'Moonlit'],
  ['和顺', 'Harmony'],
  ['小桥', 'Little Bridge'],
  ['石榴', 'Pomegranate'],
  ['翠竹', 'Green Bamboo'],
  ['海棠', 'Crab Apple'],
  ['春晖', 'Spring Sun'],
  ['桐花', 'Paulownia'],
  ['梅园', 'Plum'],
];
const SECOND: [string, string][] = [
  ['里', 'Lane'],
  ['苑', 'Court'],
  ['坊', 'Row'],
  ['新村', 'Village'],
  ['家园', 'Homes'],
  ['小区', 'Estate'],
  ['胡同', 'Alley'],
];

export const ESTATES = SECOND.flatMap(([zh2, en2]) =>
  FIRST.map(([zh, en]) => ({ 'zh-CN': zh + zh2, en: `${en} ${en2}` })),
);

export const SURNAMES =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文'.split(
    '',
  );
export const GIVEN_OLD =
  '建国 秀英 桂兰 玉珍 志强 国强 淑珍 德明 文华 凤英 春生 福生 秀兰 金花 永福 桂英 玉兰 长海 宝珠 素芬'.split(' ');
export const GIVEN =
  '明 芳 伟 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 超 霞 平 刚 桂 晓东 海燕 志远 雪梅 小红 子涵 雨桐 浩然 思远 梓萱 欣怡 宇轩 佳怡 俊杰 晓明 文静 国栋 雅琴 立新 春燕'.split(
    ' ',
  );

export const PARTNERS = [
  '物业服务公司',
  '供水服务所',
  '供电营业厅',
  '社区卫生服务站',
  '派出所警务室',
  '城管中队',
  '园林绿化队',
  '燃气服务部',
  '幼儿园',
  '小学',
  '银行支行',
  '养老驿站',
  '超市',
  '药店',
  '律师事务所',
  '通信营业厅',
  '邮政支局',
  '环卫所',
  '图书馆',
  '体育中心',
];
export const SOCIAL = [
  '邻里互助会',
  '助老服务社',
  '儿童成长中心',
  '社区花园小组',
  '矛盾调解室',
  '书画社',
  '心理关爱中心',
  '环保行动社',
];
export const VOLUNTEERS = ['平安巡逻队', '银发互助队', '义务维修队', '周末清洁队', '助学志愿队', '文明劝导队'];
export const CLUBS = ['合唱团', '太极拳队', '广场舞队', '乒乓球队', '读书会', '摄影社', '棋牌社', '京剧票友社'];
