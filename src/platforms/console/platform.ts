import type { Platform } from '../../core/platform.ts';
import { compose } from './compose.ts';

/** Prints messages where Bellhop runs; needs no account. Named so that it does not hide the global `console`. */
export const consolePlatform: Platform = {
  name: 'console',
  pace: [],
  compose,
  check: ({ text }) => (typeof text === 'string' ? [] : ['/text: is no text.']),
  hears: () => false,
  linkedMessage: () => undefined,
  async connect(_platforms, { print }) {
    return {
      async send({ name }, { text }, { once }) {
        print(`${String(text ?? '')}\n`);
        return { kind: 'sent', ref: { channel: name, message: once } };
      },
      async update(_channel, ref, { text }) {
        print(`${String(text ?? '')}\n`);
        return { kind: 'sent', ref };
      },
      health: async () => ({ ok: true, detail: 'Prints to this terminal.' }),
      stop: async () => {},
    };
  },
};
