import { type Entry, keyOf } from '../happening.ts';
import { oneLine } from '../wording.ts';
import { type Family, pageOf } from './family.ts';

const EVENTS: Readonly<Record<string, Entry>> = {
  feature_flag: { means: 'A feature flag was turned on or off; its state says which.', emoji: '🚩' },
};

export const featureFlag: Family = {
  events: EVENTS,
  read({ payload, actor, place, scope, home }) {
    const { name: called, active, description } = payload.object_attributes ?? {};
    const name = oneLine(called, 100);
    const says = active === undefined ? 'changed' : active ? 'turned on' : 'turned off';
    return {
      title: `${actor} ${says} ${name === '' ? 'a feature flag' : `feature flag ${name}`}${place}`,
      url: pageOf(home, 'feature_flags'),
      key: keyOf('flag', scope, name === '' ? undefined : `@${name}`),
      state: active === undefined ? undefined : active ? 'on' : 'off',
      emoji: active === false ? '⚪' : '🚩',
      tone: active === false ? 'neutral' : 'info',
      labels: { flag: name },
      facts: { flag: name, description: oneLine(description) },
    };
  },
};
