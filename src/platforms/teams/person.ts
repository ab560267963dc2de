import type { ChatPerson } from '../../core/chat.ts';
import { cleanLine } from '../clean-text.ts';
import { isTimeZone } from '../time-zone.ts';
import { entitiesOf, textAt } from './activity-fields.ts';

const OBJECT_ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
const NAME_CHARS = 100;

/**
 * Who sent an activity, by their Entra object id; undefined for whoever has none. Whether they own the team cannot be told:
 * no activity says it, and asking Microsoft Graph needs rights that Bellhop does not ask for. So permissions name object ids.
 */
export function personIn(activity: unknown): ChatPerson | undefined {
  const id = textAt(activity, ['from', 'aadObjectId'])?.toLowerCase();
  if (id === undefined || !OBJECT_ID.test(id)) return undefined;
  const name = cleanLine(textAt(activity, ['from', 'name']) ?? '').slice(0, NAME_CHARS);
  const zone = zoneIn(activity);
  return {
    platform: 'teams',
    id,
    name: name === '' ? id : name,
    roles: [],
    // Teams has no user groups that a bot may ask about.
    inGroup: async () => false,
    ...(zone !== undefined && { zone }),
  };
}

function zoneIn(activity: unknown): string | undefined {
  const told = entitiesOf(activity, 'clientInfo').map((entity) => textAt(entity, ['timezone']));
  return [...told, textAt(activity, ['localTimezone'])].find(isTimeZone);
}
