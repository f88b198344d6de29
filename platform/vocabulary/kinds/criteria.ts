import type { TermKind } from '../term.ts';
import { both, termOf } from './term_of.ts';

const ours = { is_ours: true };

/** What a building group is looked at for. The account names four beauties and one good; what each means is ours. */
export const criteria: TermKind = {
  kind: 'criterion',
  names: both(['“四美一好”的标准', 'Criteria of a good building']),
  descriptions: both([
    '楼栋小组自评、邻居确认时看什么。原文只有“四美一好”四个字，各是什么由我们先写好。',
    'What a building group assesses and neighbours confirm. The account has the name alone: what each criterion is, is ours.',
  ]),
  is_closed: false,
  fields: [],
  terms: [
    termOf(
      'surroundings',
      ['环境美', 'Clean and green'],
      ['楼道、门前、绿地干净，没有堆放。', 'Stairs, doorways and greens are clean, and nothing blocks the way.'],
      ours,
    ),
    termOf(
      'order',
      ['秩序美', 'Safe and orderly'],
      ['停车、充电、养狗有约定，大家守。', 'Parking, charging and dogs: agreed, and kept to.'],
      ours,
    ),
    termOf(
      'neighbours',
      ['邻里美', 'Good neighbours'],
      ['认得邻居，有事搭把手。', 'People know each other and lend a hand.'],
      ours,
    ),
    termOf(
      'culture',
      ['文化美', 'Lively'],
      ['楼里有活动，老人孩子都能参加。', 'Things happen here that old and young can join.'],
      ours,
    ),
    termOf(
      'self_governed',
      ['自治好', 'Runs itself'],
      ['楼里的事，楼里人商量着办。', 'What concerns the building is settled by the building.'],
      ours,
    ),
  ],
};

/** What “three-at” stands for. */
export const three_at: TermKind = {
  kind: 'three_at',
  names: both(['“三在”', 'What active members do']),
  descriptions: both([
    '“三在”党员在哪里、做什么。原文没有说是哪三在，这里由我们先写好。',
    'Where active members are and what they do. The account does not say which three: these are ours.',
  ]),
  is_closed: false,
  fields: [],
  terms: [
    termOf(
      'at_hand',
      ['在身边', 'At hand'],
      ['邻居知道找谁，找得到人。', 'Neighbours know whom to ask, and find them.'],
      ours,
    ),
    termOf('at_work', ['在做事', 'At work'], ['认领了事，按说好的做。', 'Has pledged something, and does it.'], ours),
    termOf(
      'at_the_door',
      ['在楼里', 'In the building'],
      ['楼里的大小事都参加。', 'Takes part in what happens in the building.'],
      ours,
    ),
  ],
};
