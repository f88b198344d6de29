import { councilWitness } from '#modules/council/index.ts';
import { ledgerWitness } from '#modules/funds/index.ts';
import type { Witness } from '#modules/log/index.ts';
import { projectWitness } from '#modules/projects/index.ts';

/** All who compare rows with the facts that the log holds about them. */
export const WITNESSES: readonly Witness[] = [ledgerWitness, projectWitness, councilWitness];
