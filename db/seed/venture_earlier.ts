import { makeElection, makePabulib, writePabulib } from '#engines/equal_shares/index.ts';
import type { Chance } from './chance.ts';
import { choose, ideasFor } from './venture_ideas.ts';

const PROJECTS = 84;
const BALLOTS = 900;
const BUDGET_YUAN = 750_000;
const MOST_CHOICES = 5;

/** The vote of an earlier year as its file: what the neighbourhood brought with it when it began with this product. */
export function earlierVotes(names: { 'zh-CN': string; en: string }, year: number, chance: Chance) {
  const ideas = ideasFor(PROJECTS, year % 97, chance);
  const ids = ideas.map((_, i) => String(i + 1));
  const votes = Array.from({ length: BALLOTS }, (_, i) => ({
    voter_id: `${year}-${i + 1}`,
    projects: choose(ideas, MOST_CHOICES, chance).map((k) => ids[k]!),
  }));
  const election = makeElection(
    {
      budget: String(BUDGET_YUAN),
      vote_type: 'approval',
      projects: ideas.map((one, i) => ({ id: ids[i]!, cost: String(one.yuan) })),
    },
    votes,
  );
  const about = {
    ...{ description: `${names['zh-CN']} ${year}`, country: 'China', unit: names['zh-CN'], instance: String(year) },
    ...{ currency: 'CNY', date_begin: `10.04.${year}`, date_end: `24.04.${year}`, rule: 'equal-shares' },
  };
  const titles = new Map(ideas.map((one, i) => [ids[i]!, one.title]));
  const name = { 'zh-CN': `${names['zh-CN']}（${year}年）`, en: `${names.en}, ${year}` };
  return { text: writePabulib(makePabulib(election, about, titles)), names: name };
}
