import type { Block, Button, Inline } from '../../core/message.ts';
import { safeWebUrl } from '../../core/url.ts';
import { mrkdwnBlocks, mrkdwnLine } from '../markup/mrkdwn.ts';
import { mrkdwnInlines } from '../markup/mrkdwn-inline.ts';
import { blocksOf, buttonOf, buttonsOf, namedInlines } from './block-kit.ts';
import type { SlackAttachment } from './payloads.ts';

/** What an attachment shows, from top to bottom; its fallback only where it shows nothing else. */
export function attachmentBlocks(attachment: SlackAttachment): readonly Block[] {
  const { pretext, text, fields, footer, fallback, blocks } = attachment;
  const shown = [
    ...mrkdwnBlocks(pretext ?? ''),
    ...titleBlocks(attachment),
    ...mrkdwnBlocks(text ?? ''),
    ...fieldBlocks(fields),
    ...blocks.flatMap(blocksOf),
  ];
  if (shown.length === 0) return mrkdwnBlocks(fallback ?? '');
  return [...shown, ...(footer === undefined || footer.trim() === '' ? [] : [paragraph(mrkdwnInlines(footer))])];
}

export const attachmentButtons = ({ actions, blocks }: SlackAttachment): readonly Button[] => [
  ...actions.flatMap(buttonOf),
  ...blocks.flatMap(buttonsOf),
];

/** What could be the title of a message that has no text of its own, best first. */
export const attachmentTitles = ({ title, pretext, fallback, text, author_name }: SlackAttachment): readonly string[] =>
  [title, pretext, fallback, text, author_name].flatMap((written) => written ?? []);

const paragraph = (children: readonly Inline[]): Block => ({ kind: 'paragraph', children });

function titleBlocks({ title, title_link, author_name }: SlackAttachment): readonly Block[] {
  const url = safeWebUrl(title_link ?? '');
  const words: readonly Inline[] = [{ kind: 'text', text: mrkdwnLine(title ?? '') }];
  const linked: readonly Inline[] = url === undefined ? words : [{ kind: 'link', url, children: words }];
  return [
    ...(author_name === undefined || author_name.trim() === '' ? [] : [paragraph(mrkdwnInlines(author_name))]),
    ...(mrkdwnLine(title ?? '') === '' ? [] : [paragraph([{ kind: 'strong', children: linked }])]),
  ];
}

const MOST_FIELDS = 20;

function fieldBlocks(fields: SlackAttachment['fields']): readonly Block[] {
  const items = fields.slice(0, MOST_FIELDS).flatMap(({ title = '', value = '' }): readonly (readonly Block[])[] => {
    const inlines = namedInlines(mrkdwnLine(title), value);
    return value.trim() === '' ? [] : [[paragraph(inlines)]];
  });
  return items.length === 0 ? [] : [{ kind: 'list', ordered: false, start: 1, items }];
}
