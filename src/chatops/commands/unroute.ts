import { CommandError } from '../../core/errors.ts';
import { nearest } from '../../core/nearest.ts';
import { type ChatRoute, isSamePerson } from '../../core/overlay.ts';
import { chatRouteText } from '../../pipeline/scope-text.ts';
import type { Command } from '../command.ts';
import type { Asked, ChatContext, Run } from '../context.ts';
import { asking } from '../names.ts';
import { Refusal } from '../refusal.ts';
import { publicly } from '../reply.ts';
import { listed, nameText } from '../words.ts';

type Unroute = Extract<Command, { readonly name: 'unroute' }>;

/** `unroute #4`, `unroute chat-4` */
export const unroute: Run<Unroute> = async (asks, asked, context) => {
  const found = routeNamed(asks, asked, context);
  if (!isSamePerson(found.by, asked.by)) await asked.rights.need('route');
  const gone = await context.routes.remove(found.name, asked.by, asked.here);
  return publicly(asked, {
    title: `${asked.by.name} removed route #${gone.number}: ${chatRouteText(gone)}`,
    emoji: '↩️',
  });
};

function routeNamed(asks: Unroute, { runtime }: Asked, { routes }: ChatContext): ChatRoute {
  const all = routes.list();
  const { which } = asks;
  const found = all.find((route) => (typeof which === 'string' ? route.name === which : isThis(route, which)));
  if (found !== undefined) return found;
  const name = typeof which === 'string' ? which : 'number' in which ? `#${which.number}` : which.id;
  if (runtime.config.routes.some((route) => route.name === name)) {
    throw new Refusal(`Route "${name}" is in the config’s files, so it is removed there. Here it can be muted.`, {
      name: 'mute',
      target: { kind: 'route', route: name },
      where: {},
      everywhere: false,
    });
  }
  const known = all.map((route) => `#${route.number} ${chatRouteText(route)}`);
  if (known.length === 0) throw new CommandError(`There is no route ${nameText(name)} from chat, nor any other.`);
  const near = nearest(
    name,
    all.map((route) => route.name),
  );
  throw new Refusal(`There is no route ${nameText(name)} from chat${asking(near)} Those from chat: ${listed(known)}.`, {
    name: 'unroute',
    which: near ?? { number: all[0]?.number ?? 1 },
  });
}

const isThis = ({ number, name }: ChatRoute, which: { readonly number: number } | { readonly id: string }): boolean =>
  'number' in which ? number === which.number : name === which.id;
