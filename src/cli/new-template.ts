import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sourceTypes } from '../blueprint.ts';
import { CommandError } from '../core/errors.ts';
import type { HookEvent } from '../core/event.ts';
import type { Hook } from '../core/hook.ts';
import type { Proposal } from '../core/proposal.ts';
import { isRecord } from '../core/record.ts';
import { propose } from '../proposals.ts';
import { guessEvent } from '../sources/guess.ts';
import { openApi } from './api-client.ts';
import { print, printJson } from './output.ts';
import { readText } from './read-text.ts';
import { readSettings, type Settings } from './settings.ts';

export interface NewTemplateOptions {
  readonly from?: string;
  readonly write?: boolean;
  readonly url?: string;
  readonly json?: boolean;
}

/**
 * `bellhop new-template <type>/<event> --from payload.json`, or `<id>` of an event that the running server has: a first draft of
 * a template, printed or written into the folder of the user's templates.
 */
export async function newTemplate(name: string, options: NewTemplateOptions): Promise<number> {
  const settings = readSettings();
  const proposal = name.startsWith('evt_')
    ? await (await openApi(settings, options.url)).get<Proposal>(`/api/events/${encodeURIComponent(name)}/template`)
    : propose({ event: await eventOf(name, options.from), mapped: false });
  if (options.write) return write(proposal, settings);
  if (options.json) printJson(proposal);
  else print(proposal.template.trimEnd());
  return 0;
}

async function write({ file: name, template }: Proposal, { folders }: Settings): Promise<number> {
  const file = join(folders.templates, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, template, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw new CommandError(`${file} is there already; it is left as it is.`);
    throw new CommandError(`${file} cannot be written (${error.code ?? 'unknown reason'}).`);
  });
  print(`${file} is written: read it, change what is not right, and see that "bellhop check" finds no mistake in it.`);
  return 0;
}

/** The event that the document is, as its type reads it; of a type that does not come with Bellhop, as it is guessed. */
async function eventOf(name: string, from: string | undefined): Promise<HookEvent> {
  const [, type, event] = /^([a-z0-9][a-z0-9-]{0,63})\/([\w:-][\w.:-]{0,79})$/.exec(name) ?? [];
  if (type === undefined || event === undefined)
    throw new CommandError(`"${name}" is no <type>/<event>, as in generic/order.paid, and no event’s id.`, 2);
  if (from === undefined)
    throw new CommandError(
      'From what? Give a document the sender sent: --from payload.json, or - for standard input.',
      2,
    );
  const hook = hookOf(await readText(from), type, from);
  const reading = sourceTypes.get(type)?.read(hook, {});
  const events = reading?.kind === 'events' ? reading.events : [];
  const read =
    events.find((one) => one.event === event) ?? events[0] ?? guessEvent(JSON.parse(String(hook.body)), hook, event);
  return { ...read, event, id: 'evt_sample', hookId: hook.id, index: 0, source: type, type, receivedAt: hook.at };
}

/** The request that brings this document; a sample, with its headers, is one already. */
function hookOf(text: string, source: string, from: string): Hook {
  const document = parsed(text, from);
  const sample = isRecord(document) && isRecord(document.headers) && document.body !== undefined ? document : undefined;
  const headers = Object.entries(isRecord(sample?.headers) ? sample.headers : {});
  return {
    ...{ id: 'hook_sample', source, method: 'POST', query: {}, from: '127.0.0.1', at: new Date() },
    headers: {
      'content-type': 'application/json',
      ...Object.fromEntries(headers.map(([header, value]) => [header.toLowerCase(), String(value)])),
    },
    body: Buffer.from(sample === undefined ? text : JSON.stringify(sample.body)),
  };
}

function parsed(text: string, from: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandError(`${from} is no JSON; expected a document as the sender sends it, or a sample.`, 2);
  }
}
