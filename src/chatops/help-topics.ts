/** What there is to say about one command. */
export interface HelpTopic {
  /** As the README writes it. */
  readonly usage: string;
  readonly says: string;
  readonly more: readonly string[];
  /** Whole commands; each can be parsed. */
  readonly examples: readonly string[];
  /** What a button says is not told unless somebody asks. */
  readonly isPressed?: true;
}

/** Every command that people type, in the order they are told. */
export const HELP_TOPICS: Readonly<Record<string, HelpTopic>> = {
  help: {
    usage: 'help [topic]',
    says: 'what can be said, with examples',
    more: [],
    examples: ['help', 'help mute'],
  },
  list: {
    usage: 'list [routes|mutes|sources|channels]',
    says: 'what there is, with the numbers that other commands take',
    more: ['Routes marked (file) come from the config; the others were made in chat, and say by whom.'],
    examples: ['list', 'list mutes', 'list channels'],
  },
  status: {
    usage: 'status',
    says: 'whether all is well, what waits, and when senders were last heard',
    more: [],
    examples: ['status'],
  },
  mute: {
    usage:
      'mute <source | route NAME | key KEY | this> [where k:v k:-v …] [for 2h | until 09:00 | until resolved] [everywhere] [because …]',
    says: 'hold messages back for a while; nothing is lost',
    more: [
      'It covers this channel, unless you say "everywhere" or "in" and a channel’s name. It always ends; then everybody here is told what was held back, and can have it posted.',
      'The closing message of what was posted before still comes, and so do critical ones.',
      'A source can be narrowed to some of its events, as in github:pull_request.*, and by labels: where repo:acme/api author:-bot.',
    ],
    examples: [
      'mute alerts for 2h because a deploy is running',
      'mute alerts where env:staging until 09:00',
      'mute github:pull_request.* where author:-mona',
      'mute this until resolved',
      'mute route prod-alerts everywhere for 30m',
    ],
  },
  unmute: {
    usage: 'unmute <#n | all>',
    says: 'end a mute, and tell what it held back',
    more: ['The numbers are those of list mutes. All means those of this channel.'],
    examples: ['unmute #3', 'unmute all'],
  },
  route: {
    usage: 'route <source[:event-glob]> [where k:v …] to <channel | here> [for 2h] [because …]',
    says: 'bring messages to another channel, for a while or until it is undone',
    more: ['They still go where they went before; with "move" they go there only.'],
    examples: ['route alerts where env:prod to here for 2h because incident 42', 'route github:release.* to here'],
  },
  unroute: {
    usage: 'unroute <#n | name>',
    says: 'undo a route that was made in chat',
    more: ['The numbers are those of list routes.'],
    examples: ['unroute #4'],
  },
  why: {
    usage: 'why <event id | message link>',
    says: 'why a message came, or did not',
    more: [
      'It tells the hook, every route with what did not fit, mutes, and every try. Said of a source and its labels, it explains the newest events that fit, arrived or not.',
    ],
    examples: ['why this', 'why github pull_request.opened repo:acme/api'],
  },
  recent: {
    usage: 'recent [n] [source]',
    says: 'the newest events of this channel',
    more: [],
    examples: ['recent', 'recent 10 github'],
  },
  replay: {
    usage: 'replay <event id> [to <channel | here>]',
    says: 'post an event again, marked as replayed',
    more: ['Without a channel it goes by today’s routes; how many messages that makes is shown first.'],
    examples: ['replay evt_01kakz2g4r8qnjm9v7w3x5t1c6 to here'],
  },
  test: {
    usage: 'test <type>[/<sample>] [to <channel | here>]',
    says: 'post a sample, marked as a test',
    more: [],
    examples: ['test github', 'test github/pull_request.opened'],
  },
  export: {
    usage: 'export',
    says: 'what was changed in chat, as a file for the config',
    more: [],
    examples: ['export'],
  },
  acknowledge: {
    usage: 'acknowledge <event id>',
    says: 'say that you look after it; its message then shows it',
    more: ['The button under a message does the same.'],
    examples: ['acknowledge evt_01kakz2g4r8qnjm9v7w3x5t1c6'],
    isPressed: true,
  },
  post: {
    usage: 'post <mute id>',
    says: 'post what a mute held back',
    more: ['The button under the receipt of a mute does the same.'],
    examples: ['post mute_01kakz2g4r8qnjm9v7w3x5t1c6'],
    isPressed: true,
  },
};
