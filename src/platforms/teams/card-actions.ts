import type { Action, Menu, Press } from '../../core/message.ts';
import { cutText } from '../cut.ts';
import { BUTTON_CHARS, MAX_BUTTONS, MAX_SECONDARY } from './limits.ts';
import { literalLine } from './text-runs.ts';

/** The `verb` of every button that asks Bellhop for something. */
export const PRESS_VERB = 'bellhop';

/**
 * A button that comes back as an invoke: its answer is for who pressed it and nobody else, and Teams shows that it is
 * being worked on. Action.Submit would come back as a message and could be answered with messages only.
 * https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/overview
 */
export interface Execute {
  readonly type: 'Action.Execute';
  readonly title: string;
  readonly verb: typeof PRESS_VERB;
  readonly data: { readonly press: string };
  readonly style?: 'positive' | 'destructive';
  /** `secondary`: behind the `…` after the others. */
  readonly mode?: 'secondary';
}

/**
 * What people can ask of Bellhop below a card that shows `taken` other buttons already. A menu's choices, and what the row
 * has no room for, stand behind its `…`. Left out is what has no label or no id that a press may have.
 */
export function cardActions(actions: readonly Action[], taken: number): readonly Execute[] {
  const room = Math.max(0, MAX_BUTTONS - taken);
  const presses = actions.flatMap((action) => ('choices' in action ? [] : execute(action, action.label)));
  const choices = actions.flatMap((action) => ('choices' in action ? menuChoices(action) : []));
  const hidden = [...presses.slice(room), ...choices].slice(0, MAX_SECONDARY);
  return [...presses.slice(0, room), ...hidden.map((action) => ({ ...action, mode: 'secondary' as const }))];
}

/** No menus in cards: each choice says what it is a choice of, `Mute: For 1 hour`. */
const menuChoices = ({ label, choices }: Menu): readonly Execute[] =>
  choices.flatMap((choice) => execute(choice, `${label}: ${choice.label}`));

const PRESS_ID = /^[\w:.-]{1,100}$/;

const STYLES = { primary: 'positive', danger: 'destructive' } as const;

function execute({ id, label, style }: Press, words: string): readonly Execute[] {
  const title = cutText(literalLine(words), BUTTON_CHARS);
  if (literalLine(label) === '' || title === '' || !PRESS_ID.test(id)) return [];
  const shown = style === undefined ? {} : { style: STYLES[style] };
  return [{ type: 'Action.Execute', title, verb: PRESS_VERB, data: { press: id }, ...shown }];
}
