/** What projects of the demonstration agree on, show and report. Invented. */

type Task = {
  words: string;
  milestones: readonly [string, string];
  offers: { kind: 'service' | 'activity'; title: string }[];
};

const TASKS: Record<string, Task> = {
  elders: {
    words: '先上门问过每一户，再动手；做完教会楼组长和家里人怎么用、怎么报修。\n两年内坏了免费修，电话贴在楼道里。',
    milestones: ['走访登记，做完一半的户', '全部做完，教会大家用'],
    offers: [{ kind: 'service', title: '上门检修' }],
  },
  children: {
    words: '场地和老师都落实好再开班；每次两位大人在场，接送有签字。\n材料清单每月贴出来。',
    milestones: ['场地布置好，第一期开始', '办满三个月，开一次家长会'],
    offers: [{ kind: 'activity', title: '周末班' }],
  },
  stairwells: {
    words: '施工前三天贴通知，晚上和午休不开工；做完由楼组长验收。\n质保两年，留一套备件在楼组长处。',
    milestones: ['材料进场，做好第一个单元', '其余单元做完'],
    offers: [{ kind: 'service', title: '楼道报修' }],
  },
  greenery: {
    words: '土、苗、工具分三次买，每次都拍照；认养的人签一张纸，轮流浇水。',
    milestones: ['换土、接水管、种下第一批', '认养全部排好，第一次收成分享'],
    offers: [{ kind: 'activity', title: '周末一起种' }],
  },
  neighbours: {
    words: '报名不设门槛，不会用手机的到服务台写名字；每次活动留一张照片和一行话。',
    milestones: ['准备好东西，办第一次', '办满五次，写一页小结'],
    offers: [{ kind: 'activity', title: '每月一聚' }],
  },
};

export const taskOf = (category: string): Task => TASKS[category] ?? TASKS.neighbours!;

export const QUESTIONS = [
  { 'zh-CN': '对您或家里人有帮助吗？', en: 'Did it help you or your family?' },
  { 'zh-CN': '做得用心吗？', en: 'Was it done with care?' },
];
export const DONE = ['第一部分做好了，照片是昨天拍的，邻居已经在用。', '剩下的也做完了，楼组长一户一户看过。'];
export const LOOKED_AT = ['去现场看了，和照片一样，邻居说好。', '核对过清单和发票，都对得上。'];
export const RISK = { risk: '雨季可能耽误施工', response: '把室内的部分挪到前面做，已经做完。' };
export const CHANGE = '连着下雨，材料晚到，想往后挪几天。';
export const CHANGE_APPROVED = '情况属实，别赶工。';
export const STOPPED = '要用的地方另有安排，和提案人商量后停下，没付的钱退回资金，下一轮换地方再提。';
export const REPORT =
  '按协议做完了，没有超支。最大的收获是邻居自己排了值日表，以后不用我们天天来。\n没做好的：第一周噪音大，给楼下添了麻烦，已经道歉。\n留下的：备件一套、使用说明一页、值日表一张，都在楼组长处。';
/** Of years before this ledger began. */
export const PAID_ELSEWHERE = '钱由街道按当年的办法付，账在街道。';
