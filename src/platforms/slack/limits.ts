/**
 * What Slack refuses, or silently cuts. Lengths are counted in UTF-16 units, the strictest reading: Slack names no unit.
 * https://docs.slack.dev/reference/block-kit/blocks unless another page is given.
 */
export const LIMITS = {
  /**
   * Posts are cut above 40,000, but edits are refused above this, and what is posted may be edited.
   * https://docs.slack.dev/reference/methods/chat.update
   */
  text: 4_000,
  /** https://docs.slack.dev/reference/methods/chat.postMessage */
  postText: 40_000,
  blocks: 50,
  /**
   * Undocumented: about 13,200 characters after escaping, `msg_blocks_too_long` above.
   * https://github.com/slackapi/bolt-js/issues/2509
   */
  messageText: 12_000,
  /** What a header adds to that sum, by the same thread. */
  headerWeight: 100,
  blockId: 255,
  /** https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
  textObject: 3_000,
  header: 150,
  sectionFields: 10,
  sectionField: 2_000,
  contextElements: 10,
  actions: 25,
  /** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
  buttonText: 75,
  buttonValue: 2_000,
  accessibilityLabel: 75,
  actionId: 255,
  url: 3_000,
  /** https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  imageAlt: 2_000,
  imageTitle: 2_000,
  /** https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
  options: 100,
  placeholder: 150,
  optionText: 75,
  optionValue: 150,
  overflowOptions: 5,
  choiceOptions: 10,
  /** All markdown blocks of a message together. https://docs.slack.dev/reference/block-kit/blocks/markdown-block */
  markdown: 12_000,
  /** https://docs.slack.dev/reference/block-kit/blocks/table-block */
  tables: 1,
  tableRows: 100,
  tableCells: 20,
  carouselCards: 10,
  containerChildren: 10,
  containerTitle: 150,
  /** https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments */
  attachments: 100,
  attachmentFooter: 300,
  /** https://docs.slack.dev/reference/block-kit/block-elements/rich-text-list-element */
  listIndent: 8,
} as const;

/** How many characters, counted after escaping, Bellhop gives each part at most, so that the body has room. */
export const SHARES = {
  title: 250,
  emoji: 16,
  fallback: 2_000,
  fields: 4_000,
  fieldValue: 800,
  context: 600,
  notes: 1_500,
  /** The labels of what can be pressed, menus with all their choices. */
  presses: 700,
} as const;
