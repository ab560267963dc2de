import type { ChannelWord, CommandName, EndWord, ListTopic, MuteTarget, Numbered, WhyAbout } from '../command.ts';

/** What has been read of a command so far; each command takes of it what it needs. */
export interface Draft {
  topic?: CommandName;
  what?: ListTopic;
  target?: MuteTarget;
  numbered?: Numbered;
  /** The name of a chat route. */
  named?: string;
  source?: string;
  event?: string;
  about?: WhyAbout;
  count?: number;
  id?: string;
  type?: string;
  sample?: string;
  where?: Map<string, string[]>;
  end?: EndWord;
  in?: ChannelWord;
  everywhere?: true;
  to?: ChannelWord;
  mode?: 'copy' | 'move';
  because?: string;
  now?: true;
}
