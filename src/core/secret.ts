/** A value that never prints: logs, JSON and string templates show `‹secret›`. */
export interface Secret {
  /** The value itself, for the one place that needs it. */
  reveal(): string;
}

export const MASK = '‹secret›';

export function toSecret(value: string): Secret {
  const masked = {
    reveal: () => value,
    toString: () => MASK,
    toJSON: () => MASK,
    [Symbol.for('nodejs.util.inspect.custom')]: () => MASK,
  };
  return Object.freeze(masked);
}
