import type { Block } from '../../core/message.ts';
import { nearest } from '../../core/nearest.ts';
import type { Command } from '../command.ts';
import type { Asked, Run } from '../context.ts';
import { parseCommand } from '../grammar.ts';
import { HELP_TOPICS, type HelpTopic } from '../help-topics.ts';
import { asking } from '../names.ts';
import { Refusal } from '../refusal.ts';
import { privately } from '../reply.ts';
import { bullets, code, listed, nameText, oneLine, paragraph } from '../words.ts';
import { written } from '../written.ts';

/** `help`, `help mute` */
export const help: Run<Extract<Command, { readonly name: 'help' }>> = async ({ topic }, asked) => {
  if (topic === undefined) return overview(asked);
  const name = topic.toLowerCase();
  const found = Object.hasOwn(HELP_TOPICS, name) ? HELP_TOPICS[name] : undefined;
  if (found !== undefined)
    return privately(asked, { title: oneLine(`${name}: ${found.says}`), emoji: '💡', body: bodyOf(found, asked) });
  const topics = Object.keys(HELP_TOPICS);
  const near = nearest(name, topics);
  throw new Refusal(
    `There is no help on "${nameText(topic)}"${asking(near)} There is on ${listed(topics, { most: 20 })}.`,
    {
      name: 'help',
      ...(near !== undefined && { topic: near }),
    },
  );
};

function overview(asked: Asked): ReturnType<typeof privately> {
  const usages = Object.values(HELP_TOPICS).flatMap(({ usage, isPressed }) => (isPressed ? [] : [usage]));
  return privately(asked, {
    title: 'Bellhop brings what your tools have to say. From here you can mute it, route it and ask why',
    emoji: '🛎️',
    body: [
      { kind: 'code', text: usages.join('\n') },
      paragraph('More on one: ', code(written({ name: 'help', topic: 'mute' }, asked.style))),
    ],
  });
}

const bodyOf = ({ usage, more, examples }: HelpTopic, { style }: Asked): readonly Block[] => [
  { kind: 'code', text: usage },
  ...more.map((sentence) => paragraph(sentence)),
  bullets(examples.map((example) => [code(written(parseCommand(example), style))])),
];
