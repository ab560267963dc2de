import type { Chat, ChatPerson, ChatRequest, Reply } from '../core/chat.ts';
import type { Asked, ChatContext, Run } from './context.ts';
import { commands } from './index.ts';
import { channelAt } from './names.ts';
import { CHAT_COMMANDS } from './options.ts';
import { rightsOf } from './permissions.ts';
import { readInput } from './read-input.ts';
import { refusedReply } from './refused.ts';
import { suggest } from './suggest.ts';
import { nameText } from './words.ts';
import { usableZone } from './zones.ts';

/** Everything people can do from chat: input → command → rights → work → reply. */
export function createChat(context: ChatContext): Chat {
  return {
    commands: CHAT_COMMANDS,
    async handle(request) {
      try {
        return await answer(request, context);
      } catch (error) {
        return refusedReply(error, request, context);
      }
    },
    async suggest(typed) {
      try {
        return await suggest(typed, context);
      } catch (error) {
        context.log.warn('nothing could be suggested', { error: String(error).slice(0, 300) });
        return [];
      }
    },
  };
}

function answer(request: ChatRequest, context: ChatContext): Promise<Reply> {
  const asks = readInput(request.input);
  const run = commands[asks.name] as Run<typeof asks>;
  return run(asks, askedOf(request, context), context);
}

function askedOf(request: ChatRequest, { runtime, clock, commandStyle }: ChatContext): Asked {
  const active = runtime();
  const { chatops } = active.config;
  const person = believed(request.person);
  const here = channelAt(active, request);
  return {
    request,
    person,
    by: { platform: request.platform, id: person.id, name: nameText(person.name) },
    here,
    rights: rightsOf({ chatops, person, here }),
    style: commandStyle(request.platform),
    runtime: active,
    zone: usableZone(person.zone, chatops.timeZone),
    now: clock.now(),
  };
}

/** What a platform says of a person, whatever it left out. */
const believed = (person: ChatPerson): ChatPerson => ({
  ...person,
  id: typeof person.id === 'string' ? person.id : '',
  name: typeof person.name === 'string' ? person.name : '',
  roles: Array.isArray(person.roles) ? person.roles : [],
  inGroup: (group) => person.inGroup(group),
});
