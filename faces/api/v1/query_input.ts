import { z } from 'zod';

const shapes = new WeakMap<z.ZodType, Shape>();

type Shape = { properties?: Record<string, { type?: string; anyOf?: { type?: string }[] }> };

/** Texts of a query string as the schema wants them: lists at commas, true and false, records as JSON. Numbers are the schema's own work. */
export function queryInput(schema: z.ZodType, raw: Record<string, unknown>): Record<string, unknown> {
  const { properties = {} } = shapeOf(schema);
  const input: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(raw)) {
    const text = Array.isArray(value) ? value.join(',') : String(value);
    const type = properties[name]?.type;
    if (type === 'array') input[name] = text.split(',').filter(Boolean);
    else if (type === 'boolean') input[name] = text === 'true' || text === '1';
    else if (type === 'integer' || type === 'number') input[name] = text.trim() === '' ? text : Number(text);
    else if (type === 'object') input[name] = recordOf(text);
    else input[name] = text;
  }
  return input;
}

function shapeOf(schema: z.ZodType): Shape {
  const shape = shapes.get(schema) ?? (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape);
  shapes.set(schema, shape);
  return shape;
}

function recordOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
