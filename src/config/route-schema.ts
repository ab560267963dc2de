import { z } from 'zod';
import {
  type Condition,
  type MatchConfig,
  MESSAGE_ACTIONS,
  type MessageAction,
  type RouteConfig,
} from '../core/config.ts';
import { SEVERITIES } from '../core/severity.ts';
import { expected } from './sentences.ts';
import { flag, list, names, present, settings, text, word } from './settings.ts';

const SCALAR = 'text, a number or true or false';
const scalar = z.union([z.string(), z.number(), z.boolean()], { error: expected(SCALAR) });
const scalars = list(scalar, 'a list of values').min(1);
const number = () => z.number().exactOptional();
const words = () => text().exactOptional();

const operators = settings(
  {
    is: scalar.exactOptional().describe('Exactly this: `*` and `?` are ordinary characters here.'),
    not: z
      .union([scalar, scalars], { error: expected(`${SCALAR}, or a list of them`) })
      .exactOptional()
      .describe('Equal to none of this; holds too when there is no value.'),
    in: scalars.exactOptional().describe('Equal to one of these.'),
    contains: words().describe('Text that holds this, or a list that has it.'),
    startsWith: words().describe('Text that starts with this.'),
    endsWith: words().describe('Text that ends with this.'),
    matches: words().describe('A regular expression, found anywhere in the text; it runs in linear time.'),
    exists: flag().exactOptional().describe('`true`: there is a value; `false`: there is none.'),
    gt: number().describe('A number greater than this.'),
    gte: number().describe('A number greater than this, or equal.'),
    lt: number().describe('A number less than this.'),
    lte: number().describe('A number less than this, or equal.'),
    atLeast: word('severity', SEVERITIES)
      .exactOptional()
      .describe('This severe or worse: info < warning < error < critical.'),
  },
  'operator',
)
  .refine((written) => Object.keys(written).length > 0, {
    error: 'is empty; expected an operator, as in { "not": "x" }',
    // A misspelt operator has its own sentence.
    when: ({ issues }) => issues.length === 0,
  })
  .meta({ id: 'operators', minProperties: 1 });

const condition = z
  .union([z.string(), z.number(), z.boolean(), scalars, operators], {
    error: expected('text, a number, true or false, a list of them, or an object of operators'),
  })
  .meta({
    id: 'condition',
    description:
      'Equal to this (`*` and `?` are wildcards, a leading `!` means not), to one of a list, or an object of operators.',
  });

const matches = (): z.ZodOptional<z.ZodType<readonly MatchConfig[]>> =>
  list(
    z.lazy(() => matchSchema),
    'a list of matches',
  )
    .min(1)
    .exactOptional();

const matchSchema: z.ZodType<MatchConfig> = z
  .object({
    source: condition.exactOptional().describe('The name of the source in this config.'),
    type: condition.exactOptional().describe('The type of the source: `github`, `stripe` …'),
    event: condition.exactOptional().describe('What happened: `pull_request.*`, `!pull_request.labeled`.'),
    severity: condition
      .exactOptional()
      .describe('`info`, `warning`, `error`, `critical`, or `{ "atLeast": "warning" }`.'),
    state: condition.exactOptional().describe('The state of the thing after the event: `open`, `firing`, `resolved` …'),
    all: matches().describe('All of these matches must hold.'),
    any: matches().describe('At least one of these matches must hold.'),
    none: matches().describe('None of these matches may hold.'),
  })
  .catchall(condition)
  .meta({
    id: 'match',
    description:
      'Conditions that must all hold, by `source`, `type`, `event`, `severity`, `state`, the name of a label (`repo`, `branch`, `env` …) or a path (`payload.a.b.0.c`, `headers.x-name`, `query.x`).',
  }) as z.ZodType<MatchConfig & Readonly<Record<string, Condition>>>;

const actions = z
  .union([list(word('button', MESSAGE_ACTIONS), 'a list of buttons'), z.literal(false)], {
    error: expected('a list of buttons, as in ["mute", "why"], or false for none'),
  })
  .transform((value): readonly MessageAction[] => (value === false ? [] : [...new Set(value)]));

/** A route, as it is written in the list. Its name may be missing: it is then called by its place. */
export const routeSchema = settings({
  name: text('a name')
    .max(100)
    .exactOptional()
    .describe('What it is called in explanations, the console and the API. Default: `route-` and its place, from 1.'),
  match: matchSchema.exactOptional().describe('The events it takes. Default: every event.'),
  to: names('the name of a channel')
    .refine((channels) => channels.length > 0, { error: 'is empty; expected at least one channel' })
    .describe('The channels it delivers to: one name, or a list.'),
  mention: names('the name of a mention')
    .default([])
    .describe('Whom to call, by names from `mentions`. Default: nobody.'),
  stop: flag().default(false).describe('Ends the search: later routes do not see what this one took. Default: false.'),
  fallback: flag().default(false).describe('Takes only what no other route took. Default: false.'),
  actions: actions
    .default(MESSAGE_ACTIONS)
    .describe(
      'The buttons under its messages, where a bot hears them: a list of `mute`, `why` and `acknowledge`, or `false` for none. Default: all.',
    ),
})
  .meta({
    examples: [
      { name: 'prs', match: { event: 'pull_request.*' }, to: ['screen'] },
      { name: 'leftovers', fallback: true, to: ['screen'] },
    ],
  })
  .transform((route): Omit<RouteConfig, 'name'> & { readonly name?: string } => present(route));
