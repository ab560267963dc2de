import { describe, expect, it } from 'vitest';
import { FORMS } from '../../src/chatops/grammar/forms.ts';
import { GrammarError, parseCommand } from '../../src/chatops/grammar.ts';
import { CommandError } from '../../src/core/errors.ts';

function mistake(text: string): GrammarError {
  try {
    parseCommand(text);
  } catch (error) {
    if (error instanceof GrammarError) return error;
    throw error;
  }
  throw new Error('it was read');
}

it.each(Object.entries(FORMS))('the example of %s is one', (name, { example }) => {
  expect(parseCommand(example).name).toBe(name);
});

describe('a mistake is named, with what was expected and a command to copy', () => {
  it.each<readonly [text: string, message: string, example: string]>([
    ['mut github for 2h', '"mut" is no command; did you mean "mute"?', 'mute github for 2h'],
    ['mut github fro 2h', '"mut" is no command; did you mean "mute"?', 'mute github for 2h'],
    [
      'xyzzy',
      '"xyzzy" is no command. There are help, list, status, mute, unmute, route, unroute, why, recent, replay, test, acknowledge, post, export.',
      'help',
    ],
    [
      'help everything',
      '"everything" was not expected here. Expected: help, list, status, mute, unmute, route, unroute, why, recent, replay, test, acknowledge, post or export.',
      'help',
    ],
    ['help mute now', '"help" takes no "now".', 'help mute'],
    [
      'list mute',
      '"mute" was not expected here; did you mean "mutes"? Expected: routes, mutes, sources or channels.',
      'list mutes',
    ],
    ['status please', '"please" was not expected here; "status" is complete without it.', 'status'],
    ['export all', '"all" was not expected here; "export" is complete without it.', 'export'],
    [
      'mute',
      'Say what to mute: a source, "route" and its name, "key" and a key, "this", or "where" and conditions.',
      'mute github for 2h because deploy',
    ],
    [
      'mute for 2h',
      'Say what to mute: a source, "route" and its name, "key" and a key, "this", or "where" and conditions.',
      'mute github for 2h because deploy',
    ],
    [
      'mute github:',
      '"github:" is half of a name; a source was expected, and right after its colon an event: github:pull_request.*',
      'mute github',
    ],
    [
      'mute github: push',
      '"github:" is half of a name; a source was expected, and right after its colon an event: github:pull_request.*',
      'mute github:push',
    ],
    [
      'mute :push',
      '":push" is half of a name; a source was expected, and right after its colon an event: github:pull_request.*',
      'mute github',
    ],
    ['mute route', '"route" needs the name of a route.', 'mute route prod-alerts'],
    [
      'mute route for 2h',
      '"route" needs the name of a route; the next word, "for", begins something else.',
      'mute route prod-alerts for 2h',
    ],
    ['mute key', '"key" needs a key, as "why" shows it.', 'mute key pr:acme/api#12'],
    [
      'mute event evt',
      `"evt" is no event's id; "evt_" and letters were expected, as "recent" and "why" show them.`,
      'mute event evt_01kahs2j6gq4x0w9c7r5t3v1',
    ],
    ['mute ""', 'There is nothing between the quotes; a source was expected.', 'mute github'],
    [
      'mute github fro 2h',
      '"fro" was not expected here; did you mean "for"? Expected: where, for, until, forever, in, everywhere or because.',
      'mute github for 2h',
    ],
    [
      'mute github evrywhere',
      '"evrywhere" was not expected here; did you mean "everywhere"? Expected: where, for, until, forever, in, everywhere or because.',
      'mute github everywhere',
    ],
    [
      'mute github please',
      '"please" was not expected here. Expected: where, for, until, forever, in, everywhere or because.',
      'mute github',
    ],
    [
      'mute github 2h',
      '"2h" was not expected here; did you mean "for 2h"? Expected: where, for, until, forever, in, everywhere or because.',
      'mute github for 2h',
    ],
    [
      'mute github 09:00',
      '"09:00" was not expected here; did you mean "until 09:00"? Expected: where, for, until, forever, in, everywhere or because.',
      'mute github until 09:00',
    ],
    [
      'mute github #ops',
      '"#ops" was not expected here; did you mean "in #ops"? Expected: where, for, until, forever, in, everywhere or because.',
      'mute github in ops',
    ],
    [
      'mute github repo:acme/api',
      '"repo:acme/api" was not expected here; did you mean "where repo:acme/api"? Expected: where, for, until, forever, in, everywhere or because.',
      'mute github where repo:acme/api',
    ],
    [
      'mute github for:2h',
      '"for:2h" was not expected here; did you mean "for 2h"? Expected: where, for, until, forever, in, everywhere or because.',
      'mute github for 2h',
    ],
    [
      'mute github where',
      '"where" needs a condition: a label, a colon and a value.',
      'mute github where repo:acme/api',
    ],
    [
      'mute github where for 2h',
      '"where" needs a condition: a label, a colon and a value.',
      'mute github where repo:acme/api for 2h',
    ],
    [
      'mute github where bot',
      '"bot" is no condition. A label, a colon and a value were expected, such as repo:acme/api, or author:-bot for "not".',
      'mute github for 2h because deploy',
    ],
    [
      'mute github where repo:a fro 2h',
      '"fro" is no condition; did you mean "for"? A label, a colon and a value were expected, such as repo:acme/api, or author:-bot for "not".',
      'mute github where repo:a for 2h',
    ],
    [
      'mute github where repo:',
      '"repo:" has no value; one was expected after the colon and after each comma.',
      'mute github where repo:acme/api',
    ],
    [
      'mute github where repo: acme/api for 2h',
      'There is a space between "repo:" and "acme/api"; a label and its values are one word.',
      'mute github where repo:acme/api for 2h',
    ],
    [
      'mute github where repo:a, b',
      'There is a space between "repo:a," and "b"; a label and its values are one word.',
      'mute github where repo:a,b',
    ],
    [
      'mute github where repo:a,,b',
      '"repo:a,,b" has no value; one was expected after the colon and after each comma.',
      'mute github where repo:a,b',
    ],
    [
      'mute github where repo=acme/api',
      '"repo=acme/api" is no condition. A label, a colon and a value were expected, such as repo:acme/api, or author:-bot for "not".',
      'mute github where repo:acme/api',
    ],
    [
      'mute github where author!=bot',
      '"author!=bot" is no condition. A label, a colon and a value were expected, such as repo:acme/api, or author:-bot for "not".',
      'mute github where author:-bot',
    ],
    [
      'mute github where -author:bot',
      '"-author:bot" has its "not" at the label; it belongs to the value.',
      'mute github where author:-bot',
    ],
    [
      'mute github where author:-',
      '"author:-" has no value; one was expected after the colon and after each comma.',
      'mute github where repo:acme/api',
    ],
    [
      'mute github where title:"!v"',
      'A value that begins with "!" cannot be asked for, because that means "not"; "?" stands for any one character and finds it.',
      'mute github where title:?v',
    ],
    ['mute github where title:"a b', 'A quote opens and is not closed: "a b', 'mute github for 2h because deploy'],
    [
      'mute github where payload.number:3',
      '"payload.number" cannot be asked for in chat; mutes and chat routes look at source, type, event, severity, state and labels.',
      'mute github where repo:acme/api',
    ],
    [
      'mute github where Headers.x-y:3',
      '"Headers.x-y" cannot be asked for in chat; mutes and chat routes look at source, type, event, severity, state and labels.',
      'mute github where repo:acme/api',
    ],
    [
      'mute github where for:2h',
      '"for:2h" would be a label called "for"; "for" is followed by a space, not by a colon.',
      'mute github where repo:acme/api for 2h',
    ],
    [
      'mute github where a$:b',
      '"a$" is no label; letters, digits and _ . / - were expected before the colon.',
      'mute github where repo:acme/api',
    ],
    ['mute github where __proto__:x', '"__proto__" is no label.', 'mute github where repo:acme/api'],
    [
      'mute github where severity:critcal',
      '"critcal" is no severity; did you mean "critical"? Expected: info, warning, error or critical.',
      'mute github where severity:critical',
    ],
    [
      'mute github where severity:-fatal',
      '"fatal" is no severity. Expected: info, warning, error or critical.',
      'mute github where severity:-warning',
    ],
    ['mute github for', '"for" needs a duration, such as 30m, 2h or 3d.', 'mute github for 2h'],
    [
      'mute github for ever',
      '"ever" is no duration; a number and one of ms, s, m, h, d, w were expected, such as 30m, 2h or 3d.',
      'mute github for 2h',
    ],
    [
      'mute github for 2',
      '"2" is no duration without a unit; a number and one of ms, s, m, h, d, w were expected, such as 30m, 2h or 3d.',
      'mute github for 2h',
    ],
    [
      'mute github for 2 fortnights',
      '"2" is no duration without a unit; a number and one of ms, s, m, h, d, w were expected, such as 30m, 2h or 3d.',
      'mute github for 2h',
    ],
    [
      'mute github for -2h',
      '"-2h" is no duration; a number and one of ms, s, m, h, d, w were expected, such as 30m, 2h or 3d.',
      'mute github for 2h',
    ],
    ['mute github for 0h', '"0h" is no time at all; a duration is 1ms or longer.', 'mute github for 2h'],
    [
      'mute github for 10y',
      '"10y" is no duration; a number and one of ms, s, m, h, d, w were expected, such as 30m, 2h or 3d.',
      'mute github for 2h',
    ],
    ['mute github for 3651d', '"3651d" is too long; a duration is 3650d or shorter.', 'mute github for 1d'],
    [
      'mute github for 99999999999999999999999d',
      '"99999999999999999999999d" is too long; a duration is 3650d or shorter.',
      'mute github for 1d',
    ],
    [
      'mute github until',
      '"until" needs a time (09:00), a date (2026-11-22) or "resolved".',
      'mute github until 09:00',
    ],
    [
      'mute github until 9',
      '"9" is no end. After "until" comes a time (09:00), a date (2026-11-22) or "resolved".',
      'mute github until 09:00',
    ],
    ['mute github until 24:00', '"24:00" is on no clock; times go from 00:00 to 23:59.', 'mute github until 09:00'],
    ['mute github until 13pm', '"13pm" is on no clock; times go from 00:00 to 23:59.', 'mute github until 09:00'],
    [
      'mute github until noon',
      '"noon" is no end. After "until" comes a time (09:00), a date (2026-11-22) or "resolved".',
      'mute github until 09:00',
    ],
    [
      'mute github until resolvd',
      '"resolvd" is no end; did you mean "resolved"? After "until" comes a time (09:00), a date (2026-11-22) or "resolved".',
      'mute github until resolved',
    ],
    [
      'mute github until 2026-02-30',
      '"2026-02-30" is in no calendar; a date is year-month-day.',
      'mute github until 09:00',
    ],
    [
      'mute github until 2026-13-01',
      '"2026-13-01" is in no calendar; a date is year-month-day.',
      'mute github until 09:00',
    ],
    [
      'mute github until 22.11.2026',
      '"22.11.2026" is no end. After "until" comes a time (09:00), a date (2026-11-22) or "resolved".',
      'mute github until 09:00',
    ],
    [
      'mute github until 09:00 Berlin',
      '"Berlin" is no time zone; did you mean Europe/Berlin? Zones are written like Europe/Berlin or UTC+2.',
      'mute github until 09:00 Europe/Berlin',
    ],
    [
      'mute github until 09:00 BST',
      '"BST" is no time zone; did you mean Europe/London? Zones are written like Europe/Berlin or UTC+2.',
      'mute github until 09:00 Europe/London',
    ],
    [
      'mute github until 09:00 Atlantis',
      '"Atlantis" is no time zone. Zones are written like Europe/Berlin or UTC+2.',
      'mute github until 09:00',
    ],
    [
      'mute github until 09:00 evrywhere',
      '"evrywhere" was not expected here; did you mean "everywhere"? Expected: where, for, until, forever, in, everywhere or because.',
      'mute github until 09:00 everywhere',
    ],
    ['mute github for 1h until 09:00', 'The end is said twice; once is enough.', 'mute github for 1h'],
    ['mute github for 1h forever', 'The end is said twice; once is enough.', 'mute github for 1h'],
    ['mute github in', '"in" needs a channel: its name, or "here".', 'mute github in here'],
    [
      'mute github in everywhere',
      '"in" needs a channel: its name, or "here"; the next word, "everywhere", begins something else.',
      'mute github in here',
    ],
    ['mute github in #', '"#" names no channel.', 'mute github in here'],
    ['mute github in ops everywhere', 'Where it holds is said twice; once is enough.', 'mute github in ops'],
    ['mute github because', '"because" needs a reason after it.', 'mute github because deploy'],
    [
      'mute github to ops',
      '"mute" takes no "to"; did you mean "in"? Expected: where, for, until, forever, in, everywhere or because.',
      'mute github in ops',
    ],
    ['unmute', '"unmute" needs the number of a mute, as "list mutes" shows it, or "all".', 'unmute #3'],
    ['unmute github', '"github" is no number from the list; one such as #3 was expected.', 'unmute #3'],
    ['unmute #0', '"#0" is no number from the list; one such as #3 was expected.', 'unmute #3'],
    ['unmute #3 #4', '"#4" was not expected here; "unmute" is complete without it.', 'unmute #3'],
    ['unmute #3 because done', '"unmute" takes no "because".', 'unmute #3'],
    ['unroute', '"unroute" needs the number or name of a chat route, as "list routes" shows it.', 'unroute #4'],
    ['unroute #x', '"#x" is no number from the list; one such as #3 was expected.', 'unroute #3'],
    [
      'route',
      '"route" needs a source before anything else, such as alerts or github:pull_request.*.',
      'route alerts to here',
    ],
    [
      'route to ops',
      '"route" needs a source before anything else, such as alerts or github:pull_request.*; the next word, "to", begins something else.',
      'route alerts to ops',
    ],
    ['route alerts', 'Say where to: "to" and the name of a channel, or "to here".', 'route alerts to here'],
    [
      'route alerts #war-room',
      '"#war-room" was not expected here; did you mean "to #war-room"? Expected: where, to, for, copy, move or because.',
      'route alerts to war-room',
    ],
    ['route alerts to', '"to" needs a channel: its name, or "here".', 'route alerts to here'],
    ['route alerts to here to ops', 'The channel is said twice; once is enough.', 'route alerts to here'],
    [
      'route alerts to here until 09:00',
      '"route" takes no "until". Expected: where, to, for, copy, move or because.',
      'route alerts to here',
    ],
    [
      'route move copy alerts to here',
      '"route" needs a source before anything else, such as alerts or github:pull_request.*; the next word, "copy", begins something else.',
      'route move alerts to here',
    ],
    ['why http://', `"http://" is no link that leads anywhere; copy it from the message's menu.`, 'why this'],
    ['why where repo:x', '"why" needs an id, a link to a message, or a source, before "where".', 'why github repo:x'],
    ['why evt_1 evt_2', '"evt_2" was not expected here; "why" is complete without it.', 'why evt_1'],
    ['why github push more', '"more" was not expected here; "why" is complete without it.', 'why github push'],
    ['recent 0', '"0" is no number from 1 to 20.', 'recent 5'],
    ['recent 25', '"25" is no number from 1 to 20.', 'recent 20'],
    ['recent 5 6', '"6" was not expected here; "recent" is complete without it.', 'recent 5'],
    ['recent github gitlab', '"gitlab" was not expected here; "recent" is complete without it.', 'recent github'],
    [
      'replay',
      '"replay" needs the id of an event, as "recent" and "why" show it.',
      'replay evt_01kahs2j6gq4x0w9c7r5t3v1',
    ],
    [
      'replay abc',
      `"abc" is no event's id; "evt_" and letters were expected, as "recent" and "why" show them.`,
      'replay evt_01kahs2j6gq4x0w9c7r5t3v1',
    ],
    [
      'replay dlv_1',
      `"dlv_1" is no event's id; "evt_" and letters were expected, as "recent" and "why" show them.`,
      'replay evt_01kahs2j6gq4x0w9c7r5t3v1',
    ],
    [
      'replay evt_1 ops',
      '"ops" was not expected here; did you mean "to ops"? Expected: to or now.',
      'replay evt_1 to ops',
    ],
    [
      'ack',
      '"ack" needs the id of an event, as "recent" and "why" show it.',
      'acknowledge evt_01kahs2j6gq4x0w9c7r5t3v1',
    ],
    [
      'ack this',
      `"this" is no event's id; "evt_" and letters were expected, as "recent" and "why" show them.`,
      'acknowledge evt_01kahs2j6gq4x0w9c7r5t3v1',
    ],
    ['post #3', `"#3" is no mute's id; "mute_" and letters were expected.`, 'post mute_01kahs2j6gq4x0w9c7r5t3v1'],
    [
      'test',
      '"test" needs a type of source, and if you like a sample of it: github/pull_request.opened.',
      'test github',
    ],
    [
      'test /x',
      '"/x" is half of a name; a type was expected, and after its slash a sample: github/pull_request.opened',
      'test github',
    ],
    [
      'test github/',
      '"github/" is half of a name; a type was expected, and after its slash a sample: github/pull_request.opened',
      'test github',
    ],
    ['test github to', '"to" needs a channel: its name, or "here".', 'test github to here'],
  ])('%j', (text, message, example) => {
    const { message: said, example: shown } = mistake(text);
    expect([said, shown]).toEqual([message, example]);
    parseCommand(shown);
  });
});

describe('a refusal', () => {
  it('is a sentence for the person, and of wrong usage', () => {
    expect(mistake('mut')).toBeInstanceOf(CommandError);
    expect(mistake('mut').exitCode).toBe(2);
  });

  it('names the command it was about, where that is known', () => {
    expect(mistake('mute github fro 2h').topic).toBe('mute');
    expect(mistake('mut github').topic).toBe('mute');
    expect(mistake('xyzzy').topic).toBeUndefined();
  });

  it('is short, and without controls, whatever was found', () => {
    const { message } = mistake(`mute github for ${'9'.repeat(500)}\u0007x`);
    expect(message).toBe(
      `"${'9'.repeat(39)}…" is no duration; a number and one of ms, s, m, h, d, w were expected, such as 30m, 2h or 3d.`,
    );
    expect(mistake('status "a\u202eb\nc"').message).toBe(
      '"ab c" was not expected here; "status" is complete without it.',
    );
  });

  it('does not cut a character in half', () => {
    expect(mistake(`status ${'😀'.repeat(50)}`).message).toBe(
      `"${'😀'.repeat(39)}…" was not expected here; "status" is complete without it.`,
    );
  });

  it('of a text that is too long says how long it is', () => {
    expect(mistake(`mute github because ${'x'.repeat(3_000)}`).message).toBe(
      'That is 3,020 characters long; a command has at most 3,000.',
    );
    expect(parseCommand(`mute github because ${'x'.repeat(2_980)}`).name).toBe('mute');
  });

  it('of a command that only its quotes make too long says so', () => {
    const backslashes = '\\a'.repeat(1_480);
    expect(mistake(`mute key '${backslashes}'`).message).toBe(
      'With all its quotes that is longer than 3,000 characters.',
    );
  });

  it('corrects several mistakes in its example', () => {
    expect(mistake('mut github fro 2h evrywhere').example).toBe('mute github for 2h everywhere');
    expect(mistake('mute github where:env:dev for:2h').example).toBe('mute github where env:dev for 2h');
  });
});
