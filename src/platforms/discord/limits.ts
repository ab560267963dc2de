/** https://docs.discord.com/developers/resources/message#create-message-jsonform-params */
export const MESSAGE = { content: 2_000, nonce: 25, embeds: 10 } as const;

/** https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
export const EMBED = {
  title: 256,
  description: 4_096,
  fields: 25,
  fieldName: 256,
  fieldValue: 1_024,
  footer: 2_048,
  author: 256,
  /** Titles, descriptions, field names and values, footers and authors of all embeds of a message together. */
  total: 6_000,
} as const;

/** 24 bits of red, green and blue. https://docs.discord.com/developers/resources/message#embed-object */
export const COLOR_MAX = 0xffffff;

/** https://docs.discord.com/developers/resources/message#allowed-mentions-object */
export const ALLOWED_MENTIONS = { users: 100, roles: 100 } as const;

/** https://docs.discord.com/developers/components/reference#action-row and the parts it holds. */
export const COMPONENTS = {
  rows: 5,
  buttonsPerRow: 5,
  label: 80,
  customId: 100,
  url: 512,
  options: 25,
  optionText: 100,
  placeholder: 150,
} as const;

/** https://docs.discord.com/developers/components/reference; `text` is the sum, discord/discord-api-docs#8562. */
export const COMPONENTS_V2 = { total: 40, text: 4_000, sectionTexts: 3, galleryItems: 10 } as const;

/** https://docs.discord.com/developers/resources/message#message-object-message-flags */
export const FLAGS = {
  suppressEmbeds: 1 << 2,
  ephemeral: 1 << 6,
  suppressNotifications: 1 << 12,
  componentsV2: 1 << 15,
} as const;

/** https://docs.discord.com/developers/interactions/application-commands#application-command-object */
export const COMMANDS = { subcommands: 25, options: 25, choices: 25, choiceText: 100, description: 100 } as const;

/** The longest value of a text option. https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-structure */
export const OPTION_VALUE = 6_000;
