import type { types } from '@slack/bolt';
import type { Action, Menu, Message, Press } from '../../core/message.ts';
import { safeWebUrl } from '../../core/url.ts';
import { MENU_PREFIX, OPEN_PREFIX, PRESS_PREFIX } from './action-ids.ts';
import { LIMITS, SHARES } from './limits.ts';
import { escapedLength, oneLine, plainText } from './text.ts';

type Blocks = readonly types.KnownBlock[];
type Element = types.Button | types.StaticSelect;

/** What opens an address and what asks Bellhop for something: in one row, or in one each where a row cannot hold both. */
export function actionBlocks({ buttons, actions }: Pick<Message, 'buttons' | 'actions'>): Blocks {
  const links = linkButtons(buttons);
  const presses = pressElements(actions);
  const rows = links.length + presses.length > LIMITS.actions ? [links, presses] : [[...links, ...presses]];
  return rows.flatMap(row);
}

/** What asks Bellhop for something, alone. */
export const pressBlocks = (actions: readonly Action[]): Blocks => row(pressElements(actions));

const row = (elements: readonly Element[]): Blocks =>
  elements.length === 0 ? [] : [{ type: 'actions', elements: [...elements] }];

function linkButtons(buttons: Message['buttons']): readonly types.Button[] {
  return buttons
    .flatMap(({ label, url }) => {
      const address = safeWebUrl(url);
      const text = oneLine(label, LIMITS.buttonText);
      return address === undefined || address.length > LIMITS.url || text === '' ? [] : [{ address, text }];
    })
    .slice(0, LIMITS.actions)
    .map(({ address, text }, at) => ({
      type: 'button',
      text: plainText(text),
      url: address,
      action_id: `${OPEN_PREFIX}${at + 1}`,
    }));
}

/** Numbered by their place, so that no two of one row share an id. */
function pressElements(actions: readonly Action[]): readonly Element[] {
  let left: number = SHARES.presses;
  /** What has no label, is no id of ours, or no longer fits is left out. */
  const fits = (text: string, id: string): boolean => {
    if (text === '' || id === '' || id.length > LIMITS.optionValue || escapedLength(text) > left) return false;
    left -= escapedLength(text);
    return true;
  };
  return actions.slice(0, LIMITS.actions).flatMap((action, at): readonly Element[] => {
    if ('choices' in action) return menu(action, `${MENU_PREFIX}${at + 1}`, fits);
    const text = oneLine(action.label, LIMITS.buttonText);
    return fits(text, action.id) ? [press(action, text, `${PRESS_PREFIX}${at + 1}`)] : [];
  });
}

const press = ({ id, style }: Press, text: string, actionId: string): types.Button => ({
  type: 'button',
  text: plainText(text),
  action_id: actionId,
  value: id,
  ...(style !== undefined && { style }),
});

function menu({ label, choices }: Menu, actionId: string, fits: (text: string, id: string) => boolean): Element[] {
  const placeholder = oneLine(label, LIMITS.placeholder);
  if (!fits(placeholder, actionId)) return [];
  const options = choices
    .slice(0, LIMITS.options)
    .map((choice) => ({ text: plainText(oneLine(choice.label, LIMITS.optionText)), value: choice.id }))
    .filter(({ text, value }) => fits(text.text, value));
  if (options.length === 0) return [];
  return [{ type: 'static_select', action_id: actionId, placeholder: plainText(placeholder), options }];
}
