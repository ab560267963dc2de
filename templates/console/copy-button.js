import { button } from './element.js';

/** Puts a text into the clipboard and says so; where the browser forbids that, it says how to do it by hand. */
export function copyButton(what, text) {
  const copier = button('Copy', async () => {
    const done = await copy(text);
    copier.textContent = done ? 'Copied' : 'Mark it and copy it by hand';
  });
  copier.setAttribute('aria-label', `Copy: ${what}`);
  copier.setAttribute('aria-live', 'polite');
  return copier;
}

/** The clipboard is there on https and localhost only. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
