/** What the demonstration's venture is about. Invented; words of neighbours stand in the language they wrote them in. */

/** Where a proposal comes from and how it is liked: `needs` is the category of the needs it grows from. */
export type Idea = {
  title: string;
  summary: string;
  body: string;
  category: 'elders' | 'children' | 'stairwells' | 'greenery' | 'neighbours';
  needs: string;
  yuan: number;
  liked: number;
};

const idea = (
  category: Idea['category'],
  needs: string,
  yuan: number,
  liked: number,
  title: string,
  summary: string,
  body: string,
): Idea => ({ category, needs, yuan, liked, title, summary, body });

export const IDEAS: readonly Idea[] = [
  idea(
    ...(['elders', 'repairs', 18_600, 9] as const),
    '楼道扶手和歇脚凳',
    '没有电梯的楼，每层装一段扶手，二四层放一张折叠凳。',
    '敲门时有三十多位老人说上下楼要歇两次。扶手装在靠墙一侧，不占通道；凳子折起来贴墙，消防看过。\n由楼组长收钥匙、报修，两年内坏了包换。',
  ),
  idea(
    ...(['children', 'children', 24_000, 8] as const),
    '快乐学堂周末班',
    '周六日上午，退休老师带写作业，大学生带做手工，一次三十个孩子。',
    '放学到下班前没人管的孩子，平时有学堂，周末没有。场地用活动室，老师是志愿者，只付材料、保险和点心。',
  ),
  idea(
    ...(['greenery', 'environment', 12_800, 7] as const),
    '楼前香草园',
    '把长草的花坛改成香草园，一户认一格，浇水排班。',
    '土要换，水管要接，工具放在小棚里。认养的人签一张纸，三个月没人管就让给下一户。',
  ),
  idea(
    ...(['stairwells', 'parking', 28_000, 7] as const),
    '电动车充电棚雨棚和灭火器',
    '车棚加雨棚、灭火器和烟感，晚上十一点后断电。',
    '有人往楼里拉线，是因为棚里淋雨。雨棚做好，拉线的就没有理由了。',
  ),
  idea(
    ...(['elders', 'health', 9_600, 6] as const),
    '陪诊志愿者',
    '一个人去不了医院的，有人陪着挂号、取药、听医嘱。',
    '培训二十位志愿者，两人一组；每次陪诊写一张单子交给家里人。钱用在培训、保险和交通。',
  ),
  idea(
    ...(['neighbours', 'culture', 7_800, 5] as const),
    '英语角和换书架',
    '每周一次英语角，楼下放一个换书架，拿一本放一本。',
    '外地和外国来的邻居都说没地方认识人。书架请木工爱好者做，书由大家带。',
  ),
  idea(
    ...(['children', 'children', 21_500, 6] as const),
    '滑梯地垫翻新',
    '游乐区的地垫裂了，换新的，加一圈矮凳给带孩子的人坐。',
    '地垫用了九年，边角翘起来绊人。矮凳下面做成收纳箱，放孩子们的沙滩玩具。',
  ),
  idea(
    ...(['stairwells', 'governance', 11_200, 5] as const),
    '大字公告栏',
    '每个单元一块大字公告栏，夜里有灯，旁边留一格给邻居贴。',
    '字号和对比度按老花眼来；每月五号贴收支，谁都看得见。',
  ),
  idea(
    ...(['elders', 'elder_care', 16_400, 8] as const),
    '独居老人一键呼叫',
    '给独居老人装呼叫器，按一下，网格员和楼组长都响。',
    '先装四十户，由助老服务社值守；每季度试一次，试不通的当天修。',
  ),
  idea(
    ...(['neighbours', 'noise', 6_200, 4] as const),
    '广场舞无线耳机',
    '买六十副无线耳机，九点以后戴着跳。',
    '舞队和楼上的邻居一起想的办法。耳机由舞队保管，押金二十元。',
  ),
  idea(
    ...(['greenery', 'environment', 13_900, 5] as const),
    '厨余堆肥箱',
    '放四个堆肥箱，菜叶果皮变成香草园的肥。',
    '环保行动社教，八户先试；有味道就停，停不下来就撤。',
  ),
  idea(
    ...(['neighbours', 'culture', 19_800, 3] as const),
    '荷塘合唱节',
    '请老师排三个月，秋天在小广场唱一场。',
    '合唱团、幼儿园和公司工会一起；谱子印大字版。',
  ),
  idea(
    ...(['stairwells', 'safety', 8_800, 6] as const),
    'Lights that wake on the back stairs',
    'Motion lights for the nine back stairs that stay dark all night.',
    'Two of us fell there last winter. The lights run on the stair circuit, and the property company agreed to change bulbs.',
  ),
  idea(
    ...(['children', 'culture', 10_500, 4] as const),
    '青少年篮球半场划线',
    '把空着的水泥地划成半场，装一个篮架，晚九点熄灯。',
    '三十二个中学生签了名。篮架离最近的窗二十五米，地面铺一层减噪垫。',
  ),
  idea(
    ...(['elders', 'hardship', 14_700, 7] as const),
    '爱心送餐',
    '给行动不便的老人送午餐，一周五天，先送半年。',
    '餐由养老驿站做，志愿者骑车送；低保户免费，其余付一半。',
  ),
  idea(
    ...(['neighbours', 'dispute', 5_600, 3] as const),
    '楼道议事茶',
    '每月一次，楼上楼下坐下来喝茶，把话说开。',
    '调解室派人主持，茶水和凳子由项目出；谈成的事写下来贴在楼道。',
  ),
];

export type Verdict = 'admit' | 'refuse' | 'refuse_then_admit' | 'refuse_stands';
/** Why a proposal was refused, what its proposer replied. */
export const REFUSALS: readonly (readonly [reason: string, reply: string, again: string])[] = [
  [
    '报价里人工占了八成，没有说明谁来做、做多久；也没有写做完以后谁维护。',
    '人工改成义务维修队来做，只算材料；维护由楼组长负责，承诺书已补上。',
    '预算和维护都补齐了，同意上票。',
  ],
  [
    '占用消防登高面，消防部门不同意。另选地点可以再提。',
    '明白。离登高面三十米外有一块空地，下一轮换那里再提，谢谢说清楚。',
    '',
  ],
];

export const ADMITTED = ['符合公益，预算合理，做得成。', '需要是真的，报价看过三家。', '邻居愿意出力，后续有人管。'];
export const MERGED = '和这一项说的是同一件事，合在一起更省钱，提案人都同意。';
export const WITHDRAWN = '物业已经答应用维修资金做，不占创投的钱了。';

export const VENTURE_CATEGORIES = [
  { code: 'elders', names: { 'zh-CN': '老人', en: 'Elders' } },
  { code: 'children', names: { 'zh-CN': '孩子', en: 'Children' } },
  { code: 'stairwells', names: { 'zh-CN': '楼道与安全', en: 'Stairwells and safety' } },
  { code: 'greenery', names: { 'zh-CN': '绿化与环境', en: 'Greenery' } },
  { code: 'neighbours', names: { 'zh-CN': '邻里往来', en: 'Neighbours together' } },
];

export const CRITERIA = [
  { 'zh-CN': '对大家有好处，不只为一家', en: 'Good for many, not for one household alone' },
  { 'zh-CN': '有人做，做得成，安全', en: 'Somebody will do it; it can be done safely' },
  { 'zh-CN': '花费说得清，做完有人管', en: 'Its cost is explained, and somebody looks after it later' },
];
