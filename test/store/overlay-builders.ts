import type { ChatRoute, Mute, Overlay } from '../../src/core/overlay.ts';
import { NOON } from '../builders.ts';

const MONA = { platform: 'slack', id: 'U1', name: 'Mona' } as const;

export const aMute = (number: number, over: Partial<Mute> = {}): Mute => ({
  id: `mute_${number}`,
  number,
  scope: { channel: 'ops', source: 'alerts' },
  by: MONA,
  from: NOON,
  critical: false,
  ...over,
});

export const aChatRoute = (number: number, over: Partial<ChatRoute> = {}): ChatRoute => ({
  name: `chat-${number}`,
  number,
  source: 'alerts',
  to: 'war-room',
  mode: 'copy',
  by: MONA,
  from: NOON,
  ...over,
});

/** A change that adds the mute with the next number. */
export const addMute =
  (over: Partial<Mute> = {}) =>
  (overlay: Overlay): Overlay => ({
    ...overlay,
    nextNumber: overlay.nextNumber + 1,
    mutes: [...overlay.mutes, aMute(overlay.nextNumber, over)],
  });
