import { OsmError } from './extract.ts';

const TWO_28 = 2 ** 28;

/**
 * Reads Protocol Buffers wire format (varints, fields, packed numbers) from bytes and never past the end of the message
 * it stands in: whatever is cut or lies about its length is refused with the byte where that shows. `base` is where the
 * bytes begin in the file; inflated blocks all carry the place of their block.
 */
export class ByteCursor {
  readonly bytes: Uint8Array;
  at: number;
  end: number;
  private readonly place: (at: number) => number;

  constructor(bytes: Uint8Array, at: number, end: number, place: (at: number) => number) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
    this.place = place;
  }

  fail(code: string, message: string): never {
    throw new OsmError(code, message, { byte: this.place(this.at) });
  }

  /** An unsigned varint up to 2^53. */
  varint(): number {
    const { bytes, end } = this;
    let at = this.at;
    let low = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      if (at >= end) this.fail('file_cut', 'the file ends within a number');
      const byte = bytes[at++]!;
      low |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        this.at = at;
        return low;
      }
    }
    return this.longVarint(at, low);
  }

  private longVarint(from: number, low: number): number {
    let at = from;
    let high = 0;
    for (let power = 1; ; power *= 128) {
      if (at >= this.end) this.fail('file_cut', 'the file ends within a number');
      const byte = this.bytes[at++]!;
      high += (byte & 0x7f) * power;
      if (byte < 0x80) break;
      if (at - from >= 6) return this.negative(from - 4);
    }
    if (high >= 2 ** 25) return this.negative(from - 4);
    this.at = at;
    return high * TWO_28 + low;
  }

  /** Ten bytes: a negative int64, as plain (not zigzag) fields write it. */
  private negative(from: number): number {
    let value = 0n;
    for (let i = 0; i < 10; i++) {
      if (from + i >= this.end) this.fail('file_cut', 'the file ends within a number');
      const byte = this.bytes[from + i]!;
      value |= BigInt(byte & 0x7f) << BigInt(7 * i);
      if (byte < 0x80) {
        this.at = from + i + 1;
        const signed = Number(BigInt.asIntN(64, value));
        if (!Number.isSafeInteger(signed)) this.fail('number_invalid', 'a number is beyond 2^53');
        return signed;
      }
    }
    return this.fail('number_invalid', 'a number is longer than ten bytes');
  }

  /** A zigzag varint: 0, -1, 1, -2 … */
  zigzag(): number {
    const value = this.varint();
    if (value < 0) this.fail('number_invalid', 'a number is beyond 2^53');
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** The message or text of a length-delimited field, as a cursor over its part of the same bytes. */
  message(): ByteCursor {
    const length = this.varint();
    if (length < 0 || length > this.end - this.at)
      this.fail('file_cut', `a part is said to be ${length} bytes long, and ${this.end - this.at} are left`);
    const begin = this.at;
    this.at += length;
    return new ByteCursor(this.bytes, begin, begin + length, this.place);
  }

  view(): Uint8Array {
    return this.bytes.subarray(this.at, this.end);
  }

  text(): string {
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + this.at, this.end - this.at).toString('utf8');
  }

  /** Calls `read` with the number of each field, which must take its value or leave it to be skipped (return false). */
  fields(read: (field: number) => boolean): void {
    while (this.at < this.end) {
      const key = this.varint();
      const begin = this.at;
      if (read(key >>> 3)) {
        if (this.at === begin) this.fail('pbf_broken', 'a field holds nothing');
      } else this.skip(key & 7);
    }
  }

  private skip(type: number): void {
    if (type === 0) this.varint();
    else if (type === 2) this.message();
    else if (type === 1 || type === 5) {
      this.at += type === 1 ? 8 : 4;
      if (this.at > this.end) this.fail('file_cut', 'the file ends within a number');
    } else this.fail('pbf_broken', 'a field of a kind that is not there');
  }

  /** The numbers of a packed field. */
  packed(isZigzag: boolean): number[] {
    const inner = this.message();
    const numbers: number[] = [];
    while (inner.at < inner.end) numbers.push(isZigzag ? inner.zigzag() : inner.varint());
    return numbers;
  }
}
