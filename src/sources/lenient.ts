import { z } from 'zod';

/**
 * Schemas for documents that others write: a field of the wrong shape is a missing field, never a refusal. A source names
 * only the fields it uses and decides itself what it cannot do without.
 */
export const text = z.string().optional().catch(undefined);
export const number = z.number().optional().catch(undefined);
export const flag = z.boolean().optional().catch(undefined);

/** A string, or a number written as one (ids come as both). */
export const id = z
  .union([z.string(), z.number().transform(String)])
  .optional()
  .catch(undefined);

/** A time as the sender writes it; undefined for none, for nonsense, and for the year 1 that Go writes for "no value". */
export const time = z
  .string()
  .transform((written) => new Date(written))
  .refine((at) => at.getTime() > 0)
  .optional()
  .catch(undefined);

/** An object of which only `shape` is read. */
export const record = <Shape extends z.ZodRawShape>(shape: Shape) => z.object(shape).optional().catch(undefined);

/** A list whose unreadable items are left out. */
export const list = <Item extends z.ZodType>(item: Item) =>
  z
    .array(z.unknown())
    .catch([])
    .transform((items) =>
      items.flatMap((raw): NonNullable<z.infer<Item>>[] => {
        const read = item.safeParse(raw);
        return read.success && read.data !== undefined && read.data !== null ? [read.data] : [];
      }),
    );
