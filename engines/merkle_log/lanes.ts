/**
 * SHA-256 of four messages at once, in WebAssembly SIMD that is put together here from the rounds of FIPS 180-4. `state`
 * (8 words) and `block` (16 words) lie side by side by lane: word i of message j stands at 4·i + j. `compress` takes the
 * blocks into the states. Node.js runs it everywhere; the verifier, which has to run on any phone, does without.
 */
export type Lanes = { state: Int32Array; block: Int32Array; compress(): void };

const [SHIFT_LEFT, SHIFT_RIGHT, ADD, OR, XOR, SELECT] = [0xab, 0xad, 0xae, 0x50, 0x51, 0x52];
const [V128, I32_CONST, GET, SET] = [0x7b, 0x41, 0x20, 0x21];
const BLOCK_AT = 128;
/** Local variables: the eight of a round, the sixteen words of the schedule, one in between. */
const [WORD, BETWEEN, LOCALS] = [8, 24, 25];

export function makeLanes(rounds: Int32Array): Lanes {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(moduleOf(bodyOf(rounds))));
  const { memory, compress } = instance.exports as { memory: WebAssembly.Memory; compress(): void };
  return {
    state: new Int32Array(memory.buffer, 0, 32),
    block: new Int32Array(memory.buffer, BLOCK_AT, 64),
    compress,
  };
}

const op = (code: number) => [0xfd, ...leb(code)];
const get = (local: number) => [GET, local];
const load = (at: number) => [I32_CONST, 0, ...op(0x00), 4, ...leb(at)];
const sum = (...terms: number[][]) => terms.flatMap((term, i) => (i === 0 ? term : [...term, ...op(ADD)]));
const exclusive = (...terms: number[][]) => terms.flatMap((term, i) => (i === 0 ? term : [...term, ...op(XOR)]));
const shift = (local: number, by: number, way = SHIFT_RIGHT) => [...get(local), I32_CONST, by, ...op(way)];
const turn = (local: number, by: number) => [...shift(local, by), ...shift(local, 32 - by, SHIFT_LEFT), ...op(OR)];
/** Bits of `one` where `mask` has ones, bits of `other` where it has none. */
const select = (one: number, other: number, mask: number[]) => [...get(one), ...get(other), ...mask, ...op(SELECT)];

function bodyOf(rounds: Int32Array): number[] {
  const body: number[] = [];
  const set = (local: number, value: number[]) => body.push(...value, SET, local);
  let names = [0, 1, 2, 3, 4, 5, 6, 7];
  for (const name of names) set(name, load(16 * name));
  for (let i = 0; i < 16; i++) set(WORD + i, load(BLOCK_AT + 16 * i));
  for (let i = 0; i < 64; i++) {
    const [a, b, c, d, e, f, g, h] = names as [number, number, number, number, number, number, number, number];
    const word = (back: number) => WORD + ((i - back) & 15);
    if (i >= 16) {
      const early = exclusive(turn(word(15), 7), turn(word(15), 18), shift(word(15), 3));
      const late = exclusive(turn(word(2), 17), turn(word(2), 19), shift(word(2), 10));
      set(word(0), sum(get(word(16)), early, get(word(7)), late));
    }
    const key = [...op(0x0c), ...[0, 1, 2, 3].flatMap(() => [0, 8, 16, 24].map((by) => (rounds[i]! >>> by) & 255))];
    const upper = exclusive(turn(e, 6), turn(e, 11), turn(e, 25));
    set(BETWEEN, sum(get(h), upper, select(f, g, get(e)), key, get(word(0))));
    const lower = exclusive(turn(a, 2), turn(a, 13), turn(a, 22));
    set(d, sum(get(d), get(BETWEEN)));
    set(h, sum(get(BETWEEN), lower, select(c, a, exclusive(get(a), get(b)))));
    names = [h, a, b, c, d, e, f, g];
  }
  names.forEach((name, i) => {
    body.push(I32_CONST, 0, ...sum(load(16 * i), get(name)), ...op(0x0b), 4, ...leb(16 * i));
  });
  return body;
}

/** A module with one memory and one function, both exported. WebAssembly Core Specification, section 5.5. */
function moduleOf(body: number[]): Uint8Array<ArrayBuffer> {
  const name = (text: string) => [text.length, ...new TextEncoder().encode(text)];
  const section = (id: number, content: number[]) => [id, ...leb(content.length), ...content];
  const code = [1, LOCALS, V128, ...body, 0x0b];
  return Uint8Array.of(
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 0, 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, 1]),
    ...section(7, [2, ...name('memory'), 2, 0, ...name('compress'), 0, 0]),
    ...section(10, [1, ...leb(code.length), ...code]),
  );
}

/** An unsigned number in LEB128. */
function leb(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)];
}
