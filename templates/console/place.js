const VIEWS = ['events', 'deliveries', 'rejected', 'mutes', 'audit', 'overview'];

/** Where the reader is: kept in the address, so that going back and sharing a link work. No token, no search words. */
export function place() {
  const asked = new URLSearchParams(location.search);
  const view = asked.get('view');
  return {
    view: VIEWS.includes(view) ? view : 'events',
    /** The id of the event (`evt_…`) or refused hook (`hook_…`) that is shown beside the list. */
    open: asked.get('open') ?? undefined,
    /** The delivery state that the list of deliveries is narrowed to. */
    state: asked.get('state') ?? undefined,
  };
}

/** The address of a place, relative to the console's. */
export function addressOf({ view, open, state }) {
  const parameters = Object.entries({ view, state, open }).filter(([, value]) => value !== undefined && value !== '');
  return `?${new URLSearchParams(parameters)}`;
}

/** Goes there without loading the page again. */
export function go(to) {
  history.pushState(null, '', addressOf(to));
  dispatchEvent(new Event('bellhop:place'));
}

/** Links between places work as links: they can be copied and opened in a tab, and a plain click stays on the page. */
export function followLinks() {
  document.addEventListener('click', (click) => {
    const link = click.target.closest?.('a[href^="?"]');
    if (!link || click.button !== 0 || click.metaKey || click.ctrlKey || click.shiftKey || click.altKey) return;
    click.preventDefault();
    history.pushState(null, '', link.getAttribute('href'));
    dispatchEvent(new Event('bellhop:place'));
  });
}
