import { get } from './api.js';
import { copyButton } from './copy-button.js';
import { button, element, verbatim } from './element.js';
import { goesByDefault } from './words.js';

/** "Make a template from this": a draft for events like this one, how it looks, and where to put it. Fetched when it is asked for. */
export function createTemplateMaker(event) {
  const holder = element('div', { class: 'maker' });
  const opener = button('Make a template from this', open, {
    class: goesByDefault(event) ? 'main-action' : undefined,
    'aria-expanded': 'false',
  });
  const hint = goesByDefault(event)
    ? `Its message is the one for what nobody has described (${event.template}).`
    : undefined;

  async function open() {
    if (opener.getAttribute('aria-expanded') === 'true') return close();
    opener.disabled = true;
    try {
      const proposal = await get(`events/${encodeURIComponent(event.id)}/template`);
      holder.replaceChildren(...proposalParts(proposal));
      opener.setAttribute('aria-expanded', 'true');
      holder.querySelector('h3')?.focus({ preventScroll: true });
    } catch (error) {
      holder.replaceChildren(element('p', { class: 'wrong', role: 'alert' }, error.message));
    } finally {
      opener.disabled = false;
    }
  }

  function close() {
    holder.replaceChildren();
    opener.setAttribute('aria-expanded', 'false');
  }

  return { opener, hint: hint && element('p', { class: 'what' }, hint), element: holder };
}

function proposalParts({ file, template, preview, notes, map, declaration }) {
  return [
    element('h3', { tabindex: '-1' }, 'A template for events like this one'),
    element(
      'p',
      {},
      'Save it as ',
      element('code', {}, `templates/${file}`),
      ', in the folder that ',
      element('code', {}, 'BELLHOP_TEMPLATES'),
      ' names. Bellhop takes it up while it runs.',
    ),
    ...notes.map((note) => element('p', { class: 'what' }, note)),
    draft('The template', template),
    element('h4', {}, 'This event by it'),
    verbatim(preview),
    ...(map === undefined
      ? []
      : [
          element('h4', {}, 'For the source in the config'),
          element('p', { class: 'what' }, 'Its map says what the fields mean, so that routes and mutes know it too.'),
          draft('The map', `"map": ${JSON.stringify(map, undefined, 2)}`),
        ]),
    ...(declaration === undefined
      ? []
      : [
          element(
            'details',
            {},
            element('summary', {}, 'Or a type of its own'),
            element(
              'p',
              { class: 'what' },
              'A sender with several events is worth a type: save this as ',
              element('code', {}, declaration.file),
              ' in the config folder, read it, and use its name as the source’s type.',
            ),
            draft('The type', declaration.text),
          ),
        ]),
  ];
}

const draft = (what, text) => element('div', { class: 'draft' }, copyButton(what, text), verbatim(text));
