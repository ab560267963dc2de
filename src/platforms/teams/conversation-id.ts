const THREAD = ';messageid=';

/** Ids go into the path of a call as they are. */
export const PATH_SAFE = /^(?!\.*$)[\w:@.;=+-]{1,500}$/;

/** The conversation itself, whatever thread of it is meant: `19:…@thread.tacv2`. All its threads share one rate limit. */
export const channelOf = (conversation: string): string => conversation.split(';')[0] ?? conversation;

/** The first message of the thread that is meant; undefined where none is. Threads are nothing but this suffix. */
export const threadOf = (conversation: string): string | undefined => {
  const root = conversation.split(THREAD)[1];
  return root === undefined || root === '' ? undefined : root;
};

/** The thread that begins with this message. */
export const inThread = (conversation: string, root: string): string => `${channelOf(conversation)}${THREAD}${root}`;
