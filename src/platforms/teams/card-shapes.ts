/** What a property of a card may hold. A list of words means one of them, in any case. */
export type Rule =
  | 'text'
  | 'string'
  | 'boolean'
  | 'number'
  | 'link'
  | 'image'
  | 'any'
  | { readonly list: Position }
  | { readonly one: Position }
  | readonly string[];

/** Where an element stands decides which types may stand there. */
export type Position =
  | 'elements'
  | 'inlines'
  | 'columns'
  | 'images'
  | 'facts'
  | 'rows'
  | 'cells'
  | 'actions'
  | 'select';

export interface Shape {
  readonly required: Readonly<Record<string, Rule>>;
  readonly optional: Readonly<Record<string, Rule>>;
}

const COLORS = ['default', 'dark', 'light', 'accent', 'good', 'warning', 'attention'];
const STYLES = ['default', 'emphasis', 'accent', 'good', 'attention', 'warning'];
const ALIGNMENTS = ['left', 'center', 'right'];
const SPACINGS = ['none', 'extraSmall', 'small', 'default', 'medium', 'large', 'extraLarge', 'padding'];
const SELECT: Rule = { one: 'select' };

const COMMON: Shape['optional'] = { id: 'string', isVisible: 'boolean', separator: 'boolean', spacing: SPACINGS };
const TEXT: Shape['optional'] = {
  color: COLORS,
  fontType: ['default', 'monospace'],
  isSubtle: 'boolean',
  size: ['small', 'default', 'medium', 'large', 'extraLarge'],
  weight: ['lighter', 'default', 'bolder'],
};
const BUTTON: Shape['optional'] = {
  title: 'string',
  iconUrl: 'image',
  style: ['default', 'positive', 'destructive'],
  mode: ['primary', 'secondary'],
};

const shape = (required: Shape['required'], optional: Shape['optional'] = {}): Shape => ({ required, optional });
const element = (required: Shape['required'], optional: Shape['optional'] = {}): Shape =>
  shape(required, { ...COMMON, ...optional });

/**
 * The elements Teams shows in a card of version 1.5, with the properties that decide whether it is taken.
 * https://adaptivecards.io/explorer/ and https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference
 */
export const SHAPES: ReadonlyMap<string, Shape> = new Map([
  ['TextBlock', element({ text: 'text' }, { ...TEXT, wrap: 'boolean', maxLines: 'number' })],
  ['RichTextBlock', element({ inlines: { list: 'inlines' } }, { horizontalAlignment: ALIGNMENTS })],
  [
    'TextRun',
    shape(
      { text: 'text' },
      {
        ...TEXT,
        italic: 'boolean',
        strikethrough: 'boolean',
        highlight: 'boolean',
        underline: 'boolean',
        selectAction: SELECT,
      },
    ),
  ],
  ['Container', element({ items: { list: 'elements' } }, { style: STYLES, bleed: 'boolean', selectAction: SELECT })],
  ['ColumnSet', element({ columns: { list: 'columns' } }, { style: STYLES, bleed: 'boolean', selectAction: SELECT })],
  ['Column', element({}, { items: { list: 'elements' }, style: STYLES, bleed: 'boolean', selectAction: SELECT })],
  ['FactSet', element({ facts: { list: 'facts' } })],
  ['Fact', shape({ title: 'text', value: 'text' })],
  ['Image', element({ url: 'image' }, { altText: 'string', selectAction: SELECT })],
  ['ImageSet', element({ images: { list: 'images' } })],
  ['ActionSet', element({ actions: { list: 'actions' } })],
  ['Table', element({ columns: 'any', rows: { list: 'rows' } }, { gridStyle: STYLES, showGridLines: 'boolean' })],
  ['TableRow', shape({ cells: { list: 'cells' } }, { style: STYLES })],
  ['TableCell', shape({ items: { list: 'elements' } }, { style: STYLES, bleed: 'boolean', selectAction: SELECT })],
  ['Badge', element({ text: 'text', fallback: 'any' })],
  ['CodeBlock', element({ codeSnippet: 'text', fallback: 'any' }, { language: 'string' })],
  ['Action.OpenUrl', shape({ url: 'link' }, BUTTON)],
  ['Action.Submit', shape({}, { ...BUTTON, data: 'any' })],
  ['Action.Execute', shape({}, { ...BUTTON, verb: 'string', data: 'any' })],
  ['Action.ToggleVisibility', shape({ targetElements: 'any' }, BUTTON)],
]);

const ACTIONS = ['Action.OpenUrl', 'Action.Submit', 'Action.Execute', 'Action.ToggleVisibility'];

export const POSITIONS: Readonly<Record<Position, readonly string[]>> = {
  elements: [
    ...['TextBlock', 'RichTextBlock', 'Container', 'ColumnSet', 'FactSet', 'Image', 'ImageSet', 'ActionSet', 'Table'],
    ...['Badge', 'CodeBlock'],
  ],
  inlines: ['TextRun'],
  columns: ['Column'],
  images: ['Image'],
  facts: ['Fact'],
  rows: ['TableRow'],
  cells: ['TableCell'],
  actions: ACTIONS,
  select: ACTIONS,
};

/** A Workflows address has nobody to send a click to. */
export const NEEDS_BOT: ReadonlySet<string> = new Set(['Action.Submit', 'Action.Execute']);

/** Where the type goes without saying. */
export const IMPLIED: Readonly<Partial<Record<Position, string>>> = { columns: 'Column', facts: 'Fact' };
