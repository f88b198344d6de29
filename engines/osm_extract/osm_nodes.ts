import { NO_TAGS, type OsmNode, type Tags } from './extract.ts';

const FREE = -1;

/**
 * The nodes of an extract in columns (identifier, latitude and longitude as numbers, tags for the few that have some),
 * found by their identifier through an open-addressed table. A map of objects costs five times as long and as much memory
 * at the size of a town. A node that comes twice is the later one. Adding and finding cost O(1).
 */
export class OsmNodes {
  size = 0;
  ids = new Float64Array(1024);
  latitudes = new Float64Array(1024);
  longitudes = new Float64Array(1024);
  private readonly tagged = new Map<number, Tags>();
  private slots = new Int32Array(2048).fill(FREE);

  set(id: number, latitude: number, longitude: number, tags: Tags): void {
    let slot = this.slotOf(id);
    let at = this.slots[slot]!;
    if (at === FREE) {
      if (this.size === this.ids.length) {
        this.grow();
        slot = this.slotOf(id);
      }
      at = this.size++;
      this.slots[slot] = at;
    }
    this.ids[at] = id;
    this.latitudes[at] = latitude;
    this.longitudes[at] = longitude;
    if (tags !== NO_TAGS) this.tagged.set(at, tags);
    else if (this.tagged.size > 0) this.tagged.delete(at);
  }

  /** Where in the columns a node stands, or -1. */
  indexOf(id: number): number {
    return this.slots[this.slotOf(id)]!;
  }

  tagsAt(index: number): Tags {
    return this.tagged.get(index) ?? NO_TAGS;
  }

  has(id: number): boolean {
    return this.indexOf(id) !== FREE;
  }

  get(id: number): OsmNode | undefined {
    const at = this.indexOf(id);
    return at === FREE ? undefined : this.nodeAt(at);
  }

  /** The nodes that have tags, in no order. */
  *withTags(): IterableIterator<OsmNode> {
    for (const at of this.tagged.keys()) yield this.nodeAt(at);
  }

  private nodeAt(at: number): OsmNode {
    return {
      id: this.ids[at]!,
      latitude: this.latitudes[at]!,
      longitude: this.longitudes[at]!,
      tags: this.tagsAt(at),
    };
  }

  /** The slot that holds the identifier, or the free one where it belongs. */
  private slotOf(id: number): number {
    const { slots, ids } = this;
    const mask = slots.length - 1;
    const high = Math.floor(id / 4294967296) | 0;
    let slot = Math.imul((id | 0) ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1);
    slot = (slot ^ (slot >>> 15)) & mask;
    for (;;) {
      const at = slots[slot]!;
      if (at === FREE || ids[at] === id) return slot;
      slot = (slot + 1) & mask;
    }
  }

  private grow(): void {
    const longer = (column: Float64Array) => {
      const next = new Float64Array(column.length * 2);
      next.set(column);
      return next;
    };
    this.ids = longer(this.ids);
    this.latitudes = longer(this.latitudes);
    this.longitudes = longer(this.longitudes);
    this.slots = new Int32Array(this.ids.length * 2).fill(FREE);
    for (let at = 0; at < this.size; at++) this.slots[this.slotOf(this.ids[at]!)] = at;
  }
}
