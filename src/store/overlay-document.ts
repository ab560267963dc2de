import type { NewId } from '../core/id.ts';
import { type ChatRoute, chatRouteName, type Mute, type Overlay, type Person } from '../core/overlay.ts';
import { isRecord } from '../core/record.ts';
import { documentSchema, type WrittenMute, type WrittenRoute } from './overlay-schema.ts';
import { problemsOf } from './overlay-sentences.ts';

type Document = Readonly<Record<string, unknown>>;

/** Each entry makes a document of the next version out of one of its own; the first one reads version 1. */
const MIGRATIONS: readonly ((document: Document) => Document)[] = [];

const VERSION = MIGRATIONS.length + 1;
const MOST_TOLD = 10;
const BY_HAND: Person = { platform: 'file', id: 'file', name: 'edited by hand' };

export interface ReadContext {
  /** When a mute or a route begins that does not say so. */
  readonly now: Date;
  readonly newId: NewId;
}

export interface ReadOverlay {
  readonly overlay: Overlay;
  /** Something was made up that another reading would make up differently: it has to be written down. */
  readonly isCompleted: boolean;
}

/** What the file holds for an overlay; dates as ISO 8601. */
export const encodeOverlay = ({ nextNumber, mutes, routes }: Overlay): Document => ({
  version: VERSION,
  nextNumber,
  mutes,
  routes,
});

/** The overlay in a parsed document; what people may leave out is filled in. Throws all its mistakes as one text. */
export function readOverlay(raw: unknown, context: ReadContext): ReadOverlay {
  const parsed = documentSchema.safeParse(migrated(raw));
  if (!parsed.success) throw mistakes(problemsOf(parsed.error.issues));
  const { nextNumber = 1, mutes, routes } = parsed.data;

  const entries = [...mutes, ...routes];
  const taken = new Set(routes.flatMap(({ name }) => name ?? []));
  let next = Math.max(nextNumber, ...entries.map(({ number = 0 }) => number + 1));
  const newNumber = () => {
    while (taken.has(chatRouteName(next))) next++;
    return next++;
  };
  const completeMutes = mutes.map((mute) => completeMute(mute, newNumber, context));
  const completeRoutes = routes.map((route) => completeRoute(route, newNumber, context));
  const overlay = { nextNumber: next, mutes: completeMutes, routes: completeRoutes };
  const repeated = repeatsIn(overlay);
  if (repeated.length > 0) throw mistakes(repeated);
  const isCompleted =
    entries.some(({ number, from }) => number === undefined || from === undefined) ||
    mutes.some(({ id }) => id === undefined);
  return { overlay, isCompleted };
}

function migrated(raw: unknown): Document {
  if (!isRecord(raw)) throw new Error('it must hold an object');
  const { version } = raw;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw new Error(`version: ${version === undefined ? 'is missing' : 'is no version'}; expected ${VERSION}`);
  }
  if (version > VERSION) {
    throw new Error(
      `it was written by a newer Bellhop (its version is ${version}, this one knows ${VERSION}); start that one again`,
    );
  }
  return MIGRATIONS.slice(version - 1).reduce((document, migrate) => migrate(document), raw);
}

function completeMute(
  { number, id, scope, by, from, ...rest }: WrittenMute,
  newNumber: () => number,
  context: ReadContext,
): Mute {
  return {
    number: number ?? newNumber(),
    id: id ?? context.newId('mute'),
    scope,
    by: by ?? BY_HAND,
    from: from ?? context.now,
    ...rest,
  };
}

function completeRoute(
  { number: written, name, by, from, ...rest }: WrittenRoute,
  newNumber: () => number,
  { now }: ReadContext,
): ChatRoute {
  const number = written ?? newNumber();
  return { number, name: name ?? chatRouteName(number), by: by ?? BY_HAND, from: from ?? now, ...rest };
}

/** A copied entry keeps what must be its own. */
function repeatsIn({ mutes, routes }: Overlay): readonly string[] {
  const places = [
    ...mutes.flatMap(({ id, number }, at) => [
      { at: `mutes[${at}]`, part: 'id', value: id },
      { at: `mutes[${at}]`, part: 'number', value: `#${number}` },
    ]),
    ...routes.flatMap(({ name, number }, at) => [
      { at: `routes[${at}]`, part: 'name', value: name },
      { at: `routes[${at}]`, part: 'number', value: `#${number}` },
    ]),
  ];
  const first = new Map<string, string>();
  return places.flatMap(({ at, part, value }) => {
    const own = `${part} ${value}`;
    const other = first.get(own);
    if (other === undefined) first.set(own, at);
    return other === undefined
      ? []
      : [`${at}.${part}: is that of ${other} too; expected one of its own, or none: then it gets one`];
  });
}

function mistakes(sentences: readonly string[]): Error {
  const [only = ''] = sentences;
  if (sentences.length === 1) return new Error(only);
  const rest = sentences.length - MOST_TOLD;
  const told = [...sentences.slice(0, MOST_TOLD), ...(rest > 0 ? [`and ${rest} more`] : [])];
  return new Error(`it has ${sentences.length} mistakes:\n  ${told.join('\n  ')}`);
}
