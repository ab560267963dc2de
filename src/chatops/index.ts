import type { Command, CommandName } from './command.ts';
import { acknowledge } from './commands/acknowledge.ts';
import { customMute } from './commands/custom-mute.ts';
import { exportPatch } from './commands/export.ts';
import { help } from './commands/help.ts';
import { list } from './commands/list.ts';
import { mute } from './commands/mute.ts';
import { post } from './commands/post.ts';
import { recent } from './commands/recent.ts';
import { replay } from './commands/replay.ts';
import { route } from './commands/route.ts';
import { status } from './commands/status.ts';
import { test } from './commands/test.ts';
import { unmute } from './commands/unmute.ts';
import { unroute } from './commands/unroute.ts';
import { why } from './commands/why.ts';
import type { Run } from './context.ts';
import type { CustomMute } from './read-input.ts';

/** Every command, a line each. */
export const commands: { readonly [Name in CommandName]: Run<Extract<Command, { readonly name: Name }>> } & {
  readonly 'custom-mute': Run<CustomMute>;
} = {
  help,
  list,
  status,
  mute,
  'custom-mute': customMute,
  unmute,
  route,
  unroute,
  why,
  recent,
  replay,
  test,
  acknowledge,
  post,
  export: exportPatch,
};
