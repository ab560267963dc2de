import { button, element, verbatim } from './element.js';
import { prettyBody } from './pretty-body.js';
import { count } from './words.js';

const FIRST_LOOK = 6_000;
const MOST = 2_000_000;

/** A request as it arrived: its line, its headers (secrets come masked from the API), its body. */
export function requestParts(request, line) {
  const headers = Object.entries(request.headers);
  return [
    element('h3', {}, 'Request'),
    element('p', { class: 'line' }, element('code', {}, line)),
    headers.length > 0 &&
      element(
        'details',
        {},
        element('summary', {}, count(headers.length, 'header')),
        element(
          'table',
          { class: 'headers' },
          element(
            'tbody',
            {},
            headers.map(([name, value]) =>
              element('tr', {}, element('th', { scope: 'row' }, name), element('td', {}, value)),
            ),
          ),
        ),
      ),
    bodyPart(request),
  ].filter(Boolean);
}

function bodyPart(request) {
  if (request.body === '') return element('p', { class: 'note' }, 'It had no body.');
  const holder = element('div', { class: 'body' });
  const show = (most) => {
    const { text, cut } = prettyBody(request, most);
    const note =
      request.bodyEncoding === 'base64' && element('p', { class: 'note' }, 'The body is no text; as base64:');
    const more = cut && most < MOST && button('Show all of it', () => show(MOST));
    const ended = cut && element('p', { class: 'note' }, `Cut after ${most.toLocaleString()} characters. `, more);
    holder.replaceChildren(...[note, verbatim(text), ended].filter(Boolean));
  };
  show(FIRST_LOOK);
  return holder;
}
