/** Codes are ten letters of an alphabet without look-alikes, printed in two groups of five. */
export const CODE_LENGTH = 10;
export const CODE_ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
/** A household has at most so many who claim by one letter. */
export const MOST_CLAIMS = 8;
/** Wrong codes that one person, and all together, may try within the hour. */
export const WRONG_TRIES = 5;
export const WRONG_TRIES_OF_ALL = 300;

/**
 * A code as it was typed or scanned: full-width letters, spaces, hyphens and small letters are taken; undefined when it
 * cannot be a code. Characters that no code holds are not guessed at.
 */
export function readCode(typed: string): string | undefined {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-–—_.·]/g, '');
  return code.length === CODE_LENGTH && [...code].every((one) => CODE_ALPHABET.includes(one)) ? code : undefined;
}

export const printedCode = (code: string): string => `${code.slice(0, CODE_LENGTH / 2)} ${code.slice(CODE_LENGTH / 2)}`;

/** What a text may name; each stands in braces. */
export const VARIABLES = ['community', 'address', 'worker', 'until'] as const;
export type Variable = (typeof VARIABLES)[number];

/** The names in braces that no letter fills in. */
export function unknownVariables(text: string): string[] {
  const named = [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
  return [...new Set(named)].filter((name) => !(VARIABLES as readonly string[]).includes(name));
}

/** The text of one letter. */
export function fillIn(text: string, values: Record<Variable, string>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name as Variable] ?? whole);
}

export type Stop = {
  id: string;
  grid: string;
  building_id: string;
  latitude: number;
  longitude: number;
  unit: number;
  floor: number;
  door: string;
};

/**
 * Doors in the order they are walked: grid by grid, each building the nearest to the one before (from the most western),
 * stair by stair, from the top floor down. Pure; quadratic in the buildings of one grid, which are hundreds at most.
 */
export function walkingOrder<Door extends Stop>(doors: readonly Door[]): Door[] {
  const grids = Map.groupBy(doors, (door) => door.grid);
  return [...grids.keys()].sort().flatMap((grid) => {
    const buildings = Map.groupBy(grids.get(grid)!, (door) => door.building_id);
    return nearestFirst([...buildings.values()]).flatMap((inside) =>
      inside.sort(
        (a, b) => a.unit - b.unit || b.floor - a.floor || a.door.localeCompare(b.door, 'en', { numeric: true }),
      ),
    );
  });
}

function nearestFirst<Door extends Stop>(buildings: Door[][]): Door[][] {
  const left = buildings.sort(
    (a, b) => a[0]!.longitude - b[0]!.longitude || (a[0]!.building_id < b[0]!.building_id ? -1 : 1),
  );
  const order: Door[][] = [];
  let at = left[0]?.[0];
  while (left.length > 0) {
    let best = 0;
    for (let i = 1; i < left.length; i++) if (distance(at!, left[i]![0]!) < distance(at!, left[best]![0]!)) best = i;
    const [next] = left.splice(best, 1);
    order.push(next!);
    at = next![0];
  }
  return order;
}

/** Squared, in degrees of latitude: only for telling nearer from farther within a grid. */
function distance(a: Stop, b: Stop): number {
  const eastward = (a.longitude - b.longitude) * Math.cos((a.latitude * Math.PI) / 180);
  return eastward ** 2 + (a.latitude - b.latitude) ** 2;
}
