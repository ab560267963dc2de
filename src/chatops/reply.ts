import type { Reply } from '../core/chat.ts';
import { type ReplyParts, replyMessage } from '../core/chat.ts';
import type { Asked } from './context.ts';

type Parts = Omit<ReplyParts, 'at'>;

/** Only who asked sees it: answers to questions, previews, refusals. */
export const privately = ({ now }: Pick<Asked, 'now'>, parts: Parts): Reply => ({
  audience: 'person',
  message: replyMessage({ ...parts, at: now }),
});

/** Everybody in the channel sees it: what somebody changed. Elsewhere than in a channel of the config, it stays private. */
export const publicly = ({ now, here }: Pick<Asked, 'now' | 'here'>, parts: Parts): Reply => ({
  audience: here === undefined ? 'person' : 'channel',
  message: replyMessage({ ...parts, at: now }),
});
