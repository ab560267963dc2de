import { safeWebUrl } from '../../core/url.ts';
import type { AlertGroup } from '../alert-group/payloads.ts';

/** The group in Alertmanager; where that has no address, the graph of its first alert. */
export function alertsLink(group: AlertGroup): string | undefined {
  const filter = `?${group.receiver ? `receiver=${encoded(group.receiver)}&` : ''}filter=${matchers(group.groupLabels)}`;
  return page(group, `alerts${filter}`) ?? page(group, 'alerts') ?? graphLink(group);
}

/** The form for a silence that fits every alert of the group; by the group's own labels where all of them are too long. */
export function silenceLink(group: AlertGroup): string | undefined {
  const [all, own] = [group.commonLabels, group.groupLabels].map((labels) =>
    Object.keys(labels).length === 0 ? undefined : page(group, `silences/new?filter=${matchers(labels)}`),
  );
  return all ?? own;
}

function graphLink({ alerts }: AlertGroup): string | undefined {
  const [first] = alerts;
  return safeWebUrl(first?.panelURL ?? first?.dashboardURL ?? first?.generatorURL ?? '');
}

function page({ externalURL }: AlertGroup, path: string): string | undefined {
  if (externalURL === undefined) return undefined;
  return safeWebUrl(`${externalURL.replace(/\/$/, '')}/#/${path}`);
}

const matchers = (labels: Readonly<Record<string, string>>): string =>
  encoded(
    `{${Object.entries(labels)
      .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
      .join(', ')}}`,
  );

/** `encodeURIComponent` throws at half a character. */
const encoded = (text: string): string => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
