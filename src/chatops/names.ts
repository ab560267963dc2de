import type { ChatRequest } from '../core/chat.ts';
import { nearest } from '../core/nearest.ts';
import type { Runtime } from '../pipeline/runtime.ts';
import type { ChannelWord, Command } from './command.ts';
import type { Asked } from './context.ts';
import { Refusal } from './refusal.ts';
import { listed, nameText } from './words.ts';

/** The config's name of the channel where something was said. */
export function channelAt(
  runtime: Runtime,
  { platform, place }: Pick<ChatRequest, 'platform' | 'place'>,
): string | undefined {
  if (typeof place !== 'string' || place === '') return undefined;
  for (const [name, { config }] of runtime.channels) {
    if (config.platform === platform && config.id === place) return name;
  }
  return undefined;
}

/** A channel as it was typed, as the config names it. `corrected` is the command with another channel, for an example. */
export function channelOf(
  word: ChannelWord,
  { runtime, request, here }: Pick<Asked, 'runtime' | 'request' | 'here'>,
  corrected: (word: ChannelWord) => Command,
): string {
  const names = [...runtime.channels.keys()];
  if (word.kind === 'here') {
    if (here !== undefined) return here;
    const [first] = names;
    throw new Refusal(
      `This place is no channel of Bellhop’s config, so "here" means nothing. ${theChannels(names)}`,
      first === undefined ? undefined : corrected({ kind: 'name', name: first }),
    );
  }
  if (word.kind === 'id') {
    const found = channelAt(runtime, { platform: request.platform, place: word.id });
    if (found !== undefined) return found;
    throw new Refusal(`That channel is not in Bellhop’s config. ${theChannels(names)}`);
  }
  if (runtime.channels.has(word.name)) return word.name;
  const near = nearest(word.name, names);
  throw new Refusal(
    `There is no channel "${nameText(word.name)}" in the config${asking(near)} ${theChannels(names)}`,
    near === undefined ? undefined : corrected({ kind: 'name', name: near }),
  );
}

const theChannels = (names: readonly string[]): string =>
  names.length === 0 ? 'It has no channels.' : `Its channels: ${listed(names, { most: 20 })}.`;

/** A source as it was typed; `corrected` is the command with another one. */
export function sourceOf(
  word: string,
  { runtime }: Pick<Asked, 'runtime'>,
  corrected: (source: string) => Command,
): string {
  if (runtime.sources.has(word)) return word;
  const names = [...runtime.sources.keys()];
  const near = nearest(word, names);
  const known = names.length === 0 ? 'It has no sources.' : `Its sources: ${listed(names, { most: 20 })}.`;
  throw new Refusal(
    `There is no source "${nameText(word)}" in the config${asking(near)} ${known}`,
    near === undefined ? undefined : corrected(near),
  );
}

/** `; did you mean "x"?`, or a full stop. */
export const asking = (near: string | undefined): string => (near === undefined ? '.' : `; did you mean "${near}"?`);
