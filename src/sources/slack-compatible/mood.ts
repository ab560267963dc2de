/** How bad a message is, as its sender shows it; undefined where it does not. */
export type Mood = 'good' | 'warning' | 'bad';

/** The colour of an attachment: one of Slack's three words, or a hex colour that everybody would call red, yellow or green. */
export function moodOfColor(color: string | undefined): Mood | undefined {
  const word = (color ?? '').trim().toLowerCase();
  if (word === 'good' || word === 'warning') return word;
  if (word === 'danger') return 'bad';
  const [, red = '', green = '', blue = ''] = /^#?([\da-f]{2})([\da-f]{2})([\da-f]{2})$/.exec(word) ?? [];
  return red === '' ? undefined : moodOfRgb([red, green, blue].map((hex) => Number.parseInt(hex, 16)));
}

/** Below this, a colour is a grey. */
const LEAST_SATURATION = 0.3;

function moodOfRgb([red = 0, green = 0, blue = 0]: readonly number[]): Mood | undefined {
  const most = Math.max(red, green, blue);
  const spread = most - Math.min(red, green, blue);
  if (most === 0 || spread / most < LEAST_SATURATION) return undefined;
  const hue = hueOf([red, green, blue], { most, spread });
  if (hue < 18 || hue >= 335) return 'bad';
  if (hue < 70) return 'warning';
  return hue < 170 ? 'good' : undefined;
}

/** In degrees: red is 0, yellow 60, green 120, blue 240. */
function hueOf(
  [red = 0, green = 0, blue = 0]: readonly number[],
  { most, spread }: { readonly most: number; readonly spread: number },
): number {
  if (most === red) return (((green - blue) / spread) * 60 + 360) % 360;
  return most === green ? ((blue - red) / spread) * 60 + 120 : ((red - green) / spread) * 60 + 240;
}

const MOODS: ReadonlyMap<string, Mood> = new Map([
  ...[...'🔴🚨❌🔥⛔💥🆘🛑🚒💀🟥'].map((emoji) => [emoji, 'bad'] as const),
  ...[...'⚠🟡🟠🚧'].map((emoji) => [emoji, 'warning'] as const),
  ...[...'✅🟢🆗☑✔🎉'].map((emoji) => [emoji, 'good'] as const),
]);

/** What tools put before their titles. */
export const moodOfEmoji = (emoji: string | undefined): Mood | undefined => MOODS.get([...(emoji ?? '')][0] ?? '');
