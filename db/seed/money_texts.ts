import type { Chance } from './chance.ts';

/** What money was given for and spent on, in the words of a neighbourhood; everybody and every shop in it is invented. */
export type FundPlan = { key: string; names: { 'zh-CN': string; en: string }; only?: string[]; share: number };

export const FUNDS: FundPlan[] = [
  { key: 'venture', names: { 'zh-CN': '邻里创投资金', en: 'Venture fund' }, share: 34 },
  { key: 'mutual', names: { 'zh-CN': '邻里互助资金', en: 'Mutual aid fund' }, share: 22 },
  { key: 'elders', names: { 'zh-CN': '助老资金', en: 'Fund for elders' }, only: ['elders', 'care'], share: 18 },
  { key: 'children', names: { 'zh-CN': '童伴资金', en: 'Fund for children' }, only: ['children'], share: 12 },
  { key: 'hardship', names: { 'zh-CN': '困难帮扶资金', en: 'Hardship fund' }, only: ['hardship', 'care'], share: 8 },
  { key: 'tea', names: { 'zh-CN': '早茶会资金', en: 'Morning Tea fund' }, share: 6 },
];

/** One of them, the likelier the larger its share. */
export const weighted = (chance: Chance, all: readonly FundPlan[]): FundPlan =>
  chance.pick(all.flatMap((one) => Array<FundPlan>(one.share).fill(one)));

/** What the council has promised out of a fund to something that takes longer. */
export const LINES = [
  { key: 'canteen', fund: 'venture', category: 'elders', names: { 'zh-CN': '社区食堂', en: 'Community canteen' } },
  { key: 'garden', fund: 'venture', category: 'environment', names: { 'zh-CN': '雨水花园', en: 'Rain garden' } },
  { key: 'playground', fund: 'venture', category: 'children', names: { 'zh-CN': '儿童乐园', en: 'Playground' } },
] as const;

export type Purchase = {
  fund: string;
  line?: string;
  category: string;
  purpose: string;
  payee: string;
  /** Items of the bill and their prices in yuan, from and to. */
  items: readonly (readonly [name: string, from: number, to: number])[];
  /** Paid to a neighbour: neither the name nor the photo is public. */
  is_private?: boolean;
};

export const PURCHASES: Purchase[] = [
  {
    fund: 'tea',
    category: 'meetings',
    purpose: '早茶会的茶叶和一次性杯子',
    payee: '老街茶庄',
    items: [
      ['茉莉花茶', 120, 260],
      ['纸杯', 30, 60],
      ['茶点', 60, 140],
    ],
  },
  {
    fund: 'tea',
    category: 'meetings',
    purpose: '议事会场地和投影',
    payee: '柳荫文化站',
    items: [
      ['场地半天', 300, 500],
      ['投影', 80, 120],
    ],
  },
  {
    fund: 'tea',
    category: 'training',
    purpose: '楼组长培训讲义印刷',
    payee: '清风图文',
    items: [
      ['讲义印刷', 180, 420],
      ['装订', 40, 90],
    ],
  },
  {
    fund: 'tea',
    category: 'administration',
    purpose: '志愿者意外保险',
    payee: '安行保险服务部',
    items: [['团体意外险', 600, 1800]],
  },
  {
    fund: 'elders',
    category: 'elders',
    purpose: '助餐点的电饭煲和餐盒',
    payee: '惠民厨具店',
    items: [
      ['商用电饭煲', 680, 1200],
      ['餐盒', 160, 320],
    ],
  },
  {
    fund: 'elders',
    category: 'elders',
    purpose: '独居老人家的扶手和防滑垫',
    payee: '适家辅具店',
    items: [
      ['不锈钢扶手', 900, 2600],
      ['防滑垫', 240, 480],
      ['上门安装', 300, 600],
    ],
  },
  {
    fund: 'elders',
    category: 'care',
    purpose: '重阳节走访带的米和油',
    payee: '和顺粮油店',
    items: [
      ['大米', 900, 2200],
      ['食用油', 700, 1600],
    ],
  },
  {
    fund: 'elders',
    category: 'care',
    purpose: '血压计和助行器',
    payee: '康宁医疗器械',
    items: [
      ['电子血压计', 380, 760],
      ['助行器', 420, 980],
    ],
  },
  {
    fund: 'children',
    category: 'children',
    purpose: '四点半课堂的桌椅',
    payee: '木匠铺老周',
    items: [
      ['课桌', 1200, 3200],
      ['椅子', 800, 1900],
    ],
  },
  {
    fund: 'children',
    category: 'children',
    purpose: '暑期图书角的新书',
    payee: '书香书店',
    items: [
      ['童书', 600, 1600],
      ['书架', 300, 800],
    ],
  },
  {
    fund: 'children',
    category: 'children',
    purpose: '周末科学课的材料',
    payee: '小桥文具',
    items: [
      ['实验材料', 260, 700],
      ['彩纸颜料', 80, 200],
    ],
  },
  {
    fund: 'hardship',
    category: 'hardship',
    purpose: '一户人家的临时救助',
    payee: '受助家庭',
    is_private: true,
    items: [['临时救助', 1000, 3000]],
  },
  {
    fund: 'hardship',
    category: 'care',
    purpose: '住院邻居的陪护费',
    payee: '陪护人员',
    is_private: true,
    items: [['陪护', 600, 1800]],
  },
  {
    fund: 'mutual',
    category: 'repairs',
    purpose: '楼道声控灯',
    payee: '明亮五金',
    items: [
      ['声控灯', 500, 1500],
      ['电线和线槽', 160, 420],
      ['人工', 300, 800],
    ],
  },
  {
    fund: 'mutual',
    category: 'repairs',
    purpose: '小广场的长椅',
    payee: '木匠铺老周',
    items: [
      ['防腐木长椅', 1800, 4200],
      ['安装', 300, 600],
    ],
  },
  {
    fund: 'mutual',
    category: 'environment',
    purpose: '楼前花坛的花苗和土',
    payee: '春晖花木',
    items: [
      ['花苗', 400, 1300],
      ['营养土', 200, 500],
    ],
  },
  {
    fund: 'mutual',
    category: 'safety',
    purpose: '每栋楼的灭火器换药',
    payee: '平安消防器材',
    items: [
      ['灭火器充装', 900, 2600],
      ['检测标签', 60, 150],
    ],
  },
  {
    fund: 'mutual',
    category: 'safety',
    purpose: '电动车棚的充电插座',
    payee: '平安消防器材',
    items: [
      ['充电插座', 1600, 3600],
      ['布线', 700, 1600],
    ],
  },
  {
    fund: 'mutual',
    category: 'culture',
    purpose: '端午节包粽子活动',
    payee: '和顺粮油店',
    items: [
      ['糯米粽叶', 300, 760],
      ['红枣', 120, 260],
    ],
  },
  {
    fund: 'venture',
    category: 'culture',
    purpose: '邻里节的音响和舞台',
    payee: '晨光会务',
    items: [
      ['音响', 1200, 3600],
      ['舞台', 1800, 5200],
    ],
  },
  {
    fund: 'venture',
    category: 'environment',
    line: 'garden',
    purpose: '雨水花园的石料和植物',
    payee: '春晖花木',
    items: [
      ['石料', 2200, 6400],
      ['水生植物', 1200, 3000],
      ['人工', 1500, 3800],
    ],
  },
  {
    fund: 'venture',
    category: 'elders',
    line: 'canteen',
    purpose: '社区食堂的改造',
    payee: '同心装修队',
    items: [
      ['瓷砖和台面', 4200, 9800],
      ['排烟', 2600, 5200],
      ['人工', 3000, 7600],
    ],
  },
  {
    fund: 'venture',
    category: 'children',
    line: 'playground',
    purpose: '儿童攀爬架',
    payee: '童年乐园器材',
    items: [
      ['攀爬架', 5200, 12000],
      ['地垫', 1200, 2600],
    ],
  },
  {
    fund: 'venture',
    category: 'repairs',
    purpose: '无障碍坡道',
    payee: '同心装修队',
    items: [
      ['混凝土和扶手', 2600, 6800],
      ['人工', 1500, 3600],
    ],
  },
];

export const REFUSED = [
  { purpose: '给工作人员买的咖啡机', reason: '不是大家用的，不合这个资金的用途。请走自己的经费。' },
  { purpose: '办公室的新沙发', reason: '现在的还能用，这笔钱先留给助餐点。' },
];

export const GOODS = [
  '十把折叠椅',
  '两箱口罩',
  '一台洗衣机',
  '三十本童书',
  '五床新棉被',
  '一架旧钢琴',
  '二十盆绿萝',
  '一套象棋桌',
];
export const HOURS = ['义务维修', '陪老人看病', '四点半课堂带作业', '夜间巡逻', '整理图书角', '理发', '教用手机'];
export const WISHES = ['希望用在老人身上', '给孩子们买书', '谢谢去年帮过我的邻居', '修一修楼下的路'];
