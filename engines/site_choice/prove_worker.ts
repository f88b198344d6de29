import { parentPort, workerData } from 'node:worker_threads';
import loadHighs from 'highs';
import type { ExactModel } from './exact_model.ts';

/** What the worker tells: a better bound, a better choice, or that it is done (`is_proven`: nothing is cheaper). */
export type Told = { bound?: number; sites?: number[]; cost?: number; is_proven?: boolean; is_done?: boolean };

const { model } = workerData as { model: ExactModel };
const tell = (told: Told) => parentPort?.postMessage(told);
// Its types are those of a CommonJS package; what is loaded is the ES module.
const highs = await (loadHighs as unknown as typeof loadHighs.default)();
const columns = model.colCost.length;
const whole = model.sites.length;
const instance = highs.createModel({
  numCols: columns,
  numRows: model.rowLower.length,
  offset: model.offset,
  colCost: model.colCost,
  colLower: Float64Array.from({ length: columns }, (_, column) => (column < whole && model.kept[column] ? 1 : 0)),
  colUpper: Float64Array.from({ length: columns }, (_, column) => (column < whole ? 1 : highs.infinity)),
  rowLower: model.rowLower,
  rowUpper: model.rowUpper.map((upper) => (upper === Number.POSITIVE_INFINITY ? highs.infinity : upper)),
  matrix: {
    format: 'csr',
    numRows: model.rowLower.length,
    numCols: columns,
    starts: model.starts,
    indices: model.indices,
    values: model.values,
  },
  integrality: Int32Array.from({ length: columns }, (_, column) => (column < whole ? 1 : 0)),
});

const sitesOf = (solution: ArrayLike<number>) => Array.from(model.sites).filter((_, column) => solution[column]! > 0.5);

try {
  // The gap must close wholly, or the answer is not the best.
  instance.options.set({ output_flag: false, mip_rel_gap: 0, mip_abs_gap: 1e-6 });
  const { mipLogging, mipImprovingSolution } = highs.constants.callbackType;
  const { modelStatus } = instance.run({
    [mipLogging]: ({ data }) => void tell({ bound: data.mip_dual_bound }),
    [mipImprovingSolution]: ({ data }) =>
      void (data.mip_solution && tell({ sites: sitesOf(data.mip_solution), cost: data.objective_function_value })),
  });
  const is_proven = modelStatus === highs.constants.modelStatus.optimal;
  tell({ is_done: true, is_proven, sites: is_proven ? sitesOf(instance.getSolution().colValue) : undefined });
} finally {
  instance.dispose();
}
