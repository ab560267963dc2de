import { readFileSync } from 'node:fs';
import { Command } from 'commander';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** Every command with its options, and nothing run yet: `main.ts` runs it, and the README's table is made from it. */
export const program = new Command('bellhop')
  .description('Takes webhooks and posts clear messages to Slack, Microsoft Teams and Discord.')
  .version(version)
  .showSuggestionAfterError()
  .exitOverride();

const server = (command: Command): Command =>
  command
    .option('--url <address>', 'the running server (default: http://localhost:$PORT)')
    .option('--json', 'print JSON');

program
  .command('serve')
  .description('run the server; what "npm start" runs')
  .action(async () => (await import('./serve.ts')).serve());
program
  .command('check')
  .description('find mistakes in config, routes, channels and templates; exit 1 on any')
  .option('--json', 'print JSON')
  .action(async (options) => done((await import('./check.ts')).check(options)));
program
  .command('explain')
  .description('what would happen to a payload, with the reason for every route; nothing is sent')
  .argument('<source>', 'a source of the config')
  .argument('<payload>', 'a JSON file, or - for standard input')
  .option('--event <name>', 'the event, for senders that name it in a header')
  .option('--header <name:value>', 'a header, as often as you like', also, [])
  .option('--json', 'print JSON')
  .action(async (source, payload, options) => done((await import('./explain.ts')).explain(source, payload, options)));
program
  .command('route-test')
  .description('check payloads against the channels they must reach; exit 1 on a mismatch')
  .argument('<cases>', 'a JSON list of {source, payload, event?, expect: [channel…]}')
  .option('--json', 'print JSON')
  .action(async (cases, options) => done((await import('./route-test.ts')).routeTest(cases, options)));
program
  .command('send')
  .description('sign a shipped sample as its sender would, and post it')
  .argument('<sample>', '<type>/<sample>, as in github/push')
  .option('--to <url>', 'the server (default: http://localhost:$PORT)')
  .option('--source <name>', 'the source to send as, where several have this type')
  .action(async (sample, options) => done((await import('./send.ts')).send(sample, options)));
program
  .command('preview')
  .description('show a sample as it would look')
  .argument('<sample>', '<type>/<sample>, as in github/push')
  .option('--as <platform>', 'slack, discord, teams, webhook or console', 'console')
  .option('--json', 'print JSON')
  .action(async (sample, options) => done((await import('./preview.ts')).preview(sample, options)));
program
  .command('sources')
  .description('where each sender posts to, how it proves itself, and its last hook; of one type, everything')
  .argument('[type]', 'how to set this type up, its events with what they mean, and what its samples show')
  .option('--types', 'every type Bellhop knows, with its events')
  .option('--url <address>', 'the running server (default: http://localhost:$PORT)')
  .option('--json', 'print JSON')
  .action(async (type, options) =>
    done(
      type === undefined
        ? (await import('./sources.ts')).sources(options)
        : (await import('./source-type.ts')).sourceType(type, options),
    ),
  );
server(program.command('events'))
  .description('the newest events, or one with everything Bellhop did about it')
  .argument('[id]')
  .option('--source <name>')
  .option('--event <name>')
  .option('--channel <name>')
  .option('--state <state>')
  .option('--q <words>', 'words in the title')
  .option('--before <id>', 'only older ones')
  .option('--limit <n>', 'up to 500', '50')
  .action(async (id, options) => done((await import('./events.ts')).events(id, options)));
server(program.command('deliveries'))
  .description('what went where and how it ended')
  .option('--state <state>', 'queued, sending, sent, muted, held, collapsed or dead')
  .option('--channel <name>')
  .option('--before <id>', 'only older ones')
  .option('--limit <n>', 'up to 500', '50')
  .option('--retry <id>', 'send this one again now')
  .action(async (options) => done((await import('./deliveries.ts')).deliveries(options)));
server(program.command('rejected'))
  .description('hooks that were refused, with why, or one with all it brought')
  .argument('[id]')
  .option('--replay <id>', 'take this one in now, after the secret or the config was mended')
  .option('--limit <n>', 'up to 500', '50')
  .action(async (id, options) => done((await import('./rejected.ts')).rejected(id, options)));
server(program.command('replay'))
  .description('send a stored event again')
  .argument('<event>', 'its id')
  .option('--channel <name>', 'only there, whatever the routes say')
  .action(async (event, options) => done((await import('./replay.ts')).replay(event, options)));
server(program.command('tail'))
  .description('events as they come')
  .option('--source <name>')
  .option('--count <n>', 'end after this many')
  .action(async (options) => done((await import('./tail.ts')).tail(options)));

server(program.command('mutes'))
  .description('what is muted, by whom, and how much each mute holds back')
  .action(async (options) => done((await import('./mutes.ts')).mutes(options)));
server(program.command('mute'))
  .description('hold messages back for a while')
  .argument('<what...>', 'as in chat: alerts where env:prod for 2h because deploy')
  .option('--channel <name>', 'only there')
  .option('--everywhere', 'in every channel')
  .option('--where <label:value>', 'only what has this label; -value for what has not; as often as you like', also, [])
  .option('--for <duration>', 'as in 2h (default: what the config says)')
  .option('--until <end>', '09:00, 2026-11-22T09:00:00Z, resolved or forever')
  .option('--because <reason>')
  .action(async (what, options) => done((await import('./mute.ts')).mute(what, options)));
server(program.command('unmute'))
  .description('end a mute and tell what it held back')
  .argument('<which>', 'its number or id, or all')
  .action(async (which, options) => done((await import('./unmute.ts')).unmute(which, options)));
server(program.command('routes'))
  .description('every route in the order they are tried, those from chat and those of the config')
  .action(async (options) => done((await import('./routes.ts')).routes(options)));
server(program.command('audit'))
  .description('who changed what and when, newest first')
  .option('--subject <id>', 'a mute, a chat route, an event or a delivery')
  .option('--action <action>', 'mute, unmute, route, acknowledge, replay …')
  .option('--before <id>', 'only older ones')
  .option('--limit <n>', 'up to 500', '50')
  .action(async (options) => done((await import('./audit.ts')).audit(options)));
server(program.command('export'))
  .description('what was changed in chat, as a file for the config folder')
  .option('--out <file>', 'write it there, whole at once: config/chat.json')
  .action(async (options) => done((await import('./export.ts')).exportPatch(options)));
program
  .command('manifest')
  .description('the app to register at Slack, Discord or Teams, with what Bellhop uses and no more')
  .argument('<platform>', 'slack, discord or teams')
  .option('--socket-mode', 'Slack: commands come by Socket Mode, without a public address')
  .option('--url <address>', 'where the platform reaches this server (default: server.publicUrl of the config)')
  .option('--client-id <id>', 'Teams, Discord: the id of the bot’s application (default: the config’s)')
  .option('--out <file>', 'write it there; for Teams the zip to upload')
  .option('--app-version <number>', 'of the Teams app, higher at each upload (default: 1.0.0)')
  .action(async (platform, options) => done((await import('./manifest.ts')).manifest(platform, options)));

function also(value: string, all: string[]): string[] {
  return [...all, value];
}

program
  .command('new-source')
  .description('propose a type of your own from a document its sender sent')
  .argument('<type>', 'its word in the config')
  .option('--from <payload>', 'a JSON file, or - for standard input')
  .option('--write', 'into the config folder, as sources/<type>.json')
  .option('--builtin', 'into this checkout, as a type that comes with Bellhop')
  .action(async (type, options) => done((await import('./new-source.ts')).newSource(type, options)));

program
  .command('new-template')
  .description('propose a template from a document its sender sent, or from an event the running server has')
  .argument('<name>', '<type>/<event>, as in generic/order.paid, or an event’s id')
  .option('--from <payload>', 'a JSON file or sample, or - for standard input')
  .option('--write', 'into the folder of your templates, as <type>/<event>.mustache')
  .option('--url <address>', 'the running server (default: http://localhost:$PORT)')
  .option('--json', 'print JSON: with a preview, and what a map could say')
  .action(async (name, options) => done((await import('./new-template.ts')).newTemplate(name, options)));

async function done(code: Promise<number>): Promise<void> {
  process.exitCode = await code;
}
