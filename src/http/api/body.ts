import { z } from 'zod';
import { parseDuration } from '../../core/duration.ts';
import { didYouMean } from '../../core/nearest.ts';
import type { Where } from '../../core/overlay.ts';

/** A body with these keys and no others. */
export const body = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return 'is no object; expected JSON, as in {"source": "github"}';
      const known = Object.keys(shape);
      return issue.keys
        .map((key) => `"${key}" is no setting here${didYouMean(key, known) || `; expected ${known.join(', ')}`}`)
        .join('; ');
    },
  });

/** Text with something in it, of at most so many characters. */
export const words = (what: string, atMost = 200) =>
  z
    .string({
      error: ({ input }) => (input === undefined ? `is missing; expected ${what}` : `is no text; expected ${what}`),
    })
    .trim()
    .min(1, `is empty; expected ${what}`)
    .max(atMost, `is longer than ${atMost} characters`);

const DURATION = 'a duration, as in "30m", "2h" or "3d"';

/** How long, in milliseconds. */
export const durationText = () =>
  words(DURATION).transform((text, context) => {
    const ms = parseDuration(text);
    if (ms !== undefined) return ms;
    context.addIssue({ code: 'custom', message: `is no duration; expected ${DURATION}` });
    return z.NEVER;
  });

const CONDITION = 'text, or a list of texts, as in {"env": ["prod", "eu-*"]}';
const value = () => z.union([z.string(), z.number(), z.boolean()]);
const values = () => z.array(value()).min(1, `is empty; expected ${CONDITION}`);

/** Conditions by label: one value or several, `!` in front for what must not be. What they may say is for the services. */
export const whereBody = () =>
  z
    .record(z.string(), z.union([value(), values()], { error: `is neither; expected ${CONDITION}` }), {
      error: 'is no object; expected conditions, as in {"env": "prod"}',
    })
    .transform(
      (conditions): Where =>
        Object.fromEntries(Object.entries(conditions).map(([key, given]) => [key, [given].flat().map(String)])),
    );
