import { DELIVERY_STATES, type DeliveryState } from '../../core/delivery.ts';
import { ApiError } from '../../core/errors.ts';
import { didYouMean } from '../../core/nearest.ts';

const DEFAULT_LIMIT = 50;
const MOST = 500;

/** One query parameter's text; undefined when it is absent or empty. Given twice, it is refused. */
export function textParameter(query: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string')
    throw new ApiError('bad_request', `"${name}" is given more than once; once was expected.`);
  return value;
}

export function limitParameter(query: Readonly<Record<string, unknown>>): number {
  const written = textParameter(query, 'limit');
  if (written === undefined) return DEFAULT_LIMIT;
  const limit = Number(written);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) {
    throw new ApiError('bad_request', `"limit" is "${written}"; a number from 1 to ${MOST} was expected.`);
  }
  return limit;
}

export function stateParameter(query: Readonly<Record<string, unknown>>): DeliveryState | undefined {
  const written = textParameter(query, 'state');
  if (written === undefined) return undefined;
  const state = DELIVERY_STATES.find((known) => known === written);
  if (state !== undefined) return state;
  throw new ApiError(
    'bad_request',
    `"state" is "${written}"; one of ${DELIVERY_STATES.join(', ')} was expected${didYouMean(written, DELIVERY_STATES)}`,
  );
}

/** Of one more than `limit` that were asked for: the page, and the cursor of the next one, null when there is none. */
export function pageOf<Found>(
  found: readonly Found[],
  limit: number,
  idOf: (one: Found) => string,
): { readonly page: readonly Found[]; readonly next: string | null } {
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return { page, next: found.length > limit && last !== undefined ? idOf(last) : null };
}

/** Only the filters that are set, as optional properties want it. */
export function given<Filter extends Readonly<Record<string, unknown>>>(
  filter: Filter,
): { [Key in keyof Filter]?: NonNullable<Filter[Key]> } {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Filter]?: NonNullable<Filter[Key]>;
  };
}
