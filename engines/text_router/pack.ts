import { BUCKETS } from './features.ts';
import { type Router, RouterError } from './router.ts';

/** A router as JSON, numbers little-endian in base64. */
export type PackedRouter = {
  format: 'text_router/1';
  labels: string[];
  examples: number;
  automatic_from: number;
  scale: number[];
  shift: number[];
  bias: number[];
  buckets: string;
  feature_weights: string;
  label_weights: string;
};

/** Plain JSON that `unpackRouter` reads back to a router with the same answers. */
export function packRouter({
  labels,
  examples,
  automatic_from,
  calibration,
  linear,
  vocabulary,
}: Router): PackedRouter {
  return {
    format: 'text_router/1',
    labels,
    examples,
    automatic_from,
    scale: [...calibration.scale],
    shift: [...calibration.shift],
    bias: [...linear.bias],
    buckets: toText(vocabulary.buckets.length, (view, at) => view.setInt32(at * 4, vocabulary.buckets[at]!, true)),
    feature_weights: toText(vocabulary.weights.length, (view, at) =>
      view.setFloat32(at * 4, vocabulary.weights[at]!, true),
    ),
    label_weights: toText(linear.weights.length, (view, at) => view.setFloat32(at * 4, linear.weights[at]!, true)),
  };
}

/** Errors: RouterError `packed_invalid` when it is of another format or its parts do not fit together. */
export function unpackRouter(packed: PackedRouter): Router {
  const label_count = packed.labels?.length ?? 0;
  const fail = (): never => {
    throw new RouterError('packed_invalid', 'this is no router of format text_router/1, or it is cut short');
  };
  if (packed.format !== 'text_router/1') fail();
  if ([packed.scale, packed.shift, packed.bias].some((one) => one?.length !== label_count)) fail();
  const bucketView = toView(packed.buckets);
  const weightView = toView(packed.feature_weights);
  const labelView = toView(packed.label_weights);
  const size = bucketView.byteLength / 4;
  if (!Number.isInteger(size) || weightView.byteLength !== size * 4) fail();
  if (labelView.byteLength !== size * 4 * label_count) fail();
  const buckets = Int32Array.from({ length: size }, (_, at) => bucketView.getInt32(at * 4, true));
  const columns = new Int32Array(BUCKETS).fill(-1);
  for (const [column, bucket] of buckets.entries()) {
    if (bucket < 0 || bucket >= BUCKETS) fail();
    columns[bucket] = column;
  }
  const weights = Float32Array.from({ length: size }, (_, at) => weightView.getFloat32(at * 4, true));
  return {
    labels: packed.labels,
    examples: packed.examples,
    automatic_from: packed.automatic_from,
    calibration: { scale: Float64Array.from(packed.scale), shift: Float64Array.from(packed.shift) },
    vocabulary: { columns, buckets, weights },
    linear: {
      label_count,
      bias: Float64Array.from(packed.bias),
      weights: Float32Array.from({ length: size * label_count }, (_, at) => labelView.getFloat32(at * 4, true)),
    },
  };
}

function toText(length: number, set: (view: DataView, at: number) => void): string {
  const view = new DataView(new ArrayBuffer(length * 4));
  for (let at = 0; at < length; at++) set(view, at);
  return Buffer.from(view.buffer).toString('base64');
}

function toView(text: string): DataView {
  const bytes = Buffer.from(text ?? '', 'base64');
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
