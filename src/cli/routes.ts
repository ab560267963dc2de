import { openApi, type ServerOptions } from './api-client.ts';
import { localTime, print, printJson, table } from './output.ts';
import { readSettings } from './settings.ts';

type RouteRow =
  | {
      readonly from: 'chat';
      readonly name: string;
      readonly to: readonly string[];
      readonly mode: string;
      readonly summary: string;
      readonly who: { readonly name: string };
      readonly until: string | null;
    }
  | {
      readonly from: 'file';
      readonly writtenAt: string | null;
      readonly name: string;
      readonly to: readonly string[];
      readonly match: unknown;
      readonly stop: boolean;
      readonly fallback: boolean;
    };

/** `bellhop routes`: in the order they are tried. */
export async function routes({ url, json }: ServerOptions): Promise<number> {
  const api = await openApi(readSettings(), url);
  const found = await api.get<{ readonly routes: readonly RouteRow[] }>('/api/routes');
  if (json) printJson(found);
  else if (found.routes.length === 0) print('No routes.');
  else print(table(['route', 'from', 'to', 'what'], found.routes.map(cells)));
  return 0;
}

function cells(route: RouteRow): readonly string[] {
  const to = route.to.join(', ');
  if (route.from === 'chat') {
    const end = route.until === null ? '' : ` (until ${localTime(route.until)})`;
    return [route.name, route.who.name, to, `${route.summary}${end}`];
  }
  const what = route.fallback ? 'what no other route took' : route.match === null ? 'everything' : '';
  const match = route.match === null ? '' : JSON.stringify(route.match);
  return [
    route.name,
    route.writtenAt ?? 'file',
    to,
    [what, match, route.stop ? 'and no route after it' : ''].filter(Boolean).join(' '),
  ];
}
