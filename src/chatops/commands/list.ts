import type { Block } from '../../core/message.ts';
import type { ChatRoute } from '../../core/overlay.ts';
import { pressId } from '../../core/press.ts';
import { clockTime } from '../../pipeline/clock-time.ts';
import type { MuteListed } from '../../pipeline/mutes.ts';
import { chatRouteText, scopeText } from '../../pipeline/scope-text.ts';
import type { Command, ListTopic } from '../command.ts';
import type { Asked, ChatContext, Run } from '../context.ts';
import { privately } from '../reply.ts';
import {
  becauseText,
  bullets,
  code,
  counted,
  hereText,
  listed,
  nameText,
  paragraph,
  strong,
  type Words,
} from '../words.ts';
import { written } from '../written.ts';

const MOST = 25;
/** Where all is listed, less of each. */
const MOST_OF_ALL = 10;

/** `list`, `list mutes`: what there is, with the numbers that other commands take. */
export const list: Run<Extract<Command, { readonly name: 'list' }>> = async ({ what }, asked, context) => {
  await asked.rights.need('ask');
  const most = what === undefined ? MOST_OF_ALL : MOST;
  const topics: readonly ListTopic[] = what === undefined ? ['mutes', 'routes'] : [what];
  const parts = await Promise.all(topics.map((topic) => LISTS[topic](asked, context)));
  const body = parts.flatMap(({ title, lines, hint }, at): readonly Block[] => [
    ...(parts.length > 1 ? [paragraph(strong(title))] : []),
    ...(lines.length === 0 ? [] : [bullets(cut(lines, most, topics[at]))]),
    ...(hint === undefined ? [] : [paragraph(hint)]),
  ]);
  const { channels, sources } = asked.runtime;
  const others = paragraph(
    `${counted(sources.size, 'source')} and ${counted(channels.size, 'channel')}: `,
    code(written({ name: 'list', what: 'sources' }, asked.style)),
    ', ',
    code(written({ name: 'list', what: 'channels' }, asked.style)),
  );
  const hasRoutes = topics.includes('routes') && context.routes.list().length > 0;
  return privately(asked, {
    title: parts.map(({ title }) => title).join(', '),
    emoji: '📋',
    body: what === undefined ? [...body, others] : body,
    actions: hasRoutes ? [{ label: 'Make permanent', id: pressId('export') }] : [],
  });
};

interface Listing {
  readonly title: string;
  readonly lines: readonly (readonly Words[])[];
  readonly hint?: string;
}

const LISTS: Readonly<Record<ListTopic, (asked: Asked, context: ChatContext) => Promise<Listing>>> = {
  async mutes(asked, { mutes }) {
    const all = await mutes.list();
    return {
      title: all.length === 0 ? 'No mutes' : counted(all.length, 'mute'),
      lines: all.map((one) => muteLine(one, asked)),
    };
  },

  async routes(asked, { routes }) {
    const fromChat = routes.list();
    const fromFiles = asked.runtime.config.routes.map(({ name, to, stop, fallback, writtenAt = 'file' }) => [
      strong(name),
      ` to ${listed(to)}${stop ? ', and no further' : ''}${fallback ? ', what no other took' : ''} (${writtenAt})`,
    ]);
    const lines = [...fromChat.map((route) => routeLine(route, asked)), ...fromFiles];
    return { title: lines.length === 0 ? 'No routes' : counted(lines.length, 'route'), lines };
  },

  async sources(asked, { store }) {
    const { lastHooks } = await store.stats();
    const lines = [...asked.runtime.sources.values()].map(({ name, type }) => {
      const last = lastHooks[name];
      return [strong(name), ` (${type.title}), last hook: ${last === undefined ? 'never' : clockTime(last, asked)}`];
    });
    return { title: lines.length === 0 ? 'No sources' : counted(lines.length, 'source'), lines };
  },

  async channels({ runtime, here }) {
    const lines = [...runtime.channels.values()].map(({ config: { name, platform } }) => [
      strong(name),
      ` on ${platform}${name === here ? ' (here)' : ''}`,
    ]);
    const hint = here === undefined ? 'This place is none of them.' : undefined;
    return {
      title: lines.length === 0 ? 'No channels' : counted(lines.length, 'channel'),
      lines,
      ...(hint !== undefined && { hint }),
    };
  },
};

function muteLine({ mute, held }: MuteListed, asked: Asked): readonly Words[] {
  const { number, scope, by, why, until, untilResolved } = mute;
  const time = until === undefined ? undefined : clockTime(until, asked);
  const end =
    untilResolved === true
      ? `until resolved${time === undefined ? '' : ` (${time} at the latest)`}`
      : `until ${time ?? 'somebody unmutes it'}`;
  return [
    strong(`#${number}`),
    ` ${scopeText(scope)}${hereText(scope, asked.here)}, ${end}, by ${nameText(by.name)}${becauseText(why)}. Held back: ${held}.`,
  ];
}

function routeLine(route: ChatRoute, asked: Asked): readonly Words[] {
  const { number, by, until, why, mode } = route;
  const end = until === undefined ? '' : `, until ${clockTime(until, asked)}`;
  const moved = mode === 'move' ? ' and nowhere else' : '';
  return [strong(`#${number}`), ` ${chatRouteText(route)}${moved} (${nameText(by.name)})${end}${becauseText(why)}`];
}

function cut(lines: Listing['lines'], most: number, topic: ListTopic | undefined): Listing['lines'] {
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most), [`and ${lines.length - most} more ${topic ?? ''}`.trimEnd()]];
}
