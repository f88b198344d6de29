/**
 * The order of the house. A folder may import the doors (index.ts) of earlier lines; the other way is an event. Folders of
 * one line never import each other. tests/checks/levels.test.ts enforces it.
 */
export const LEVELS: readonly (readonly string[])[] = [
  ['platform', 'engines'],
  ['places', 'people', 'log'],
  ['groups'],
  ['funds'],
  ['requests', 'services', 'activities', 'projects'],
  ['visits', 'letters', 'forum', 'council', 'volunteers', 'circle'],
  ['appraisal'],
  ['insight'],
];
