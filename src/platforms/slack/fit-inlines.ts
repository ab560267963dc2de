import { type Block, type Inline, toPlainText } from '../../core/message.ts';
import { fitBlocks } from '../cut.ts';
import { escapedLength } from './text.ts';

/** As much of a line as fits in `budget` characters, counted after escaping. */
export function fitInlines(inlines: readonly Inline[], budget: number): readonly Inline[] {
  const sizeOf = (blocks: readonly Block[]) => escapedLength(toPlainText(blocks));
  const [fitted] = fitBlocks([{ kind: 'paragraph', children: inlines }], sizeOf, budget);
  return fitted?.kind === 'paragraph' ? fitted.children : [];
}
