import type { Inline } from '../../core/message.ts';
import { safeLink } from '../../core/url.ts';
import { dateTime } from '../human-time.ts';
import { emojiRead } from './emoji-names.ts';

/**
 * What stands between `<` and `>`: an address with its words, or a call, of which only the words are left, so that it calls
 * nobody. Undefined where it is neither. https://docs.slack.dev/messaging/formatting-message-text
 */
export function slackReference(inner: string): readonly Inline[] | undefined {
  const bar = inner.indexOf('|');
  const target = bar === -1 ? inner : inner.slice(0, bar);
  const label = bar === -1 ? '' : labelText(inner.slice(bar + 1));
  switch (inner.charAt(0)) {
    case '@':
      return text(label === '' ? '@someone' : withSign('@', label));
    case '#':
      return text(label === '' ? '#channel' : withSign('#', label));
    case '!':
      return text(callText(target.slice(1), label));
    default: {
      const url = entitiesRead(target);
      if (safeLink(url) === undefined) return /^[a-z][\w+.-]{1,20}:/i.test(url) ? text(label || url) : undefined;
      return [{ kind: 'link', url, children: text(label || url.replace(/^mailto:/, '')) }];
    }
  }
}

const text = (written: string): readonly Inline[] => [{ kind: 'text', text: written }];

const withSign = (sign: string, label: string): string => (label.startsWith(sign) ? label : `${sign}${label}`);

function callText(call: string, label: string): string {
  if (label !== '') return label;
  const [kind = '', time] = call.split('^');
  if (kind === 'date') return dateTime(new Date(Number(time) * 1_000)) ?? '';
  return kind === 'subteam' ? '@group' : `@${kind}`;
}

const labelText = (label: string): string => emojiRead(entitiesRead(label));

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** Text with the references that Slack asks its senders to write. */
export const entitiesRead = (written: string): string =>
  written.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] ?? '');
