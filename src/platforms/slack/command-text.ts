const ESCAPED = /<([^<>]*)>|&(amp|lt|gt);/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' };

/**
 * What somebody typed, out of what Slack makes of it: channels stay `<#C0123>` and people `<@U0123>`, without the names
 * that Slack adds; addresses are addresses again, and `&amp;`, `&lt;`, `&gt;` what they stand for.
 * https://docs.slack.dev/interactivity/implementing-slash-commands#escaping
 */
export const commandText = (text: string): string =>
  text
    .replace(ESCAPED, (_whole, inside: string | undefined, entity: string | undefined) =>
      inside === undefined ? (ENTITIES[entity ?? ''] ?? '') : typed(inside),
    )
    .trim();

function typed(inside: string): string {
  const bar = inside.indexOf('|');
  const target = unescaped(bar < 0 ? inside : inside.slice(0, bar));
  const label = unescaped(bar < 0 ? '' : inside.slice(bar + 1));
  if (/^[#@]/.test(target)) return `<${target}>`;
  // `<!subteam^S0123|@oncall>`, `<!here>`: words here, which call nobody.
  if (target.startsWith('!')) return label || `@${target.slice(1)}`;
  return label !== '' && isOwnName(label, target) ? label : target;
}

/** Slack makes a link of `example.com`, which nobody typed: then its label is what was typed. */
const isOwnName = (label: string, url: string): boolean =>
  ['http://', 'https://', 'mailto:', 'tel:'].some((start) => [start + label, `${start}${label}/`].includes(url));

const unescaped = (text: string): string =>
  text.replace(/&(amp|lt|gt);/g, (_whole, name: string) => ENTITIES[name] ?? '');
