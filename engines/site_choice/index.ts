export { type Chosen, chooseSites, coverMost, type Effort } from './choose_sites.ts';
export { proveSites } from './prove_sites.ts';
export { PmedError, type PmedProblem, readPmed } from './read_pmed.ts';
export { SiteError, type SiteProblem } from './site_problem.ts';
