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
