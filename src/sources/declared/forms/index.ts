import { adf } from './adf.ts';
import { cut } from './cut.ts';
import { duration } from './duration.ts';
import { first } from './first.ts';
import { from } from './from.ts';
import { list } from './list.ts';
import { markdown } from './markdown.ts';
import { money } from './money.ts';
import { origin } from './origin.ts';
import { part } from './part.ts';
import { say } from './say.ts';
import { since } from './since.ts';
import { text } from './text.ts';
import { there } from './there.ts';
import { time } from './time.ts';

/** Every form of a value, by the key it is known by, in the order of the README's table. A new one is a file, and its line here. */
export const forms = {
  from,
  say,
  time,
  duration,
  since,
  money,
  text,
  markdown,
  adf,
  cut,
  part,
  origin,
  there,
  first,
  list,
};
