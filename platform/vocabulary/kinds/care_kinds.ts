import type { TermKind } from '../term.ts';
import { both, termOf } from './term_of.ts';

const ours = { is_ours: true };

/** In which circumstances somebody is looked after; how long one stands is with the module that keeps them. */
export const care_kinds: TermKind = {
  kind: 'care_kind',
  names: both(['需要照看的情形', 'Circumstances of care']),
  descriptions: both(['登记照看时可以选的情形。', 'What can be chosen when somebody is to be looked after.']),
  is_closed: false,
  fields: [],
  terms: [
    termOf('lives_alone', ['独居', 'lives alone'], ['家里只有一个人住。', 'Nobody else lives at home.'], ours),
    termOf(
      'elder',
      ['高龄', 'of great age'],
      ['年纪大了，出门办事不方便。', 'Of an age at which errands are hard.'],
      ours,
    ),
    termOf(
      'disability',
      ['残疾', 'disability'],
      ['行动、看、听或其他方面有残疾。', 'Of moving, seeing, hearing or otherwise.'],
      ours,
    ),
    termOf('illness', ['患病', 'illness'], ['正在生病，或者刚出院。', 'Ill, or just back from hospital.'], ours),
    termOf('hardship', ['生活困难', 'hardship'], ['收入不够日常开支。', 'Income does not cover what is needed.'], ours),
    termOf(
      'child_with_relatives',
      ['孩子由亲戚照看', 'child left with relatives'],
      ['父母不在身边的孩子。', 'A child whose parents are away.'],
      ours,
    ),
    termOf(
      'newborn',
      ['家有新生儿', 'newborn at home'],
      ['家里有一岁以内的孩子。', 'A child of less than a year.'],
      ours,
    ),
    termOf('bereaved', ['家有丧事', 'bereaved'], ['家里有人刚去世。', 'Somebody of the home has just died.'], ours),
  ],
};
