import { get, post, remove } from './api.js';
import { confirm } from './confirm.js';
import { button, element, moment, verbatim } from './element.js';
import { createMuteForm } from './mute-form.js';
import { count, heldText, muteState, sourcesToMute } from './words.js';

/** What chat, console and API changed on top of the config: mutes and chat routes. */
export function createMutesView() {
  const held = element('div');
  const routed = element('div');
  const patch = element('div');
  const done = element('p', { role: 'status' });
  const form = createMuteForm();
  let shown = '';

  async function refresh() {
    const [{ mutes }, { routes }, { lastHooks }] = await Promise.all([get('mutes'), get('routes'), get('stats')]);
    form.offer({ sources: sourcesToMute(lastHooks), channels: routes.flatMap(({ to }) => to) });
    const written = JSON.stringify([mutes, routes]);
    // Whoever is being asked something must not lose the question.
    if (written === shown || held.querySelector('form') !== null || routed.querySelector('form') !== null) return;
    shown = written;
    const fromChat = routes.filter(({ from }) => from === 'chat');
    held.replaceChildren(...listOf(mutes, muteCard, 'Nothing is muted.'));
    routed.replaceChildren(
      ...listOf(fromChat, routeCard, 'Nobody has added a route; those of the config stand there.'),
    );
  }

  const muteCard = (mute) => {
    const question = element('div', { class: 'question' });
    const path = `mutes/${encodeURIComponent(mute.id)}`;
    const told = (sentence) => {
      done.replaceChildren(sentence);
      dispatchEvent(new Event('bellhop:refresh'));
      return sentence;
    };
    const unmute = () =>
      confirm(question, {
        sentence: 'Ends this mute. What it held back is told in its channel, and posted only when somebody asks.',
        yes: `Unmute #${mute.number}`,
        act: async () => told(heldText(await remove(path))),
      });
    const postNow = () =>
      confirm(question, {
        sentence: `Posts ${count(mute.held, 'message')} that it holds back, now; the mute goes on.`,
        yes: 'Post them',
        act: async () => told(`On their way: ${count((await post(`${path}/post`)).posted, 'message')}.`),
      });
    return element(
      'article',
      { class: 'card', 'aria-label': `Mute ${mute.number}` },
      element('p', { class: 'title' }, mute.summary),
      element(
        'p',
        { class: 'what' },
        `By ${mute.who.name} (${mute.who.platform}:${mute.who.id}) at `,
        moment(mute.from),
        `; ${muteState(mute)}`,
        mute.until !== null && [mute.untilResolved ? ', at the latest ' : ' until ', moment(mute.until)],
        `. It holds back ${count(mute.held, 'message')}${mute.critical ? ', critical ones too' : ''}.`,
      ),
      element(
        'div',
        { class: 'actions' },
        button('Unmute', unmute),
        mute.held > 0 && button('Post what it holds back', postNow),
      ),
      question,
    );
  };

  const routeCard = (route) => {
    const question = element('div', { class: 'question' });
    const undo = () =>
      confirm(question, {
        sentence: 'Removes this route; its channel is told.',
        yes: `Remove ${route.name}`,
        async act() {
          await remove(`routes/${encodeURIComponent(route.name)}`);
          dispatchEvent(new Event('bellhop:refresh'));
          return `${route.name} is removed.`;
        },
      });
    return element(
      'article',
      { class: 'card', 'aria-label': `Route ${route.name}` },
      element('p', { class: 'title' }, route.summary),
      element(
        'p',
        { class: 'what' },
        `${route.name}, by ${route.who.name} (${route.who.platform}:${route.who.id}) at `,
        moment(route.added),
        route.until !== null && [', until ', moment(route.until)],
        '.',
      ),
      element('div', { class: 'actions' }, button('Remove', undo)),
      question,
    );
  };

  const showPatch = async () => {
    const { patch: text } = await get('export');
    patch.replaceChildren(verbatim(text));
  };

  return {
    element: element(
      'div',
      { class: 'overview' },
      element('h2', { tabindex: '-1' }, 'Mutes'),
      done,
      held,
      form.element,
      element('h2', {}, 'Routes from chat'),
      routed,
      element('div', { class: 'actions' }, button('Show as a config file', showPatch)),
      patch,
    ),
    refresh,
    mark() {},
  };
}

const listOf = (items, card, none) => (items.length === 0 ? [element('p', {}, none)] : items.map(card));
