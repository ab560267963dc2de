import type { Block } from '../../../src/core/message.ts';
import { payloadBlocks } from '../../../src/templates/payload-markdown.ts';
import { openScope } from '../../../src/templates/scope.ts';
import { walkBlocks } from '../../../src/templates/walk-blocks.ts';

/** What a template makes of Markdown in three braces. */
export function readBack(markdown: string): readonly Block[] {
  const scope = openScope({});
  return walkBlocks(payloadBlocks(markdown, scope), scope);
}
