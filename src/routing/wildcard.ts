/**
 * Whether `text` fits `pattern`, where `*` stands for any run of characters and `?` for one; everything else is literal.
 * Takes at most pattern × text steps, whatever a sender wrote.
 */
export function fitsWildcard(pattern: string, text: string): boolean {
  let at = 0;
  let inPattern = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    const wanted = pattern[inPattern];
    if (wanted === '*') {
      star = inPattern++;
      resume = at;
    } else if (wanted === '?' || wanted === text[at]) {
      inPattern++;
      at++;
    } else if (star >= 0) {
      // The last star takes one character more.
      inPattern = star + 1;
      at = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[inPattern] === '*') inPattern++;
  return inPattern === pattern.length;
}

export const hasWildcard = (pattern: string): boolean => pattern.includes('*') || pattern.includes('?');
