import { exportOverlay } from '../../pipeline/export-overlay.ts';
import type { Command } from '../command.ts';
import type { Run } from '../context.ts';
import { privately } from '../reply.ts';
import { code, counted, paragraph } from '../words.ts';

/** `export`, and the button "Make permanent": what chat changed, as a file for the config folder. */
export const exportPatch: Run<Extract<Command, { readonly name: 'export' }>> = async (_asks, asked, { overlay }) => {
  await asked.rights.need('ask');
  const { routes, mutes } = overlay.read();
  const muted = mutes.filter(({ ended }) => ended === undefined).length;
  if (routes.length + muted === 0)
    return privately(asked, { title: 'Nothing was changed on top of the config', emoji: '📄' });
  return privately(asked, {
    title: `On top of the config: ${counted(routes.length, 'route')} and ${counted(muted, 'mute')}`,
    emoji: '📄',
    body: [
      paragraph('To keep it for good, save this beside the config as ', code('00-from-chat.json'), '.'),
      { kind: 'code', text: exportOverlay({ routes, mutes }).trimEnd(), language: 'jsonc' },
    ],
  });
};
