import { formatDuration } from '../../core/duration.ts';
import type { Block } from '../../core/message.ts';
import type { Health } from '../../core/platform.ts';
import type { Stats } from '../../core/store.ts';
import { clockTime } from '../../pipeline/clock-time.ts';
import type { Command } from '../command.ts';
import type { Asked, Run } from '../context.ts';
import { privately } from '../reply.ts';
import { bullets, counted, listed, oneLine, paragraph, strong } from '../words.ts';

const MOST = 15;

/** `status`: whether all is well, what waits, what is muted, and when senders were last heard. */
export const status: Run<Extract<Command, { readonly name: 'status' }>> = async (_asks, asked, context) => {
  await asked.rights.need('ask');
  const [parts, stats, mutes] = await Promise.all([context.ready(), context.store.stats(), context.mutes.list()]);
  const broken = Object.entries(parts).filter(([, { ok }]) => !ok);
  const held = mutes.reduce((sum, one) => sum + one.held, 0);
  return privately(asked, {
    title: broken.length === 0 ? 'All is well' : `Not all is well: ${listed(broken.map(([name]) => name))}`,
    emoji: broken.length === 0 ? '✅' : '🚧',
    tone: broken.length === 0 ? 'good' : 'warning',
    body: [
      partsBlock(parts),
      ...waitingBlocks(stats, asked),
      paragraph(
        strong('Mutes: '),
        mutes.length === 0 ? 'none' : `${mutes.length} in force, ${counted(held, 'message')} held back`,
      ),
      ...lastHookBlocks(stats, asked),
    ],
  });
};

const partsBlock = (parts: Readonly<Record<string, Health>>): Block =>
  bullets(Object.entries(parts).map(([name, { ok, detail }]) => [`${ok ? '✓' : '✗'} ${name}: ${oneLine(detail)}`]));

function waitingBlocks({ waiting }: Stats, { now }: Asked): readonly Block[] {
  if (waiting.length === 0) return [paragraph(strong('Waiting: '), 'nothing')];
  const lines = waiting
    .slice(0, MOST)
    .map(({ channel, count, oldest }) => [
      `${channel}: ${counted(count, 'message')}, the oldest for ${formatDuration(Math.max(0, now.getTime() - oldest.getTime()))}`,
    ]);
  return [paragraph(strong('Waiting')), bullets([...lines, ...more(waiting.length)])];
}

function lastHookBlocks({ lastHooks }: Stats, asked: Asked): readonly Block[] {
  const newest = [...asked.runtime.sources.keys()]
    .map((source) => ({ source, at: lastHooks[source] }))
    .sort((a, b) => (b.at?.getTime() ?? 0) - (a.at?.getTime() ?? 0));
  if (newest.length === 0) return [];
  const lines = newest
    .slice(0, MOST)
    .map(({ source, at }) => [`${source}: ${at === undefined ? 'never' : clockTime(at, asked)}`]);
  return [paragraph(strong('Last hooks')), bullets([...lines, ...more(newest.length)])];
}

const more = (count: number): readonly (readonly string[])[] => (count > MOST ? [[`and ${count - MOST} more`]] : []);
