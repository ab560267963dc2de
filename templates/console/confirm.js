import { button, element } from './element.js';

/**
 * Says what will happen and asks, in `holder`. `act` is called with the field's text, where there is a field, and gives the
 * sentence that says what happened; a failure shows as its own sentence, and the question stays.
 */
export function confirm(holder, { sentence, yes, field, act }) {
  const opener = document.activeElement;
  const wrong = element('p', { class: 'wrong', role: 'alert' });
  const submit = element('button', { type: 'submit', class: 'main-action' }, yes);
  const close = () => {
    holder.replaceChildren();
    opener?.focus?.();
  };
  const form = element(
    'form',
    {
      class: 'confirm',
      onkeydown(key) {
        if (key.key === 'Escape') close();
      },
      async onsubmit(event) {
        event.preventDefault();
        submit.disabled = true;
        wrong.replaceChildren();
        try {
          const done = await act(field?.value());
          holder.replaceChildren(element('p', { class: 'done', role: 'status' }, done));
        } catch (error) {
          wrong.replaceChildren(error.message);
          submit.disabled = false;
        }
      },
    },
    element('p', {}, sentence),
    field?.element,
    wrong,
    element('div', { class: 'actions' }, submit, button('Cancel', close)),
  );
  holder.replaceChildren(form);
  (field?.input ?? submit).focus();
}

/** A channel's name, with those that are known offered. */
export function channelField(channels) {
  const options = element(
    'datalist',
    { id: 'known-channels' },
    channels.map((channel) => element('option', { value: channel })),
  );
  const input = element('input', { list: 'known-channels', required: true, autocomplete: 'off', spellcheck: 'false' });
  return {
    element: element('label', {}, element('span', {}, 'Channel'), input, options),
    input,
    value: () => input.value.trim(),
  };
}
