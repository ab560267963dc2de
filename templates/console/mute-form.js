import { post } from './api.js';
import { element } from './element.js';
import { readWhere, wouldHideText } from './words.js';

const EVERYWHERE = '*';
const LENGTHS = { '30m': '30 minutes', '1h': '1 hour', '4h': '4 hours', '1d': '1 day', '3d': '3 days' };

/** Asks for what a mute needs; `offer` names the sources and channels that are known. */
export function createMuteForm() {
  const sources = element('datalist', { id: 'known-sources' });
  const source = input({ list: 'known-sources' });
  const event = input({ placeholder: 'pull_request.*' });
  const where = input({ placeholder: 'env:prod author:-bot' });
  const why = input({ maxlength: 500 });
  const channel = element('select', {}, element('option', { value: EVERYWHERE }, 'everywhere'));
  const length = element(
    'select',
    {},
    Object.entries(LENGTHS).map(([value, text]) => element('option', { value, selected: value === '1h' }, text)),
  );
  const wrong = element('p', { class: 'wrong', role: 'alert' });
  const done = element('p', { role: 'status' });
  const submit = element('button', { type: 'submit', class: 'main-action' }, 'Mute');
  const known = new Set();

  async function mute() {
    const conditions = readWhere(where.value);
    if (conditions === undefined) throw new Error('Conditions are written label:value, as in env:prod author:-bot.');
    const text = { source: source.value, event: event.value, because: why.value };
    const given = Object.entries(text).flatMap(([key, value]) => (value.trim() === '' ? [] : [[key, value.trim()]]));
    return post('mutes', {
      ...Object.fromEntries(given),
      ...(Object.keys(conditions).length > 0 && { where: conditions }),
      ...(channel.value === EVERYWHERE ? { everywhere: true } : { channel: channel.value }),
      for: length.value,
    });
  }

  const form = element(
    'form',
    {
      class: 'confirm',
      async onsubmit(submitted) {
        submitted.preventDefault();
        submit.disabled = true;
        for (const said of [wrong, done]) said.replaceChildren();
        try {
          const { summary, wouldHide } = await mute();
          done.replaceChildren(`${summary}. ${wouldHideText(wouldHide)}`);
          for (const field of [source, event, where, why]) field.value = '';
          dispatchEvent(new Event('bellhop:refresh'));
        } catch (error) {
          wrong.replaceChildren(error.message);
        }
        submit.disabled = false;
      },
    },
    labelled('Source', source),
    sources,
    labelled('Event', event),
    labelled('Only where', where),
    labelled('In', channel),
    labelled('For', length),
    labelled('Because', why),
    wrong,
    done,
    element('div', { class: 'actions' }, submit),
  );

  return {
    element: element('details', {}, element('summary', {}, 'Mute something'), form),
    offer({ sources: names, channels }) {
      for (const name of new Set(names)) {
        if (known.has(`source ${name}`)) continue;
        known.add(`source ${name}`);
        sources.append(element('option', { value: name }));
      }
      for (const name of new Set(channels)) {
        if (known.has(`channel ${name}`)) continue;
        known.add(`channel ${name}`);
        channel.prepend(element('option', { value: name }, name));
        // What hides least is chosen until somebody chooses.
        if (channel.value === EVERYWHERE && channel.dataset.chosen === undefined) channel.value = name;
        channel.dataset.chosen = 'true';
      }
    },
  };
}

const input = (attributes) => element('input', { autocomplete: 'off', spellcheck: 'false', ...attributes });

const labelled = (label, field) => element('label', {}, element('span', {}, label), field);
