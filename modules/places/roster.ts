import { Refusal } from '#platform/refusal.ts';

/** A row of a roster of doors as it was typed. */
export type DoorRow = {
  line: number;
  estate: string;
  building: string;
  unit: string;
  floor: string;
  door: string;
  latitude: string;
  longitude: string;
  street: string;
};

export type ReadDoor = {
  line: number;
  estate: string;
  building: string;
  unit: number;
  floor: number;
  door: string;
  latitude: number | null;
  longitude: number | null;
  street: string | null;
};

const REFUSALS_SHOWN = 1_000;

/** Checks every row; all that is wrong is refused at once, each with its line and column. Floor comes from the door when it is not given. */
export function readDoors(rows: readonly DoorRow[]): ReadDoor[] {
  const refusals: Refusal[] = [];
  const seen = new Map<string, number>();
  const doors = rows.map((row) => {
    const no = (code: string, column: string, vars = {}) =>
      refusals.push(new Refusal(code, vars, { line: row.line, field: column }));
    const unit = wholeNumber(row.unit || '1', 1, 60);
    const door = row.door.trim();
    const floor = row.floor ? wholeNumber(row.floor, -5, 120) : floorOf(door);
    const latitude = row.latitude === '' ? null : Number(row.latitude);
    const longitude = row.longitude === '' ? null : Number(row.longitude);
    if (row.building === '') no('required', 'building');
    if (door === '' || door.length > 12) no('door_invalid', 'door');
    if (unit === null) no('unit_invalid', 'unit');
    if (floor === null) no('floor_invalid', 'floor');
    if (
      (latitude === null) !== (longitude === null) ||
      !(Math.abs(latitude ?? 0) <= 90) ||
      !(Math.abs(longitude ?? 0) <= 180)
    )
      no('coordinates_wrong', 'latitude');
    const key = `${row.estate}/${row.building}/${unit}/${door}`;
    const first = seen.get(key);
    if (first !== undefined) no('row_twice', 'door', { line: first });
    else seen.set(key, row.line);
    return {
      line: row.line,
      estate: row.estate,
      building: row.building,
      unit: unit ?? 1,
      floor: floor ?? 1,
      door,
      latitude,
      longitude,
      street: row.street || null,
    };
  });
  const [first, ...others] = refusals;
  if (first) throw new Refusal(first.code, first.vars, first.where, others.slice(0, REFUSALS_SHOWN));
  return doors;
}

function wholeNumber(text: string, least: number, most: number): number | null {
  const number = Number(text);
  return /^-?\d+$/.test(text) && number >= least && number <= most ? number : null;
}

/** 501 is on the fifth floor, 1203 on the twelfth; other door numbers are on the first. */
function floorOf(door: string): number {
  const match = /^(\d{1,2})\d{2}$/.exec(door);
  return match ? Number(match[1]) : 1;
}
