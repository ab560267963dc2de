import type { Action, Menu, Press } from '../../core/message.ts';
import type { Payload } from '../../core/platform.ts';
import { cutText } from '../cut.ts';
import { oneLine } from './escape.ts';
import { COMPONENTS } from './limits.ts';

/** What of a message's actions is shown: buttons, which share rows with link buttons, and a row for each menu. */
export interface ActionParts {
  readonly buttons: readonly Payload[];
  readonly menus: readonly Payload[];
}

/** One row is left for buttons, however many menus there are. */
const MOST_MENUS = COMPONENTS.rows - 1;
const STYLES = { primary: 1, secondary: 2, danger: 4 } as const;
const MENU_ID = /^bellhop_menu_\d+$/;

/**
 * Presses as buttons whose `custom_id` is the press's id, menus as selects whose values are. What does not fit, has no id or
 * has one a second time is left out: Discord refuses the whole message for it.
 */
export function actionParts(actions: readonly Action[]): ActionParts {
  const menus = actions
    .flatMap((action) => ('choices' in action ? [optionsOf(action)] : []))
    .filter(({ options }) => options.length > 0)
    .slice(0, MOST_MENUS)
    .map(({ label, options }, at) => select({ label, options, at }));
  const presses = distinct(actions.flatMap((action) => ('choices' in action ? [] : [action])))
    .filter(({ id }) => !MENU_ID.test(id))
    .slice(0, (COMPONENTS.rows - menus.length) * COMPONENTS.buttonsPerRow);
  return { buttons: presses.map(button), menus };
}

/** How many link buttons fit beside them; the others become links in the text. */
export function roomForLinks({ buttons, menus }: ActionParts): number {
  const { rows, buttonsPerRow } = COMPONENTS;
  const free = rows - menus.length - Math.ceil(buttons.length / buttonsPerRow);
  const beside = buttons.length > 0 && buttons.length <= buttonsPerRow ? buttonsPerRow - buttons.length : 0;
  return free * buttonsPerRow + beside;
}

/** Link buttons first; the others in the last row of them where all fit, else in rows of their own; then the menus. */
export function actionRows(links: readonly Payload[], { buttons, menus }: ActionParts): readonly Payload[] {
  const beside = (links.length % COMPONENTS.buttonsPerRow) + buttons.length <= COMPONENTS.buttonsPerRow;
  const groups = beside ? [[...links, ...buttons]] : [links, buttons];
  return [...groups.flatMap(rowsOf), ...menus.map((menu) => row([menu]))];
}

const button = ({ id, label, style }: Press): Payload => ({
  type: 2,
  style: STYLES[style ?? 'secondary'],
  label: cutText(oneLine(label) || id, COMPONENTS.label),
  custom_id: id,
});

interface Options {
  readonly label: string;
  readonly options: readonly Payload[];
}

const optionsOf = ({ label, choices }: Menu): Options => ({
  label,
  options: distinct(choices)
    .slice(0, COMPONENTS.options)
    .map((choice) => ({
      label: cutText(oneLine(choice.label) || choice.id, COMPONENTS.optionText),
      value: choice.id,
    })),
});

function select({ label, options, at }: Options & { readonly at: number }): Payload {
  const placeholder = cutText(oneLine(label), COMPONENTS.placeholder);
  return { type: 3, custom_id: `bellhop_menu_${at}`, ...(placeholder !== '' && { placeholder }), options };
}

function distinct(presses: readonly Press[]): readonly Press[] {
  const seen = new Set<string>();
  return presses.filter(({ id }) => {
    const good = id.trim() !== '' && id.length <= COMPONENTS.customId && !seen.has(id);
    seen.add(id);
    return good;
  });
}

function rowsOf(buttons: readonly Payload[]): readonly Payload[] {
  const rows: Payload[] = [];
  for (let at = 0; at < buttons.length; at += COMPONENTS.buttonsPerRow) {
    rows.push(row(buttons.slice(at, at + COMPONENTS.buttonsPerRow)));
  }
  return rows;
}

const row = (components: readonly Payload[]): Payload => ({ type: 1, components });
