import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../src/chatops/grammar.ts';
import { printCommand, printDuration } from '../../src/chatops/print.ts';

describe('a command is printed in one way, however it was typed', () => {
  it.each([
    ['', 'help'],
    ['HELP  ACK', 'help acknowledge'],
    ['list mutes', 'list mutes'],
    ['status', 'status'],
    ['mute github', 'mute github'],
    ['mute github:pull_request.* for 120 min', 'mute github:pull_request.* for 2h'],
    ['mute shop:"order paid"', 'mute "shop:order paid"'],
    ['mute evt_1', 'mute event evt_1'],
    ['mute route "x y" everywhere', 'mute route "x y" everywhere'],
    ['mute key pr:acme/api#12 until resolved', 'mute key pr:acme/api#12 until resolved'],
    ['mute this until 9PM utc in #ops because  of   it', 'mute this until 21:00 utc in ops because of it'],
    ['mute this in <#C0123|ops> forever', 'mute this forever in <#C0123>'],
    ['mute this in #here', 'mute this in "here"'],
    ['mute this until 2026-11-22T9:00 Europe/Berlin', 'mute this until 2026-11-22 09:00 Europe/Berlin'],
    ['mute where repo:a author:!bot repo:b', 'mute where repo:a,b author:-bot'],
    ['mute where title:“a, b”,-"-c"', 'mute where title:"a, b",-"-c"'],
    [`mute where title:'say "hi" \\\\'`, 'mute where title:"say \\"hi\\" \\\\"'],
    ['mute where url:https://acme.com/x', 'mute where url:https://acme.com/x'],
    ['mute "this"', 'mute "this"'],
    ['mute "evt_1"', 'mute "evt_1"'],
    ['unmute 3', 'unmute #3'],
    ['unmute ALL', 'unmute all'],
    ['route copy alerts to #ops for 7d where env:prod', 'route alerts where env:prod to ops for 1w'],
    ['route alerts move to here because x', 'route move alerts to here because x'],
    ['unroute 4', 'unroute #4'],
    ['unroute "4"', 'unroute "4"'],
    ['why', 'why this'],
    ['why <https://acme.com/x|here>', 'why https://acme.com/x'],
    ['why github:push where repo:a', 'why github push repo:a'],
    ['why github:a:b', 'why github:a:b'],
    ['recent github 5', 'recent 5 github'],
    ['replay evt_1 now to here', 'replay evt_1 to here now'],
    ['test github/push to #ops', 'test github/push to ops'],
    ['ack evt_1', 'acknowledge evt_1'],
    ['post mute_1', 'post mute_1'],
    ['export', 'export'],
  ])('%j', (text, printed) => {
    expect(printCommand(parseCommand(text))).toBe(printed);
    expect(printCommand(parseCommand(printed))).toBe(printed);
  });
});

it.each([
  [1, '1ms'],
  [1_500, '1500ms'],
  [45_000, '45s'],
  [90 * 60_000, '90m'],
  [2 * 3_600_000, '2h'],
  [36 * 3_600_000, '36h'],
  [3 * 86_400_000, '3d'],
  [14 * 86_400_000, '2w'],
])('%d ms is %s', (ms, text) => {
  expect(printDuration(ms)).toBe(text);
});
