import { oneLine } from '../one-line.ts';
import { plainText } from '../plain-text.ts';

/** What a monitor's message says, in the parts that Bellhop shows apart. */
export interface MessageText {
  readonly text: string | undefined;
  /** Written in Markdown: between fences of `%%%`. */
  readonly isMarkdown: boolean;
  /** `2.31`: what the monitor measured. */
  readonly measured: string | undefined;
}

/**
 * The message without Datadog's own markup: the fences of its Markdown (`%%%`), the picture, whom it notifies, and the
 * links below the line.
 */
export function messageText(body: string | undefined): MessageText {
  const [own = ''] = plainText((body ?? '').replaceAll('%%%', ''), MAX).split(/^[ \t]*-( ?-){2,}[ \t]*$/m, 1);
  const lines = own
    .replace(/\[?!\[[^\]\n]{0,200}\]\([^)\n]{0,2000}\)(\]\([^)\n]{0,2000}\))?/g, '')
    .replace(/(^|\s)@(webhook|slack|teams|pagerduty|opsgenie|jira|oncall)-[\w.-]{1,100}/gi, '$1')
    .split('\n')
    .map((line) => line.trimEnd());
  const measured = lines.map((line) => MEASURED.exec(line)?.[1]).find((value) => value !== undefined);
  const text = lines
    .filter((line) => !MEASURED.test(line) && !/^The monitor was last triggered at /.test(line))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return {
    text: text === '' ? undefined : text,
    isMarkdown: /^\s*%%%/.test(body ?? ''),
    measured: measured && oneLine(measured, 40),
  };
}

const MAX = 1_500;
const MEASURED = /^Metric value: (\S.{0,60})$/;

/** `Checkout is slow` of `[P1] [Re-Triggered on {host:pay-2}] Checkout is slow`. */
export function monitorName(title: string | undefined): string | undefined {
  const name = oneLine(title ?? '', 200).replace(/^(\[(P[1-5]|[A-Z][A-Za-z -]{1,20}( on \{[^}\]]*\})?)\]\s*)+/, '');
  return name === '' ? undefined : name;
}

/** `Triggered` of such a title; undefined where it does not say. */
export const transitionOf = (title: string | undefined): string | undefined =>
  /^(?:\[P[1-5]\]\s*)?\[((?:Re-)?(?:Triggered|Warn|No Data)|Recovered|Renotify)\b/.exec(title ?? '')?.[1];

/** Where the links below a message lead, for payloads without a link of their own. */
export const linkInMessage = (body: string | undefined): string | undefined =>
  /\[Monitor Status\]\((https:\/\/[^()\s]{1,500})\)/.exec(body ?? '')?.[1];
